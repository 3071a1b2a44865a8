import { exportJWK, generateKeyPair, type JWTPayload, SignJWT } from 'jose'
import { beforeAll, describe, expect, test } from 'vitest'
import { nobodysKey, siteKey } from '../../../src/core/pushes/site-keys.ts'
import { bearerToken, verifyPushToken } from '../../../src/core/pushes/token.ts'
import { ok } from '../../../src/core/result.ts'
import type { JwksCache } from '../../../src/core/smart/jwks.ts'

const NOW = new Date('2031-03-04T15:00:00.000Z')
const SECONDS = NOW.getTime() / 1000
const ISSUER = 'engine.lakeside.example'
const AUDIENCE = 'https://visits.lakeside.example/sites/lakeside0001/appointments'
type Alg = 'RS384' | 'ES384' | 'RS256'
type Pair = Awaited<ReturnType<typeof generateKeyPair>>

const pairs = new Map<Alg, Pair>()
beforeAll(async () => {
  for (const alg of ['RS384', 'ES384', 'RS256'] as const)
    pairs.set(alg, await generateKeyPair(alg, { extractable: true }))
})
const pair = (alg: Alg): Pair => pairs.get(alg) as Pair

type Made = { claims?: JWTPayload; alg?: Alg; header?: object; drop?: readonly string[]; by?: Pair }
async function token({ claims = {}, alg = 'ES384', header = {}, drop = [], by = pair(alg) }: Made = {}) {
  const all = { iss: ISSUER, aud: AUDIENCE, iat: SECONDS, exp: SECONDS + 240, jti: 'a-first-one', ...claims }
  const kept = Object.fromEntries(Object.entries(all).filter(([name]) => !drop.includes(name)))
  return new SignJWT(kept).setProtectedHeader({ alg, kid: 'k1', ...header }).sign(by.privateKey)
}
const verify = (text: string, alg: Alg = 'ES384') =>
  verifyPushToken(
    text,
    { issuer: ISSUER, audience: AUDIENCE, keyOf: async () => ok(pair(alg).publicKey) },
    NOW,
  )
const codeOf = async (made: Made) => {
  const verified = await verify(await token(made), made.alg)
  return verified.ok ? 'taken' : verified.failure.code
}

