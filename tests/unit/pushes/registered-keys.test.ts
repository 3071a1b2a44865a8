import { exportJWK, generateKeyPair, type JWK } from 'jose'
import { beforeAll, describe, expect, test } from 'vitest'
import { readPushKeys } from '../../../src/core/pushes/registered-keys.ts'

let ec: JWK, rsa: JWK, privateEc: JWK
beforeAll(async () => {
  const curve = await generateKeyPair('ES384', { extractable: true })
  ec = await exportJWK(curve.publicKey)
  privateEc = await exportJWK(curve.privateKey)
  rsa = await exportJWK((await generateKeyPair('RS384', { extractable: true })).publicKey)
})
const codeOf = (keys: unknown) => {
  const read = readPushKeys(typeof keys === 'string' ? keys : JSON.stringify(keys))
  return read.ok ? read.value.length : read.failure.code
}

describe('keys that are pasted', () => {
  test('are a JWKS document or one key; only public members are kept', () => {
    const both = {
      keys: [
        { ...ec, kid: 'a', alg: 'ES384', use: 'sig', x5c: ['…'] },
        { ...rsa, kid: 'b' },
      ],
    }
    expect(readPushKeys(JSON.stringify(both))).toEqual({
      ok: true,
      value: [
        { kty: 'EC', crv: 'P-384', kid: 'a', x: ec.x, y: ec.y },
        { kty: 'RSA', kid: 'b', n: rsa.n, e: rsa.e },
      ],
    })
    expect(codeOf(ec)).toBe(1)
  })

  test('that are private or symmetric are refused by name', () => {
    expect(codeOf({ keys: [privateEc] })).toBe('push_keys_private')
    expect(codeOf({ kty: 'oct', k: 'AAAA' })).toBe('push_keys_private')
    expect(codeOf({ keys: [{ ...rsa, p: 'AA' }] })).toBe('push_keys_private')
  })

  test.each<[string, () => unknown, string]>([
    ['no JSON', () => '<html>', 'push_keys_not_json'],
    ['a list', () => '[]', 'push_keys_not_json'],
    ['a certificate', () => '-----BEGIN CERTIFICATE-----', 'push_keys_not_json'],
    ['a document without keys', () => ({ keys: [] }), 'push_keys_none'],
    ['six keys', () => ({ keys: Array.from({ length: 6 }, () => ec) }), 'push_keys_too_many'],
    ['another curve', () => ({ ...ec, crv: 'P-256' }), 'push_keys_unsuitable'],
    ['a short RSA key', () => ({ ...rsa, n: rsa.n?.slice(0, 170) }), 'push_keys_unsuitable'],
    ['a key for RS256', () => ({ ...rsa, alg: 'RS256' }), 'push_keys_unsuitable'],
    ['a key for encryption', () => ({ ...rsa, use: 'enc' }), 'push_keys_unsuitable'],
    ['something else in the list', () => ({ keys: ['k'] }), 'push_keys_unsuitable'],
    [
      'two keys of one name',
      () => ({
        keys: [
          { ...ec, kid: 'a' },
          { ...rsa, kid: 'a' },
        ],
      }),
      'push_keys_same_kid',
    ],
    ['two keys, one without a name', () => ({ keys: [{ ...ec, kid: 'a' }, rsa] }), 'push_keys_same_kid'],
  ])('%s is refused', (_name, keys, code) => expect(codeOf(keys())).toBe(code))
})
