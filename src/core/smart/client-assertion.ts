import { importJWK, SignJWT } from 'jose'
import { generateRandomNonce } from 'oauth4webapi'
import type { ClientAuth } from './types.ts'

/** The specification allows five minutes; the fifth is left to an EHR whose clock is behind. */
const LIFETIME_SECONDS = 240

/**
 * Signs the JWT that a confidential client proves itself with (SMART App Launch 2.2.0 §Client Authentication:
 * Asymmetric, Protocol details; RFC 7523 §3): header alg, kid, typ JWT; iss = sub = client id; aud = the token endpoint; exp at most five
 * minutes ahead; a jti that is never used twice. Throws where the key does not fit the algorithm.
 */
export async function clientAssertion(
  auth: Extract<ClientAuth, { method: 'private_key_jwt' }>,
  clientId: string,
  tokenEndpoint: string,
  now: Date,
): Promise<string> {
  const key = auth.key instanceof CryptoKey ? auth.key : await importJWK(auth.key, auth.alg)
  return new SignJWT()
    .setProtectedHeader({ alg: auth.alg, kid: auth.kid, typ: 'JWT' })
    .setIssuer(clientId)
    .setSubject(clientId)
    .setAudience(tokenEndpoint)
    .setExpirationTime(Math.floor(now.getTime() / 1000) + LIFETIME_SECONDS)
    .setJti(generateRandomNonce())
    .sign(key)
}
