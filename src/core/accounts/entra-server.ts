import * as oauth from 'oauth4webapi'
import { z } from 'zod'
import { fail, ok, type Result } from '../result.ts'
import { createExpiringCache } from '../smart/expiring-cache.ts'
import { keepUntil } from '../smart/lifetime.ts'

/** A day where Entra says nothing, as Microsoft's own libraries keep it; never less than five minutes. */
const LIFETIME = { least: 300, most: 86_400, otherwise: 86_400 }
const TIMEOUT_MS = 10_000

/**
 * The path segment for people whose tenant is not known before they have signed in (Microsoft identity platform,
 * "OpenID Connect on the Microsoft identity platform": values of `{tenant}`).
 */
export const ANY_ORGANIZATION = 'organizations'

/** What the shared document has that is of use; its issuer is a pattern, `…/{tenantid}/v2.0`. */
const shared = z.looseObject({
  authorization_endpoint: z.string(),
  token_endpoint: z.string(),
  jwks_uri: z.string(),
})

/** Entra's sign-in as it describes itself, per tenant or for any organization. */
export type EntraServers = {
  /** Kept for as long as the answer allows; a failure never is. */
  ofTenant(tenantId: string): Promise<Result<oauth.AuthorizationServer, 'signin_unavailable'>>
  /** What every request to it is sent with. */
  readonly request: Readonly<{ [oauth.customFetch]: Fetch; signal: () => AbortSignal }>
}
type Fetch = (url: string, init: oauth.CustomFetchOptions<string, unknown>) => Promise<Response>

/**
 * @param authority the operator's ENTRA_AUTHORITY.
 * @param fetch the platform's: the endpoint is the operator's own setting.
 */
export function entraServers(
  authority: string,
  fetch: typeof globalThis.fetch,
  now: () => Date,
): EntraServers {
  const cache = createExpiringCache<oauth.AuthorizationServer, 'signin_unavailable'>()
  const request = {
    [oauth.customFetch]: ((url, init) => fetch(url, init as RequestInit)) satisfies Fetch,
    signal: () => AbortSignal.timeout(TIMEOUT_MS),
  }
  const load = async (issuer: URL) => {
    try {
      const answer = await oauth.discoveryRequest(issuer, request)
      const until = keepUntil(answer.headers, LIFETIME, now())
      const value = issuer.pathname.includes(`/${ANY_ORGANIZATION}/`)
        ? { issuer: issuer.href, ...shared.parse(await answer.json()) }
        : await oauth.processDiscoveryResponse(issuer, answer)
      return ok({ value, until })
    } catch (error) {
      return fail('signin_unavailable', { detail: (error as Error).name })
    }
  }
  return {
    request,
    ofTenant(tenantId) {
      const issuer = new URL(`${authority}/${tenantId}/v2.0`)
      return cache.get(issuer.href, now(), () => load(issuer))
    },
  }
}
