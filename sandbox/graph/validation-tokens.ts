import { exportJWK, generateKeyPair, type JWK, type JWTPayload, SignJWT } from 'jose'
import type { Now } from '../contracts.ts'

/** The application id of Graph's change notification publisher, the same in every tenant. */
export const PUBLISHER = '0bf30f3b-4a52-48df-9a82-234910c4a086'

/** Signs whole claims, times included, as RS256. */
export type SignClaims = (claims: JWTPayload) => Promise<string>

export type ValidationTokens = {
  /** Public keys as a JSON Web Key Set; empty where somebody else signs. */
  readonly jwks: { readonly keys: readonly JWK[] }
  sign(tenantId: string, applicationId: string): Promise<string>
}

/**
 * The tokens that prove a rich notification (same article, "Validation tokens in the change notification"): version 1.0
 * tokens of the tenant for the subscribing application, made by the publisher. They are Entra's, so `byEntra` signs them
 * where it is given; otherwise a key of this stand-in does.
 */
export async function validationTokens(now: Now, byEntra?: SignClaims): Promise<ValidationTokens> {
  const own = byEntra ? undefined : await ownKey()
  const signClaims = byEntra ?? own?.sign
  if (!signClaims) throw new Error('There is no key to sign with.')
  return {
    jwks: { keys: own ? [own.jwk] : [] },
    sign: (tenantId, applicationId) => {
      const seconds = Math.floor(now().getTime() / 1000)
      const issuer = `https://sts.windows.net/${tenantId}/`
      return signClaims({
        aud: applicationId,
        iss: issuer,
        iat: seconds,
        nbf: seconds,
        exp: seconds + 8 * 3600,
        appid: PUBLISHER,
        appidacr: '2',
        idp: issuer,
        tid: tenantId,
        ver: '1.0',
      })
    },
  }
}

async function ownKey(): Promise<{ jwk: JWK; sign: SignClaims }> {
  const { publicKey, privateKey } = await generateKeyPair('RS256')
  const kid = 'graph-notifications-1'
  return {
    jwk: { ...(await exportJWK(publicKey)), kid, use: 'sig' },
    sign: (claims) =>
      new SignJWT(claims).setProtectedHeader({ alg: 'RS256', typ: 'JWT', kid }).sign(privateKey),
  }
}
