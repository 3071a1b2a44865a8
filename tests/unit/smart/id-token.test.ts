import { createHmac } from 'node:crypto'
import { beforeAll, describe, expect, test } from 'vitest'
import { parseFhirUser } from '../../../src/core/smart/fhir-user.ts'
import { verifyIdToken } from '../../../src/core/smart/id-token.ts'
import { createJwksCache } from '../../../src/core/smart/jwks.ts'
import {
  AUTH,
  BASE,
  codeOf,
  config,
  idToken,
  json,
  later,
  NOW,
  type Signer,
  signer,
  site,
  wire,
} from './wire.ts'

const JWK_URI = `${AUTH}/jwk`
const seconds = Math.floor(NOW.getTime() / 1000)
let ehr: Signer
let stranger: Signer
beforeAll(async () => {
  ehr = await signer('kid-1')
  stranger = await signer('kid-1')
})

function verify(token: string | undefined, now = NOW, more: Partial<typeof config> = {}) {
  const { fetch } = wire({ [JWK_URI]: json({ keys: [ehr.jwk] }) })
  const check = { config: { ...config, ...more }, site, nonce: 'nonce-1', jwks: createJwksCache() }
  return verifyIdToken(token, check, { fetch }, now)
}

describe('an id_token', () => {
  test("with Cerner's own issuer is accepted where the site lists it", async () => {
    expect(await verify(await idToken(ehr, {}))).toEqual({
      ok: true,
      value: {
        ehrUser: { issuer: `${AUTH}/tenants/clinic/`, subject: 'user-7', practitionerId: '4122622' },
        fhirUser: { resourceType: 'Practitioner', id: '4122622' },
      },
    })
  })

  test('with the discovered issuer is accepted', async () => {
    expect(codeOf(await verify(await idToken(ehr, { iss: AUTH })))).toBe('ok')
  })

  test.each(['ES256', 'RS384', 'ES384'])('signed with %s is accepted', async (alg) => {
    const other = await signer('kid-2', alg)
    const { fetch } = wire({ [JWK_URI]: json({ keys: [ehr.jwk, other.jwk] }) })
    const check = { config, site, nonce: 'nonce-1', jwks: createJwksCache() }
    expect(codeOf(await verifyIdToken(await idToken(other, {}), check, { fetch }, NOW))).toBe('ok')
  })

  test.each([
    ['of another issuer', { iss: 'https://evil.example' }, 'smart_issuer_mismatch'],
    ['whose issuer lacks the slash', { iss: `${AUTH}/tenants/clinic` }, 'smart_issuer_mismatch'],
    ['without issuer', { iss: undefined }, 'smart_issuer_mismatch'],
    ['for another client', { aud: 'client-2' }, 'smart_id_token_invalid'],
    ['without audience', { aud: undefined }, 'smart_id_token_invalid'],
    ['for several audiences without azp', { aud: ['client-1', 'client-2'] }, 'smart_id_token_invalid'],
    ['for several with a foreign azp', { aud: ['client-1', 'b'], azp: 'b' }, 'smart_id_token_invalid'],
    ['for us with a foreign azp', { azp: 'client-2' }, 'smart_id_token_invalid'],
    ['that has ended', { exp: seconds - 61 }, 'smart_id_token_invalid'],
    ['that never ends', { exp: undefined }, 'smart_id_token_invalid'],
    ['of the future', { iat: seconds + 61 }, 'smart_id_token_invalid'],
    ['of no time', { iat: undefined }, 'smart_id_token_invalid'],
    ['of yesterday', { iat: seconds - 86_400 }, 'smart_id_token_invalid'],
    ['that is not valid yet', { nbf: seconds + 61 }, 'smart_id_token_invalid'],
    ['without subject', { sub: undefined }, 'smart_id_token_invalid'],
    ['with an endless subject', { sub: 'x'.repeat(256) }, 'smart_id_token_invalid'],
    ['of another launch', { nonce: 'nonce-2' }, 'smart_nonce_mismatch'],
    ['of no launch', { nonce: undefined }, 'smart_nonce_mismatch'],
    [
      'of another server’s user',
      { fhirUser: 'https://evil.example/Practitioner/1' },
      'smart_fhir_user_foreign',
    ],
    ['whose fhirUser is no user', { fhirUser: `${BASE}/Location/1` }, 'smart_fhir_user_foreign'],
    ['whose fhirUser is no text', { fhirUser: 7 }, 'smart_fhir_user_foreign'],
  ])('%s is refused', async (_name, claims, code) => {
    expect(codeOf(await verify(await idToken(ehr, claims)))).toBe(code)
  })

  test.each([
    ['several audiences and our azp', { aud: ['client-1', 'b'], azp: 'client-1' }],
    ['an end within the skew', { exp: seconds - 59 }],
    ['a start within the skew', { iat: seconds + 59 }],
  ])('with %s is accepted', async (_name, claims) => {
    expect(codeOf(await verify(await idToken(ehr, claims)))).toBe('ok')
  })

  test('is judged by the clock that is passed in', async () => {
    const token = await idToken(ehr, {})
    expect(codeOf(await verify(token, later(560)))).toBe('ok')
    expect(codeOf(await verify(token, later(640)))).toBe('smart_id_token_invalid')
  })

  test('signed by somebody else under the same kid is refused', async () => {
    expect(codeOf(await verify(await idToken(stranger, {})))).toBe('smart_id_token_invalid')
  })

  test('changed after signing is refused', async () => {
    const [header, , signature] = (await idToken(ehr, {})).split('.')
    const forged = Buffer.from(JSON.stringify({ iss: AUTH, sub: 'admin', aud: 'client-1' })).toString(
      'base64url',
    )
    expect(codeOf(await verify(`${header}.${forged}.${signature}`))).toBe('smart_id_token_invalid')
  })

  test('unsigned, or signed with the public key as a secret, is refused without a look at the keys', async () => {
    const [, payload] = (await idToken(ehr, {})).split('.')
    const encode = (header: object) => Buffer.from(JSON.stringify(header)).toString('base64url')
    const hs = `${encode({ alg: 'HS256', kid: 'kid-1' })}.${payload}`
    const mac = createHmac('sha256', ehr.jwk.n ?? '')
      .update(hs)
      .digest('base64url')
    for (const token of [
      `${encode({ alg: 'none' })}.${payload}.`,
      `${hs}.${mac}`,
      'x',
      '',
      'a.b.c',
      'x'.repeat(20_000),
    ])
      expect(codeOf(await verify(token))).toBe('smart_id_token_invalid')
  })

  test('that is missing, or cannot be checked for want of keys, says so', async () => {
    expect(codeOf(await verify(undefined))).toBe('smart_id_token_missing')
    expect(codeOf(await verify(await idToken(ehr, {}), NOW, { jwksUri: undefined }))).toBe(
      'smart_key_unknown',
    )
  })

  test('without fhirUser names the user by issuer and subject alone', async () => {
    expect(await verify(await idToken(ehr, { fhirUser: undefined }))).toMatchObject({
      value: { ehrUser: { subject: 'user-7' }, fhirUser: undefined },
    })
  })

  test('of a patient has no practitioner', async () => {
    const result = await verify(await idToken(ehr, { fhirUser: 'Patient/p1' }))
    expect(result).toMatchObject({ value: { fhirUser: { resourceType: 'Patient', id: 'p1' } } })
    expect(result.ok && 'practitionerId' in result.value.ehrUser).toBe(false)
  })

  test('a refusal repeats no claim', async () => {
    const result = await verify(await idToken(ehr, { aud: 'client-secret-name', sub: 'maria' }))
    expect(JSON.stringify(result)).not.toMatch(/client-secret-name|maria/)
  })
})

