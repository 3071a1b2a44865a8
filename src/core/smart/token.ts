import {
  authorizationCodeGrantRequest,
  processAuthorizationCodeResponse,
  skipStateCheck,
  validateAuthResponse,
} from 'oauth4webapi'
import { ok } from '../result.ts'
import { clientAuthentication } from './client-authentication.ts'
import type { SmartResult } from './failures.ts'
import { missingScopes } from './scopes.ts'
import { parseTokenBody } from './token-body.ts'
import { authorizationServer, requestOptions, tokenEnd, tokenRequest } from './token-request.ts'
import type { Outbound, SmartConfiguration, SmartSite, TokenResponse } from './types.ts'

export type CodeExchange = {
  readonly code: string
  /** The redirect_uri of the authorize request, character for character. */
  readonly redirectUri: string
  readonly codeVerifier: string
  /** What the authorize request asked for where that was not the site's scopes. */
  readonly scope?: string
}

/**
 * Exchanges an authorization code (SMART App Launch 2.2.0 §Obtain access token; RFC 6749 §4.1.3; RFC 7636 §4.5).
 * The id_token in the response is handed on unverified. Scopes that were dropped are named in `missingScopes`; whether
 * the step at hand can do without is decided by `requireScopes`.
 */
export async function exchangeCode(
  config: SmartConfiguration,
  site: SmartSite,
  exchange: CodeExchange,
  outbound: Outbound,
  now: Date,
): Promise<SmartResult<TokenResponse>> {
  const server = authorizationServer(config, site)
  const client = { client_id: site.clientId }
  const authentication = await clientAuthentication(site, config.tokenEndpoint, now)
  if (!authentication.ok) return authentication
  // The state was opened, bound to its browser and consumed, and iss was checked, before this is called.
  const callback = new URLSearchParams({ code: exchange.code })
  const validated = validateAuthResponse(server, client, callback, skipStateCheck)
  const processed = await tokenRequest(
    server,
    client,
    now,
    () =>
      authorizationCodeGrantRequest(
        server,
        client,
        authentication.value,
        validated,
        exchange.redirectUri,
        exchange.codeVerifier,
        requestOptions(site, outbound),
      ),
    processAuthorizationCodeResponse,
  )
  if (!processed.ok) return processed
  const { token, answer } = processed.value
  const asked = exchange.scope ?? site.scopes
  const scope = token.scope || asked
  return ok({
    ...parseTokenBody(answer.body),
    accessToken: token.access_token,
    expiresAt: tokenEnd(token, now),
    scope,
    missingScopes: missingScopes(asked, scope),
    ...(answer.idToken === undefined ? {} : { idToken: answer.idToken }),
  })
}
