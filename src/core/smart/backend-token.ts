import { clientCredentialsGrantRequest, processClientCredentialsResponse } from 'oauth4webapi'
import { fail, ok } from '../result.ts'
import { clientAuthentication } from './client-authentication.ts'
import { createExpiringCache, type Kept } from './expiring-cache.ts'
import type { SmartFailureCode, SmartResult } from './failures.ts'
import { missingScopes, split } from './scopes.ts'
import { authorizationServer, requestOptions, tokenEnd, tokenRequest } from './token-request.ts'
import type { Outbound, SmartClient, SmartConfiguration, SmartSite } from './types.ts'

export type BackendToken = {
  readonly accessToken: string
  readonly expiresAt: Date
  readonly scope: string
}

export type BackendTokens = {
  /**
   * A token of the site's system account with at least a minute to live (less where the EHR's tokens are that short).
   * Fails with `smart_scope_missing` where the EHR granted less than the account's scopes.
   * @param siteKey names one site of one tenant: a token is never shared by two tenants that typed the same account.
   */
  token(
    siteKey: string,
    site: SmartSite,
    config: SmartConfiguration,
    outbound: Outbound,
    now: Date,
  ): Promise<SmartResult<BackendToken>>
  /** After a 401 from the EHR: the next call asks for a new one. */
  forget(siteKey: string, site: SmartSite, config: SmartConfiguration): void
}

const MARGIN_SECONDS = 60

/**
 * Tokens by client credentials (SMART App Launch 2.2.0 §Backend Services, §Obtain access token; RFC 6749 §4.4), one
 * request at a time for a site. What is kept saves requests within this process and nothing else: another process
 * asks for its own.
 */
export function createBackendTokens(): BackendTokens {
  const cache = createExpiringCache<BackendToken, SmartFailureCode>()
  return {
    async token(siteKey, site, config, outbound, now) {
      const account = systemAccount(site)
      if (!account.ok) return account
      return cache.get(keyOf(siteKey, site, config), now, () =>
        request(site, account.value, config, outbound, now),
      )
    },
    forget: (siteKey, site, config) => cache.forget(keyOf(siteKey, site, config)),
  }
}

function keyOf(siteKey: string, site: SmartSite, config: SmartConfiguration): string {
  const { clientId, scopes, clientAuth } = site.system ?? {}
  const kid = clientAuth?.method === 'private_key_jwt' ? clientAuth.kid : undefined
  return JSON.stringify([siteKey, config.tokenEndpoint, clientId, scopes, clientAuth?.method, kid])
}

/** A system account that can prove itself and does not ask for access while somebody is, or is not, signed in. */
function systemAccount(site: SmartSite): SmartResult<SmartClient> {
  const { system } = site
  if (!system) return fail('smart_system_account_missing')
  if (system.clientAuth.method === 'none')
    return fail('smart_system_account_missing', { detail: 'a public client has no system account' })
  const forbidden = split(system.scopes).filter((scope) => /^(online|offline)_access$/.test(scope))
  if (forbidden.length > 0) return fail('smart_system_scope_forbidden', { detail: forbidden.join(' ') })
  return ok(system)
}

async function request(
  site: SmartSite,
  account: SmartClient,
  config: SmartConfiguration,
  outbound: Outbound,
  now: Date,
): Promise<SmartResult<Kept<BackendToken>>> {
  const server = authorizationServer(config, site)
  const client = { client_id: account.clientId }
  const authentication = await clientAuthentication(account, config.tokenEndpoint, now)
  if (!authentication.ok) return authentication
  const asked = split(account.scopes).join(' ')
  const parameters = new URLSearchParams({ scope: asked })
  const processed = await tokenRequest(
    server,
    client,
    now,
    () =>
      clientCredentialsGrantRequest(
        server,
        client,
        authentication.value,
        parameters,
        requestOptions(site, outbound),
      ),
    processClientCredentialsResponse,
  )
  if (!processed.ok) return processed
  const { token } = processed.value
  const scope = token.scope || asked
  const missing = missingScopes(asked, scope).join(' ')
  if (missing) return fail('smart_scope_missing', { detail: missing, shown: { missing } })
  const expiresAt = tokenEnd(token, now)
  return ok({
    value: { accessToken: token.access_token, expiresAt, scope },
    until: new Date(expiresAt.getTime() - marginMs(now, expiresAt)),
  })
}

/** A minute, and no more than half of a short token's life. */
function marginMs(now: Date, expiresAt: Date): number {
  return Math.min(MARGIN_SECONDS * 1000, (expiresAt.getTime() - now.getTime()) / 2)
}