describe('a token of a push', () => {
  test.each(['RS384', 'ES384'] as const)(
    'signed by %s is taken, until a minute after its end',
    async (alg) => {
      expect(await verify(await token({ alg }), alg)).toEqual(
        ok({ jti: 'a-first-one', until: new Date((SECONDS + 300) * 1000) }),
      )
    },
  )

  test.each<[string, Made]>([
    ['without sub', {}],
    ['whose sub is the issuer', { claims: { sub: ISSUER } }],
    ['with typ JWT', { header: { typ: 'JWT' } }],
    ['whose only audience stands in a list', { claims: { aud: [AUDIENCE] } }],
    ['of a clock that is a minute ahead', { claims: { iat: SECONDS + 60, exp: SECONDS + 300 } }],
    ['that ended less than a minute ago', { claims: { iat: SECONDS - 340, exp: SECONDS - 59 } }],
    ['of five minutes', { claims: { exp: SECONDS + 300 } }],
  ])('%s is taken', async (_name, made) => expect(await codeOf(made)).toBe('taken'))

  test.each<[string, Made, string]>([
    ['of another algorithm', { alg: 'RS256' }, 'push_token_algorithm'],
    ['of another type', { header: { typ: 'at+jwt' } }, 'push_token_malformed'],
    ['of another issuer', { claims: { iss: 'another' } }, 'push_token_issuer'],
    ['about somebody else', { claims: { sub: 'another' } }, 'push_token_issuer'],
    ['for another address', { claims: { aud: `${AUDIENCE}/` } }, 'push_token_audience'],
    ['for two addresses', { claims: { aud: [AUDIENCE, 'https://other.example'] } }, 'push_token_audience'],
    ['that ended a minute ago', { claims: { iat: SECONDS - 340, exp: SECONDS - 60 } }, 'push_token_expired'],
    ['from the future', { claims: { iat: SECONDS + 61, exp: SECONDS + 300 } }, 'push_token_too_early'],
    ['that is not valid yet', { claims: { nbf: SECONDS + 61 } }, 'push_token_too_early'],
    ['of more than five minutes', { claims: { exp: SECONDS + 301 } }, 'push_token_too_long'],
    ['issued long ago', { claims: { iat: SECONDS - 400 } }, 'push_token_too_long'],
    ['without end', { drop: ['exp'] }, 'push_token_malformed'],
    ['without a time of issue', { drop: ['iat'] }, 'push_token_malformed'],
    ['without audience', { drop: ['aud'] }, 'push_token_audience'],
    ['without issuer', { drop: ['iss'] }, 'push_token_issuer'],
    ['without jti', { drop: ['jti'] }, 'push_token_malformed'],
    ['with an empty jti', { claims: { jti: '' } }, 'push_token_malformed'],
    ['with a jti as long as a book', { claims: { jti: 'x'.repeat(201) } }, 'push_token_malformed'],
  ])('%s is refused', async (_name, made, code) => expect(await codeOf(made)).toBe(code))

  test('of another key is refused, also where its header brings the key along', async () => {
    const stranger = await generateKeyPair('ES384', { extractable: true })
    const jwk = await exportJWK(stranger.publicKey)
    expect(await codeOf({ by: stranger })).toBe('push_token_signature')
    expect(await codeOf({ by: stranger, header: { jwk } })).toBe('push_token_signature')
  })

  test('without a signature is refused', async () => {
    const [, claims = ''] = (await token()).split('.')
    const none = Buffer.from('{"alg":"none"}').toString('base64url')
    expect(await verify(`${none}.${claims}.AA`)).toMatchObject({ failure: { code: 'push_token_algorithm' } })
  })

  test('whose payload was changed is refused', async () => {
    const [header, claims = '', signature] = (await token()).split('.')
    const changed = JSON.parse(Buffer.from(claims, 'base64url').toString()) as JWTPayload
    const other = Buffer.from(JSON.stringify({ ...changed, jti: 'b' })).toString('base64url')
    expect(await verify(`${header}.${other}.${signature}`)).toMatchObject({
      failure: { code: 'push_token_signature' },
    })
  })

  test('signed by a key of another kind than the header says is refused', async () => {
    expect(await verify(await token({ alg: 'RS384' }), 'ES384')).toMatchObject({
      failure: { code: 'push_token_key' },
    })
  })
})

describe('the header', () => {
  test.each([
    [null, undefined],
    ['', undefined],
    ['Basic abc', undefined],
    ['Bearer abc', undefined],
    ['Bearer a.b', undefined],
    ['Bearer a.b.c d', undefined],
    [`Bearer ${'a'.repeat(9000)}.b.c`, undefined],
    ['bearer a.b.c', 'a.b.c'],
  ])('%s', (header, expected) => expect(bearerToken(header)).toBe(expected))
})

describe('the key of a site', () => {
  const ports = (jwks: Partial<JwksCache> = {}) => ({
    smart: { jwks: jwks as JwksCache },
    outbound: { fetch },
    now: () => NOW,
  })

  test('is the pasted one that the header names', async () => {
    const [one, two] = [await exportJWK(pair('ES384').publicKey), await exportJWK(pair('RS384').publicKey)]
    const keys = [
      { ...one, kid: 'k1' },
      { ...two, kid: 'k2' },
    ] as never
    const push = { issuer: ISSUER, keys }
    expect((await siteKey(ports(), push, { alg: 'ES384', kid: 'k1' })).ok).toBe(true)
    expect((await siteKey(ports(), push, { alg: 'ES384', kid: 'k2' })).ok).toBe(false)
    expect((await siteKey(ports(), push, { alg: 'ES384', kid: 'k3' })).ok).toBe(false)
  })

  test('is asked for at the address that was given, through the guarded fetch', async () => {
    const asked: string[] = []
    const key = pair('ES384').publicKey
    const jwks = {
      key: async (uri: string) => {
        asked.push(uri)
        return ok(key)
      },
    }
    const push = { issuer: ISSUER, jwksUrl: 'https://engine.example/jwks' }
    expect(await siteKey(ports(jwks), push, { alg: 'ES384' })).toEqual(ok(key))
    expect(asked).toEqual(['https://engine.example/jwks'])
  })

  test.each(['RS384', 'ES384'])('of no site at all is one that signed nothing (%s)', async (alg) => {
    expect((await nobodysKey({ alg })).ok).toBe(true)
  })
})
