import { calculateJwkThumbprint, exportJWK, generateKeyPair, type JWK, type JWTPayload, SignJWT } from 'jose'

/** The keys that tokens are signed with: the newest signs, all that are kept are published. */
export type SigningKeys = {
  /** A signed JWT (RS256) with `kid` of the newest key. Claims are given whole: times too. */
  sign(claims: JWTPayload): Promise<string>
  published(): readonly JWK[]
  /**
   * A new key signs from now on. The one before stays published, older ones go; with `forget` every earlier key goes
   * at once, as after a compromise.
   */
  rotate(options?: { forget?: boolean }): Promise<void>
}

type Key = { readonly privateKey: CryptoKey; readonly published: JWK & { kid: string } }

export async function createSigningKeys(): Promise<SigningKeys> {
  let current = await createKey()
  let previous: Key | undefined
  return {
    sign: (claims) =>
      new SignJWT(claims)
        .setProtectedHeader({ typ: 'JWT', alg: 'RS256', kid: current.published.kid })
        .sign(current.privateKey),
    published: () => (previous ? [current, previous] : [current]).map((key) => key.published),
    async rotate(options = {}) {
      const next = await createKey()
      previous = options.forget ? undefined : current
      current = next
    },
  }
}

/** Entra's published keys carry no `alg`, so neither do these: a verifier must bring its own list. */
async function createKey(): Promise<Key> {
  const { privateKey, publicKey } = await generateKeyPair('RS256')
  const jwk = await exportJWK(publicKey)
  const kid = await calculateJwkThumbprint(jwk)
  return { privateKey, published: { ...jwk, kid, use: 'sig' } }
}
