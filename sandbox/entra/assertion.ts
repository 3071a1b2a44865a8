import { decodeJwt, decodeProtectedHeader, errors, importJWK, type JWTPayload, jwtVerify } from 'jose'
import { z } from 'zod'
import { fail, ok, type Result } from '../../src/core/result.ts'
import type { Now } from '../contracts.ts'
import type { Application } from './applications.ts'
import type { RefusalId } from './refusals.ts'

/** "5-10 minutes after nbf at most" (certificate credentials, claim `exp`). */
const LONGEST_SECONDS = 600
const SKEW_SECONDS = 30

const Claims = z.object({
  iss: z.string(),
  sub: z.string(),
  aud: z.union([z.string(), z.array(z.string())]),
  exp: z.number(),
  nbf: z.number().optional(),
  iat: z.number().optional(),
  jti: z.string().min(1),
})

/** Remembers the `jti` of each accepted assertion until it has expired. */
export type UsedAssertions = { take(clientId: string, jti: string, expiresAtSeconds: number): boolean }

export function createUsedAssertions(now: Now): UsedAssertions {
  const used = new Map<string, number>()
  return {
    take(clientId, jti, expiresAtSeconds) {
      const key = `${clientId}/${jti}`
      const until = used.get(key)
      if (until !== undefined && until + SKEW_SECONDS > now().getTime() / 1000) return false
      used.set(key, expiresAtSeconds)
      return true
    },
  }
}

/**
 * Checks a client assertion (RFC 7523, section 3; Microsoft's page "certificate credentials"): RS256 or PS256 by a
 * registered key, issued by and about the client, for one of `audiences`, in time, short-lived, used once.
 */
export async function checkAssertion(
  assertion: string,
  application: Application,
  audiences: readonly string[],
  used: UsedAssertions,
  now: Now,
): Promise<Result<undefined, RefusalId>> {
  const parsed = parse(assertion)
  if (!parsed) return fail('assertion_malformed')
  const { claims, kid } = parsed
  const keys = application.keys.filter((key) => kid === undefined || key.kid === undefined || key.kid === kid)
  if (keys.length === 0) return fail('assertion_key_unknown')
  const problem = await firstSuccess(keys.map((key) => () => verify(assertion, key, now)))
  if (problem) return fail(problem)
  if (claims.iss !== application.clientId || claims.sub !== application.clientId) {
    return fail('assertion_subject')
  }
  if (![claims.aud].flat().some((one) => audiences.includes(one))) return fail('assertion_audience')
  const start = claims.nbf ?? claims.iat ?? now().getTime() / 1000
  if (claims.exp - start > LONGEST_SECONDS + SKEW_SECONDS) return fail('assertion_too_long')
  if (!used.take(application.clientId, claims.jti, claims.exp)) return fail('assertion_replayed')
  return ok(undefined)
}

function parse(assertion: string): { claims: z.infer<typeof Claims>; kid: string | undefined } | undefined {
  try {
    const { kid } = decodeProtectedHeader(assertion)
    const claims = Claims.safeParse(decodeJwt(assertion) satisfies JWTPayload)
    return claims.success ? { claims: claims.data, kid } : undefined
  } catch {
    return undefined
  }
}

async function verify(assertion: string, key: Application['keys'][number], now: Now) {
  try {
    const { alg } = decodeProtectedHeader(assertion)
    const { kty, n, e } = key
    await jwtVerify(assertion, await importJWK({ kty, n, e }, alg === 'PS256' ? 'PS256' : 'RS256'), {
      algorithms: ['RS256', 'PS256'],
      currentDate: now(),
      clockTolerance: SKEW_SECONDS,
    })
    return undefined
  } catch (error) {
    if (error instanceof errors.JWSSignatureVerificationFailed) return 'assertion_signature'
    if (error instanceof errors.JWTExpired) return 'assertion_expired'
    if (error instanceof errors.JWTClaimValidationFailed) return 'assertion_expired'
    return 'assertion_malformed'
  }
}

/** An assertion without `kid` is tried with every key; what the last one says stands. */
async function firstSuccess(
  attempts: readonly (() => Promise<RefusalId | undefined>)[],
): Promise<RefusalId | undefined> {
  let last: RefusalId | undefined
  for (const attempt of attempts) {
    last = await attempt()
    if (last === undefined) return undefined
  }
  return last
}
