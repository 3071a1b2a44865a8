import { exportJWK, generateKeyPair, type JWK, SignJWT } from 'jose'

/** Keys of the id_tokens. Oracle Health changes its key ids every few days; `rotate` does so at once. */
export type SigningKeys = {
  /** Public keys as served at jwks_uri: the current one first, the previous one after it. */
  jwks(): { keys: JWK[] }
  /** Private half of the first key, for the library that insists on one. */
  readonly firstPrivateJwk: JWK
  sign(claims: Record<string, unknown>): Promise<string>
  rotate(): Promise<void>
}

export async function createSigningKeys(): Promise<SigningKeys> {
  let serial = 0
  const make = async () => {
    serial += 1
    const pair = await generateKeyPair('RS256', { extractable: true })
    const kid = `ehr-${serial}`
    const about = { kid, alg: 'RS256', use: 'sig' }
    return {
      kid,
      privateKey: pair.privateKey,
      publicJwk: { ...(await exportJWK(pair.publicKey)), ...about },
      privateJwk: { ...(await exportJWK(pair.privateKey)), ...about },
    }
  }
  let current = await make()
  let previous: typeof current | undefined
  return {
    jwks: () => ({ keys: [current.publicJwk, ...(previous ? [previous.publicJwk] : [])] }),
    firstPrivateJwk: current.privateJwk,
    sign: (claims) =>
      new SignJWT(claims)
        .setProtectedHeader({ alg: 'RS256', kid: current.kid, typ: 'JWT' })
        .sign(current.privateKey),
    async rotate() {
      previous = current
      current = await make()
    },
  }
}
