import { beforeAll, describe, expect, test } from 'vitest'
import { createJwksCache } from '../../../src/core/smart/jwks.ts'
import { AUTH, codeOf, down, json, later, NOW, type Signer, signer, wire } from './wire.ts'

const URI = `${AUTH}/jwk`
let first: Signer
let second: Signer
beforeAll(async () => {
  first = await signer('kid-1')
  second = await signer('kid-2')
})
const header = (kid: string) => ({ alg: 'RS256', kid })

describe('the keys of an EHR', () => {
  test('are read once an hour', async () => {
    const { fetch, sent } = wire({ [URI]: json({ keys: [first.jwk] }) })
    const jwks = createJwksCache()
    for (const at of [NOW, later(10), later(3_599)])
      expect(codeOf(await jwks.key(URI, header('kid-1'), { fetch }, at))).toBe('ok')
    expect(sent).toHaveLength(1)
    await jwks.key(URI, header('kid-1'), { fetch }, later(3_600))
    expect(sent).toHaveLength(2)
  })

  test('that rotated are found by one more request, shared by all who meet the new key', async () => {
    const { fetch, sent, routes } = wire({ [URI]: json({ keys: [first.jwk] }) })
    const jwks = createJwksCache()
    await jwks.key(URI, header('kid-1'), { fetch }, NOW)
    routes[URI] = json({ keys: [first.jwk, second.jwk] })
    const all = Array.from({ length: 20 }, () => jwks.key(URI, header('kid-2'), { fetch }, later(1)))
    expect((await Promise.all(all)).map(codeOf)).toEqual(Array(20).fill('ok'))
    expect(sent).toHaveLength(2)
  })

  test('are not asked for again and again for a kid that does not exist', async () => {
    const { fetch, sent } = wire({ [URI]: json({ keys: [first.jwk] }) })
    const jwks = createJwksCache()
    for (let turn = 0; turn < 10; turn++)
      expect(codeOf(await jwks.key(URI, header('ghost'), { fetch }, later(turn)))).toBe('smart_key_unknown')
    expect(sent).toHaveLength(2)
    for (let turn = 0; turn < 50; turn++) await jwks.key(URI, header(`ghost-${turn}`), { fetch }, later(turn))
    expect(sent).toHaveLength(6)
    await jwks.key(URI, header('ghost'), { fetch }, later(301))
    expect(sent).toHaveLength(7)
  })

  test('stay where one more request fails, and that failure is not kept', async () => {
    const { fetch, routes } = wire({ [URI]: json({ keys: [first.jwk] }) })
    const jwks = createJwksCache()
    await jwks.key(URI, header('kid-1'), { fetch }, NOW)
    routes[URI] = down
    expect(codeOf(await jwks.key(URI, header('kid-2'), { fetch }, NOW))).toBe('smart_keys_unreachable')
    expect(codeOf(await jwks.key(URI, header('kid-1'), { fetch }, NOW))).toBe('ok')
    routes[URI] = json({ keys: [second.jwk] })
    expect(codeOf(await jwks.key(URI, header('kid-2'), { fetch }, NOW))).toBe('ok')
  })

  test.each([
    ['no connection', down, 'smart_keys_unreachable'],
    ['an error', json({}, { status: 500 }), 'smart_keys_unreachable'],
    [
      'a redirect',
      () => new Response('', { status: 301, headers: { location: AUTH } }),
      'smart_keys_unreachable',
    ],
    ['a page', () => new Response('<html>'), 'smart_key_unknown'],
    ['no list', json({ keys: 'x' }), 'smart_key_unknown'],
    ['an endless list', json({ keys: Array(101).fill({ kty: 'RSA' }) }), 'smart_key_unknown'],
  ])('%s is a failure and never kept', async (_name, handler, code) => {
    const { fetch, routes } = wire({ [URI]: handler })
    const jwks = createJwksCache()
    expect(codeOf(await jwks.key(URI, header('kid-1'), { fetch }, NOW))).toBe(code)
    routes[URI] = json({ keys: [first.jwk] })
    expect(codeOf(await jwks.key(URI, header('kid-1'), { fetch }, NOW))).toBe('ok')
  })

  test('that are secret, private or for encryption are never used', async () => {
    const unfit = [
      { kty: 'oct', k: 'c2VjcmV0', kid: 'a', alg: 'RS256' },
      { ...first.jwk, kid: 'b', d: 'AQAB' },
      { ...first.jwk, kid: 'c', use: 'enc' },
      { ...first.jwk, kid: 'd', alg: 'RS384' },
    ]
    const { fetch } = wire({ [URI]: json({ keys: unfit }) })
    for (const kid of ['a', 'b', 'c', 'd'])
      expect(codeOf(await createJwksCache().key(URI, header(kid), { fetch }, NOW))).toBe('smart_key_unknown')
  })

  test('are told apart by kid; a token without one is served only where one key fits', async () => {
    const one = wire({ [URI]: json({ keys: [first.jwk] }) })
    expect(codeOf(await createJwksCache().key(URI, { alg: 'RS256' }, one, NOW))).toBe('ok')
    const two = wire({ [URI]: json({ keys: [first.jwk, second.jwk] }) })
    expect(codeOf(await createJwksCache().key(URI, { alg: 'RS256' }, two, NOW))).toBe('smart_key_unknown')
  })
})
