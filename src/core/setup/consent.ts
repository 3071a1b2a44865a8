import { fail, ok, type Result } from '../result.ts'
import { shownError } from '../smart/shown-error.ts'

/** Application permissions are consented to by `/.default` alone: what the registration asks for, all at once. */
const SCOPE = 'https://graph.microsoft.com/.default'

export type ConsentFailure =
  | 'consent_declined'
  | 'consent_not_administrator'
  | 'consent_tenant_mismatch'
  | 'consent_refused'

/**
 * Where an administrator's consent begins (Microsoft identity platform, "Admin consent protocols"), on the host that
 * signs people in, for this tenant alone. Undefined where Entra's own description is none.
 * @param authorizationEndpoint of the tenant, as discovered.
 */
export function consentUrl(
  authorizationEndpoint: string | undefined,
  asked: {
    readonly tenantId: string
    readonly clientId: string
    readonly redirectUri: string
    readonly state: string
  },
): string | undefined {
  if (authorizationEndpoint === undefined || !URL.canParse(authorizationEndpoint)) return undefined
  const url = new URL(`/${asked.tenantId}/v2.0/adminconsent`, authorizationEndpoint)
  url.searchParams.set('client_id', asked.clientId)
  url.searchParams.set('scope', SCOPE)
  url.searchParams.set('redirect_uri', asked.redirectUri)
  url.searchParams.set('state', asked.state)
  return url.href
}

/** Where answers come back to; registered in infra/entra/application.mjs. */
export const CONSENT_PATH = '/portal/consent'

/**
 * What Entra's answer says. It proves nothing by itself, since anybody can write such an address: what was granted is
 * asked of Entra afterwards.
 */
export function readConsent(query: URLSearchParams, tenantId: string): Result<void, ConsentFailure> {
  const error = query.get('error')
  const description = query.get('error_description') ?? ''
  if (error !== null)
    return fail(codeOf(error, description), { shown: shownError({ error, error_description: description }) })
  const of = query.get('tenant')?.toLowerCase()
  if (of !== undefined && of !== tenantId) return fail('consent_tenant_mismatch')
  if (query.get('admin_consent')?.toLowerCase() !== 'true')
    return fail('consent_refused', { detail: 'neither consent nor error' })
  return ok(undefined)
}

/** Microsoft Entra authentication and authorization error codes. */
const NOT_ADMINISTRATOR = /AADSTS(90094|90093|900941)\b|administrator|admin (consent|approval)/i
const DECLINED = /AADSTS65004\b|cancel|declin|denied the request/i

function codeOf(error: string, description: string): ConsentFailure {
  if (DECLINED.test(description)) return 'consent_declined'
  if (NOT_ADMINISTRATOR.test(description)) return 'consent_not_administrator'
  return error === 'access_denied' || error === 'permission_denied' ? 'consent_declined' : 'consent_refused'
}