describe('fhirUser', () => {
  test.each([
    ['Practitioner/1', 'Practitioner'],
    [`${BASE}/Practitioner/1`, 'Practitioner'],
    [
      `${BASE.replace('https://ehr.example.org', 'HTTPS://EHR.example.org:443')}/Practitioner/1`,
      'Practitioner',
    ],
    ['PractitionerRole/1', 'PractitionerRole'],
    ['Practitioner/1/_history/3', 'Practitioner'],
  ])('%s is read', (claim, resourceType) => {
    expect(parseFhirUser(claim, BASE)).toEqual({ resourceType, id: '1' })
    expect(parseFhirUser(claim, `${BASE}/`)).toEqual({ resourceType, id: '1' })
  })

  test.each([
    `${BASE}.evil.example/Practitioner/1`,
    `${BASE}2/Practitioner/1`,
    `${BASE}/../other/Practitioner/1`,
    `${BASE}/x/Practitioner/1`,
    BASE.replace('https:', 'http:').concat('/Practitioner/1'),
    `https://user@ehr.example.org/r4/clinic/Practitioner/1`,
    '//ehr.example.org/Practitioner/1',
    'urn:uuid:0c3151bd-1cbf-4d64-b04d-cd9187a4c6e0',
    'Practitioner/',
    'Practitioner/1?x',
    '',
  ])('%s is not', (claim) => expect(parseFhirUser(claim, BASE)).toBeUndefined())
})
