import { createLocalJWKSet, decodeJwt, exportJWK, generateKeyPair, jwtVerify } from 'jose'
import { describe, expect, test } from 'vitest'
import { clientAssertion } from '../../../src/core/smart/client-assertion.ts'
import { publicJwks } from '../../../src/core/smart/public-jwks.ts'
import { NOW } from './wire.ts'

const AUD = 'https://login.ehr.example.org/token'
const seconds = Math.floor(NOW.getTime() / 1000)

describe('the client assertion', () => {
  test('holds what SMART lists and nothing else, and ends within five minutes', async () => {
    const { privateKey } = await generateKeyPair('ES384')
    const auth = { method: 'private_key_jwt', key: privateKey, kid: 'k', alg: 'ES384' } as const
    const claims = decodeJwt(await clientAssertion(auth, 'client-1', AUD, NOW))
    expect(claims).toEqual({
      iss: 'client-1',
      sub: 'client-1',
      aud: AUD,
      exp: expect.any(Number),
      jti: claims.jti,
    })
    expect((claims.exp ?? 0) - seconds).toBeGreaterThan(0)
    expect((claims.exp ?? 0) - seconds).toBeLessThanOrEqual(300)
  })

  test('never uses a jti twice', async () => {
    const { privateKey } = await generateKeyPair('ES384')
    const auth = { method: 'private_key_jwt', key: privateKey, kid: 'k', alg: 'ES384' } as const
    const made = await Promise.all(Array.from({ length: 100 }, () => clientAssertion(auth, 'c', AUD, NOW)))
    expect(new Set(made.map((each) => decodeJwt(each).jti)).size).toBe(100)
  })
})

describe('the published keys', () => {
  test('verify what the private ones sign, the current key and the previous one', async () => {
    const current = await exportJWK((await generateKeyPair('RS384', { extractable: true })).privateKey)
    const previous = await exportJWK((await generateKeyPair('ES384', { extractable: true })).privateKey)
    const jwks = publicJwks(
      { key: current, kid: 'new', alg: 'RS384' },
      { key: previous, kid: 'old', alg: 'ES384' },
    )
    const set = createLocalJWKSet(JSON.parse(JSON.stringify(jwks)))
    for (const [key, kid, alg] of [[current, 'new', 'RS384'] as const, [previous, 'old', 'ES384'] as const]) {
      const signed = await clientAssertion({ method: 'private_key_jwt', key, kid, alg }, 'c', AUD, NOW)
      await expect(jwtVerify(signed, set, { currentDate: NOW })).resolves.toBeDefined()
    }
  })

  test('hold public members only', async () => {
    const rsa = await exportJWK((await generateKeyPair('RS384', { extractable: true })).privateKey)
    const [key] = publicJwks({ key: rsa, kid: 'k', alg: 'RS384' }).keys
    expect(Object.keys(key ?? {}).sort()).toEqual(['alg', 'e', 'key_ops', 'kid', 'kty', 'n', 'use'])
    expect(JSON.stringify(key)).not.toContain(rsa.d)
  })

  test('hold what an EHR needs of an EC key', async () => {
    const ec = await exportJWK((await generateKeyPair('ES384', { extractable: true })).privateKey)
    const [key] = publicJwks({ key: ec, kid: 'k', alg: 'ES384' }).keys
    expect(Object.keys(key ?? {}).sort()).toEqual(['alg', 'crv', 'key_ops', 'kid', 'kty', 'use', 'x', 'y'])
    expect(key).toMatchObject({ kty: 'EC', crv: 'P-384', x: ec.x, y: ec.y })
  })

  test('are refused where a key does not fit its algorithm or two share a kid', async () => {
    const p256 = await exportJWK((await generateKeyPair('ES256', { extractable: true })).privateKey)
    const p384 = await exportJWK((await generateKeyPair('ES384', { extractable: true })).privateKey)
    expect(() => publicJwks({ key: p256, kid: 'k', alg: 'ES384' })).toThrow('does not fit')
    expect(() => publicJwks({ key: p384, kid: 'k', alg: 'RS384' })).toThrow('does not fit')
    const one = { key: p384, kid: 'k', alg: 'ES384' } as const
    expect(() => publicJwks(one, one)).toThrow('share')
  })
})
