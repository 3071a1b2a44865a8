import { z } from 'zod'
import { getDocument, jsonOf } from './answer.ts'
import { endpointProblem } from './endpoint.ts'
import type { Outbound } from './types.ts'

const document = z.object({ issuer: z.string(), jwks_uri: z.string().max(2_000) })

/**
 * Where an issuer's signing keys are (OpenID Connect Discovery 1.0 §4), for servers whose SMART configuration does not
 * say. The document must name the very issuer it was asked of (§4.3).
 * @param issuer one that the site allows; never one read from an unverified token.
 */
export async function openidJwksUri(
  issuer: string,
  outbound: Outbound,
  http: boolean,
): Promise<string | undefined> {
  if (endpointProblem(issuer, http) !== undefined) return undefined
  const address = `${issuer.replace(/\/+$/, '')}/.well-known/openid-configuration`
  const answer = await getDocument(address, 'application/json', outbound)
  if (answer.kind === 'silent' || answer.status !== 200) return undefined
  const parsed = document.safeParse(jsonOf(answer.text))
  if (!parsed.success || parsed.data.issuer !== issuer) return undefined
  return endpointProblem(parsed.data.jwks_uri, http) === undefined ? parsed.data.jwks_uri : undefined
}
