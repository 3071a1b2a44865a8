import { decodeProtectedHeader, errors, type JWTPayload, jwtVerify } from 'jose'
import { fail, ok, type Result } from '../result.ts'
import type { SignatureHeader } from '../smart/jwks.ts'

/** As a client assertion of SMART App Launch 2.2.0 (§Client Authentication: Asymmetric): five minutes. */
export const MOST_SECONDS = 300
/** The engine's clock may differ from ours by this much. */
export const SKEW_SECONDS = 60

/** Why a token is not taken: for our log. Whoever sent it is told one thing, whatever it was. */
export type PushTokenFailure =
  | 'push_token_missing'
  | 'push_token_malformed'
  | 'push_token_algorithm'
  | 'push_token_key'
  | 'push_token_signature'
  | 'push_token_issuer'
  | 'push_token_audience'
  | 'push_token_expired'
  | 'push_token_too_early'
  | 'push_token_too_long'

export type PushToken = {
  readonly jti: string
  /** From then on nobody would take the token any more. */
  readonly until: Date
}

export type PushTokenRules = {
  readonly issuer: string
  /** The address that is called, exactly. */
  readonly audience: string
  readonly keyOf: (header: SignatureHeader) => Promise<Result<CryptoKey, string>>
}

/** The token of `Authorization: Bearer …` (RFC 6750 §2.1), if there is one of a size that a JWT of ours could have. */
export function bearerToken(header: string | null): string | undefined {
  const [, token] = /^Bearer +([\w-]+\.[\w-]+\.[\w-]+)$/i.exec(header?.trim() ?? '') ?? []
  return token !== undefined && token.length <= 8_192 ? token : undefined
}

/**
 * Verifies the JWT by which an integration engine proves that it speaks for a site (RFC 7519; RFC 8725 for what not to
 * believe): RS384 or ES384, `iss` the registered name, `aud` this address alone, `iat` and `exp` at most five minutes
 * apart and around now, `jti` there; `sub`, where it is sent, is the issuer as in a client assertion. Whether the `jti`
 * was used before is not asked here.
 */
export async function verifyPushToken(
  token: string,
  { issuer, audience, keyOf }: PushTokenRules,
  now: Date,
): Promise<Result<PushToken, PushTokenFailure>> {
  const header = headerOf(token)
  if (!header) return fail('push_token_malformed')
  if (header.alg !== 'RS384' && header.alg !== 'ES384') return fail('push_token_algorithm')
  const key = await keyOf(header)
  if (!key.ok) return fail('push_token_key', { detail: key.failure.code })
  try {
    const { payload } = await jwtVerify(token, key.value, {
      algorithms: [header.alg],
      issuer,
      audience,
      clockTolerance: SKEW_SECONDS,
      currentDate: now,
      requiredClaims: ['exp', 'iat', 'jti'],
    })
    return claims(payload, issuer, now)
  } catch (error) {
    return fail(whyRefused(error))
  }
}

function headerOf(token: string): SignatureHeader | undefined {
  try {
    const { alg, kid, typ } = decodeProtectedHeader(token)
    if (typeof alg !== 'string' || (typ !== undefined && String(typ).toUpperCase() !== 'JWT'))
      return undefined
    return typeof kid === 'string' ? { alg, kid } : { alg }
  } catch {
    return undefined
  }
}

/** What jose leaves open: one audience alone, a short life, a usable jti. */
function claims(
  { aud, sub, iss, jti, iat = 0, exp = 0 }: JWTPayload,
  issuer: string,
  now: Date,
): Result<PushToken, PushTokenFailure> {
  if (Array.isArray(aud) && aud.length !== 1) return fail('push_token_audience')
  if (iss !== issuer || (sub !== undefined && sub !== issuer)) return fail('push_token_issuer')
  if (typeof jti !== 'string' || jti.length === 0 || jti.length > 200) return fail('push_token_malformed')
  const seconds = now.getTime() / 1000
  if (iat > seconds + SKEW_SECONDS) return fail('push_token_too_early')
  if (exp - iat > MOST_SECONDS) return fail('push_token_too_long')
  return ok({ jti, until: new Date((exp + SKEW_SECONDS) * 1000) })
}

function whyRefused(error: unknown): PushTokenFailure {
  if (error instanceof errors.JWTExpired) return 'push_token_expired'
  if (error instanceof errors.JWSSignatureVerificationFailed) return 'push_token_signature'
  if (error instanceof errors.JWTClaimValidationFailed) {
    if (error.claim === 'aud') return 'push_token_audience'
    if (error.claim === 'iss') return 'push_token_issuer'
    if (error.claim === 'nbf' || (error.claim === 'iat' && error.reason === 'check_failed'))
      return 'push_token_too_early'
    return 'push_token_malformed'
  }
  // A key of another kind than the header says, or too short a one.
  if (error instanceof TypeError) return 'push_token_key'
  return 'push_token_malformed'
}
