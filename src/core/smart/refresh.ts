import { processRefreshTokenResponse, refreshTokenGrantRequest } from 'oauth4webapi'
import { ok } from '../result.ts'
import { clientAuthentication } from './client-authentication.ts'
import type { SmartResult } from './failures.ts'
import { authorizationServer, requestOptions, tokenEnd, tokenRequest } from './token-request.ts'
import type { Outbound, SmartConfiguration, SmartSite } from './types.ts'

export type Refreshed = {
  readonly accessToken: string
  readonly expiresAt: Date
  /** The one to use next time: Oracle Health sends no new one, and the old one stays good. */
  readonly refreshToken: string
}

/**
 * A new access token of a launch (SMART App Launch 2.2.0 §Refresh access token; RFC 6749 §6), proven like the first one.
 * No scope is sent: what was granted is granted again, and nothing more can be.
 */
export async function refreshAccess(
  config: SmartConfiguration,
  site: SmartSite,
  refreshToken: string,
  outbound: Outbound,
  now: Date,
): Promise<SmartResult<Refreshed>> {
  const server = authorizationServer(config, site)
  const client = { client_id: site.clientId }
  const authentication = await clientAuthentication(site, config.tokenEndpoint, now)
  if (!authentication.ok) return authentication
  const processed = await tokenRequest(
    server,
    client,
    now,
    () =>
      refreshTokenGrantRequest(
        server,
        client,
        authentication.value,
        refreshToken,
        requestOptions(site, outbound),
      ),
    processRefreshTokenResponse,
  )
  if (!processed.ok) return processed
  const { token } = processed.value
  return ok({
    accessToken: token.access_token,
    expiresAt: tokenEnd(token, now),
    refreshToken: token.refresh_token ?? refreshToken,
  })
}
