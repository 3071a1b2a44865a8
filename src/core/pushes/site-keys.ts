import { createLocalJWKSet, generateKeyPair, type JWK } from 'jose'
import { once } from '../once.ts'
import { fail, ok, type Result } from '../result.ts'
import type { Site } from '../sites/site.ts'
import type { JwksCache, SignatureHeader } from '../smart/jwks.ts'
import type { Outbound } from '../smart/types.ts'

export type KeyPorts = {
  readonly smart: { readonly jwks: JwksCache }
  readonly outbound: Outbound
  readonly now: () => Date
}

/** The key that a token's header names, of those that a site registered: pasted, or behind the address it gave. */
export async function siteKey(
  { smart, outbound, now }: KeyPorts,
  { jwksUrl, keys }: NonNullable<Site['push']>,
  header: SignatureHeader,
): Promise<Result<CryptoKey, string>> {
  if (jwksUrl !== undefined) return smart.jwks.key(jwksUrl, header, outbound, now())
  try {
    return ok(await createLocalJWKSet({ keys: [...(keys ?? [])] as JWK[] })(header))
  } catch {
    return fail('push_token_key')
  }
}

const rsa = once(async () => (await generateKeyPair('RS384')).publicKey)
const ec = once(async () => (await generateKeyPair('ES384')).publicKey)

/** Nobody's key: a site that is none costs a caller as much time as one whose key did not sign. */
export async function nobodysKey({ alg }: SignatureHeader): Promise<Result<CryptoKey, string>> {
  return ok(await (alg === 'ES384' ? ec() : rsa()))
}
