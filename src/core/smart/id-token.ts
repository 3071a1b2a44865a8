import { decodeProtectedHeader, errors, type JWTPayload, jwtVerify } from 'jose'
import { fail, ok } from '../result.ts'
import type { SmartFailureCode, SmartResult } from './failures.ts'
import { type FhirUser, parseFhirUser } from './fhir-user.ts'
import type { JwksCache } from './jwks.ts'
import type { EhrUser, Outbound, SmartConfiguration, SmartSite } from './types.ts'

/** Asymmetric ones only; `none` and HS* would let anyone sign. RS256 is what SMART asks of servers. */
const ALGORITHMS = ['RS256', 'RS384', 'ES256', 'ES384']
const SKEW_SECONDS = 60
/** The token was made for this launch minutes ago; an old one is somebody else's. */
const OLDEST_SECONDS = 3_600
const LONGEST = 16_384

export type VerifiedIdentity = {
  readonly ehrUser: EhrUser
  /** The resource of the signed-in user; absent where the EHR names none. */
  readonly fhirUser: FhirUser | undefined
}

export type IdTokenCheck = {
  readonly config: SmartConfiguration
  readonly site: SmartSite
  /** The nonce of this launch's authorize request. */
  readonly nonce: string
  readonly jwks: JwksCache
}

/**
 * Verifies an id_token (OpenID Connect Core §3.1.3.7; SMART App Launch 2.2.0 §Scopes for requesting identity data):
 * signature by a key of the discovered server, `iss` the discovered issuer or one that the site allows, `aud` our
 * client (with `azp` where there are several), `exp` and `iat` within a minute of skew, `nonce` that of the launch,
 * `fhirUser` under the site's FHIR base.
 * @param idToken undefined where the token response had none: `smart_id_token_missing`.
 */
export async function verifyIdToken(
  idToken: string | undefined,
  check: IdTokenCheck,
  outbound: Outbound,
  now: Date,
): Promise<SmartResult<VerifiedIdentity>> {
  if (idToken === undefined) return fail('smart_id_token_missing')
  const { config, site } = check
  const header = headerOf(idToken)
  if (!header) return fail('smart_id_token_invalid', { detail: 'header or algorithm' })
  if (config.jwksUri === undefined)
    return fail('smart_key_unknown', { detail: 'the server names no jwks_uri' })
  const key = await check.jwks.key(config.jwksUri, header, outbound, now)
  if (!key.ok) return key
  let claims: JWTPayload
  try {
    const verified = await jwtVerify(idToken, key.value, {
      algorithms: ALGORITHMS,
      issuer: [...(config.issuer === undefined ? [] : [config.issuer]), ...site.allowedIssuers],
      audience: site.clientId,
      requiredClaims: ['sub', 'exp'],
      maxTokenAge: OLDEST_SECONDS,
      clockTolerance: SKEW_SECONDS,
      currentDate: now,
    })
    claims = verified.payload
  } catch (error) {
    return fail(codeOf(error), { detail: reasonOf(error) })
  }
  return identityOf(claims, check)
}

function identityOf(claims: JWTPayload, { site, nonce }: IdTokenCheck): SmartResult<VerifiedIdentity> {
  const { iss, sub } = claims
  if (!iss || !sub || sub.length > 255) return fail('smart_id_token_invalid', { detail: 'iss or sub' })
  const several = Array.isArray(claims.aud) && claims.aud.length > 1
  if ((several || claims.azp !== undefined) && claims.azp !== site.clientId)
    return fail('smart_id_token_invalid', { detail: 'azp' })
  if (claims.nonce !== nonce) return fail('smart_nonce_mismatch')
  const fhirUser =
    typeof claims.fhirUser === 'string' ? parseFhirUser(claims.fhirUser, site.fhirBaseUrl) : undefined
  if (claims.fhirUser !== undefined && !fhirUser) return fail('smart_fhir_user_foreign')
  const practitioner = fhirUser?.resourceType === 'Practitioner' ? { practitionerId: fhirUser.id } : {}
  return ok({ ehrUser: { issuer: iss, subject: sub, ...practitioner }, fhirUser })
}

function headerOf(token: string): { alg: string; kid?: string } | undefined {
  if (token.length > LONGEST) return undefined
  try {
    const { alg, kid } = decodeProtectedHeader(token)
    if (alg === undefined || !ALGORITHMS.includes(alg)) return undefined
    return kid === undefined ? { alg } : { alg, kid }
  } catch {
    return undefined
  }
}

function codeOf(error: unknown): SmartFailureCode {
  const wrongIssuer = error instanceof errors.JWTClaimValidationFailed && error.claim === 'iss'
  return wrongIssuer ? 'smart_issuer_mismatch' : 'smart_id_token_invalid'
}

/** The claim's name or the kind of error, never its value. */
function reasonOf(error: unknown): string {
  if (error instanceof errors.JWTClaimValidationFailed || error instanceof errors.JWTExpired)
    return `claim ${error.claim}`
  return error instanceof errors.JOSEError ? error.code : 'not verifiable'
}
