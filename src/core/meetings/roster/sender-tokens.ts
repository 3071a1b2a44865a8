import { createRemoteJWKSet, customFetch, type JWTVerifyGetKey, jwtVerify } from 'jose'
import { fail, ok, type Result } from '../../result.ts'

/** The application id of Graph's change notification publisher, the same in every tenant. */
const PUBLISHER = '0bf30f3b-4a52-48df-9a82-234910c4a086'

export type SenderCheck = {
  /** Our application's client id: whom the tokens are for. */
  readonly audience: string
  readonly tenantId: string
  readonly keys: JWTVerifyGetKey
}

/** Entra's keys, kept and read again when an unknown one appears. The operator's own endpoint. */
export function entraKeys(authority: string): JWTVerifyGetKey {
  return createRemoteJWKSet(new URL(`${authority}/common/discovery/v2.0/keys`), {
    [customFetch]: (url, options) => fetch(url, options),
  })
}

/**
 * Whether a batch of notifications comes from Graph (Microsoft Graph, "Validation tokens in the change notification"):
 * every token is signed by Entra, meant for our application, made by the publisher for the visit's tenant, and in date.
 */
export async function checkSender(
  tokens: readonly string[],
  check: SenderCheck,
  now: Date,
): Promise<Result<void, 'notification_forged'>> {
  if (tokens.length === 0) return fail('notification_forged', { detail: 'no token' })
  for (const token of tokens) {
    try {
      const { payload } = await jwtVerify(token, check.keys, {
        audience: check.audience,
        algorithms: ['RS256'],
        clockTolerance: 60,
        currentDate: now,
      })
      if ((payload.appid ?? payload.azp) !== PUBLISHER)
        return fail('notification_forged', { detail: 'publisher' })
      if (payload.tid !== check.tenantId) return fail('notification_forged', { detail: 'tenant' })
    } catch (error) {
      return fail('notification_forged', { detail: (error as { code?: string }).code ?? 'token' })
    }
  }
  return ok(undefined)
}
