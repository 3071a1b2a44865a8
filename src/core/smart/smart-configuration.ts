import { z } from 'zod'
import { fail, ok } from '../result.ts'
import { endpointProblem } from './endpoint.ts'
import type { SmartResult } from './failures.ts'
import type { SmartConfiguration } from './types.ts'

const words = z.array(z.string().max(500)).max(2_000)
const address = z.string().max(2_000)

/** The fields used here; a server may send more. Lists that a server leaves out are empty: they only inform. */
const document = z.object({
  issuer: address.optional(),
  jwks_uri: address.optional(),
  authorization_endpoint: address,
  token_endpoint: address,
  capabilities: words.default([]),
  grant_types_supported: words.default([]),
  token_endpoint_auth_methods_supported: words.default([]),
  scopes_supported: words.default([]),
  code_challenge_methods_supported: words.default([]),
  authorization_response_iss_parameter_supported: z.boolean().default(false),
})

/**
 * Parses `.well-known/smart-configuration` (SMART App Launch 2.2.0 §Conformance: Metadata). Required are the two
 * endpoints and `S256` among code_challenge_methods_supported; every address must pass `endpointProblem`.
 * @returns `smart_discovery_invalid` naming the field, or `smart_pkce_missing`.
 */
export function parseSmartConfiguration(
  body: unknown,
  http: boolean,
  fhirBaseUrl: string,
): SmartResult<SmartConfiguration> {
  const parsed = document.safeParse(body)
  if (!parsed.success) {
    const fields = parsed.error.issues.map((issue) => issue.path.join('.') || 'document')
    return fail('smart_discovery_invalid', {
      detail: `missing or malformed: ${[...new Set(fields)].join(', ')}`,
    })
  }
  const given = absolute(parsed.data, fhirBaseUrl)
  for (const field of ['authorization_endpoint', 'token_endpoint', 'jwks_uri', 'issuer'] as const) {
    const value = given[field]
    const problem = value === undefined ? undefined : endpointProblem(value, http)
    if (problem) return fail('smart_discovery_invalid', { detail: `${field} ${problem}` })
  }
  if (!given.code_challenge_methods_supported.includes('S256')) return fail('smart_pkce_missing')
  return ok({
    source: 'smart_configuration',
    issuer: given.issuer,
    jwksUri: given.jwks_uri,
    authorizationEndpoint: given.authorization_endpoint,
    tokenEndpoint: given.token_endpoint,
    capabilities: given.capabilities,
    grantTypes: given.grant_types_supported,
    tokenEndpointAuthMethods: given.token_endpoint_auth_methods_supported,
    scopes: given.scopes_supported,
    sendsIssuer: given.authorization_response_iss_parameter_supported,
  })
}

/** Older servers name endpoints relative to the FHIR base (SMART App Launch 2.2.0 §Conformance: Response). */
function absolute(given: z.infer<typeof document>, fhirBaseUrl: string): z.infer<typeof document> {
  const from = `${fhirBaseUrl.replace(/\/+$/, '')}/`
  const under = (url: string) =>
    URL.canParse(url) || !URL.canParse(url, from) ? url : new URL(url, from).href
  return {
    ...given,
    authorization_endpoint: under(given.authorization_endpoint),
    token_endpoint: under(given.token_endpoint),
    ...(given.jwks_uri === undefined ? {} : { jwks_uri: under(given.jwks_uri) }),
  }
}
