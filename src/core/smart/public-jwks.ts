import type { JWK } from 'jose'

/** A key that signs client assertions; private or public JWK, only its public part is ever read here. */
export type AssertionKey = { readonly key: JWK; readonly kid: string; readonly alg: 'RS384' | 'ES384' }

export type PublicJwks = { readonly keys: readonly Readonly<Record<string, string | readonly string[]>>[] }

/**
 * The JWKS document that EHRs read our keys from: the current key and the previous one (SMART App Launch 2.2.0 §Client
 * Authentication: Asymmetric, Registering a client; RFC 7517 §5). Public members are copied by name, so that nothing
 * private can slip through. Throws on a key that does not fit its algorithm and on a `kid` used twice.
 */
export function publicJwks(current: AssertionKey, previous?: AssertionKey): PublicJwks {
  if (previous?.kid === current.kid) throw new Error('two assertion keys share one kid')
  return { keys: [current, ...(previous ? [previous] : [])].map(publicJwk) }
}

function publicJwk({ key, kid, alg }: AssertionKey): PublicJwks['keys'][number] {
  const named = { kid, use: 'sig', alg, key_ops: ['verify'] }
  if (alg === 'RS384' && key.kty === 'RSA' && key.n !== undefined && key.e !== undefined)
    return { kty: 'RSA', n: key.n, e: key.e, ...named }
  if (
    alg === 'ES384' &&
    key.kty === 'EC' &&
    key.crv === 'P-384' &&
    key.x !== undefined &&
    key.y !== undefined
  )
    return { kty: 'EC', crv: 'P-384', x: key.x, y: key.y, ...named }
  throw new Error(`the assertion key ${kid} does not fit ${alg}`)
}
