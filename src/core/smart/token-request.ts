import {
  type AuthorizationServer,
  allowInsecureRequests,
  type Client,
  customFetch,
  type TokenEndpointRequestOptions,
  type TokenEndpointResponse,
} from 'oauth4webapi'
import { fail, ok } from '../result.ts'
import { faultName } from './answer.ts'
import { httpAllowed } from './endpoint.ts'
import type { SmartResult } from './failures.ts'
import { readTokenAnswer, type TokenAnswer } from './token-answer.ts'
import type { Outbound, SmartConfiguration, SmartSite } from './types.ts'

/** A site's server in the terms of oauth4webapi. Its issuer check is not used, see readTokenAnswer. */
export function authorizationServer(config: SmartConfiguration, site: SmartSite): AuthorizationServer {
  return { issuer: config.issuer ?? site.fhirBaseUrl, token_endpoint: config.tokenEndpoint }
}

/** Requests go out through the injected fetch; http only to a development EHR on this machine. */
export function requestOptions(site: SmartSite, outbound: Outbound): TokenEndpointRequestOptions {
  return {
    [customFetch]: (url, init) => outbound.fetch(url, init),
    ...(httpAllowed(site.fhirBaseUrl, outbound.allowHttp) ? { [allowInsecureRequests]: true } : {}),
  }
}

export type ProcessedToken = { readonly token: TokenEndpointResponse; readonly answer: TokenAnswer }

/**
 * Both steps of one token request: transport, then validation.
 * @param request sends it; a throw is a lost connection or a refusal of the guarded fetch.
 * @param process oauth4webapi's validation (RFC 6749 §5.1); a throw is a malformed acceptance.
 */
export async function tokenRequest(
  server: AuthorizationServer,
  client: Client,
  now: Date,
  request: () => Promise<Response>,
  process: (
    server: AuthorizationServer,
    client: Client,
    response: Response,
  ) => Promise<TokenEndpointResponse>,
): Promise<SmartResult<ProcessedToken>> {
  let response: Response
  try {
    response = await request()
  } catch (error) {
    return fail('smart_token_unreachable', { detail: faultName(error) })
  }
  const answer = await readTokenAnswer(response, now)
  if (!answer.ok) return answer
  try {
    const token = await process(server, client, answer.value.response)
    // A proof-of-possession token was not asked for and could not be used (SMART App Launch 2.2.0: Bearer).
    if (token.token_type !== 'bearer') return fail('smart_token_invalid', { detail: 'token_type' })
    return ok({ token, answer: answer.value })
  } catch (error) {
    return fail('smart_token_invalid', { detail: faultName(error) })
  }
}

/** RFC 6749 §5.1 recommends `expires_in`; where it is missing the token is taken to last this long. */
const ASSUMED_SECONDS = 300

/** When a token ends, in the clock that is passed in; a token of more than a day is kept for a day. */
export function tokenEnd(token: TokenEndpointResponse, now: Date): Date {
  const seconds = Math.min(token.expires_in ?? ASSUMED_SECONDS, 86_400)
  return new Date(now.getTime() + seconds * 1000)
}
