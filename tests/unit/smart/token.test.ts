import * as fc from 'fast-check'
import { exportJWK, generateKeyPair, jwtVerify } from 'jose'
import { describe, expect, test } from 'vitest'
import { exchangeCode } from '../../../src/core/smart/token.ts'
import { parseTokenBody } from '../../../src/core/smart/token-body.ts'
import type { SmartSite } from '../../../src/core/smart/types.ts'
import { AUTH, codeOf, config, down, type Handler, json, later, NOW, site, wire } from './wire.ts'

const TOKEN = `${AUTH}/token`
const exchange = { code: 'code-1', redirectUri: 'https://app.example.org/cb', codeVerifier: 'v'.repeat(43) }
const run = (handler: Handler, who: SmartSite = site) =>
  exchangeCode(config, who, exchange, { fetch: wire({ [TOKEN]: handler }).fetch }, NOW)

/** As Cerner's sandbox answers; synthetic ids. */
const cerner = {
  access_token: 'at-1',
  token_type: 'Bearer',
  expires_in: 570,
  scope: 'launch openid fhirUser user/Appointment.read user/Patient.read',
  patient: '12724066',
  encounter: '97953477',
  user: '4122622',
  username: 'portal',
  tenant: 'ec2458f2-1e24-41c8-b71b-0e701af7583d',
  need_patient_banner: true,
  smart_style_url: 'https://smart.example.org/styles.json',
  id_token: 'header.payload.signature',
}
const epic = {
  access_token: 'at-2',
  token_type: 'bearer',
  expires_in: '3600',
  scope: 'user/Appointment.rs user/Patient.rs',
  patient: 'eq081-VQEgP8drUUqCWzHfw3',
  appointment: 'eF2.1-x',
  location: 'eLoc',
  loginDepartment: '10501101',
  need_patient_banner: 'false',
}

describe('the token response', () => {
  test("of Cerner's shape", async () => {
    expect(await run(json(cerner))).toEqual({
      ok: true,
      value: {
        accessToken: 'at-1',
        expiresAt: later(570),
        scope: cerner.scope,
        missingScopes: [],
        idToken: 'header.payload.signature',
        needPatientBanner: true,
        patient: '12724066',
        encounter: '97953477',
        user: '4122622',
        username: 'portal',
        tenant: cerner.tenant,
        fhirContext: [],
      },
    })
  })

  test("of Epic's shape: the string false hides the banner, v2 scopes equal v1", async () => {
    expect(await run(json(epic))).toMatchObject({
      value: {
        expiresAt: later(3_600),
        missingScopes: [],
        needPatientBanner: false,
        appointment: 'eF2.1-x',
        location: 'eLoc',
        loginDepartment: '10501101',
      },
    })
  })

  test('of SMART 2: fhirContext is read, items that are none are dropped, odd extras lose no launch', async () => {
    const body = {
      ...epic,
      fhirContext: [{ reference: 'Appointment/123', role: 'launch' }, 'x', null, { reference: 5 }],
      intent: 7,
      encounter: '',
      patient: 'Patient/p1',
      location: null,
      user: 4122622,
      need_patient_banner: undefined,
    }
    const result = await run(json(body))
    expect(result).toMatchObject({
      value: {
        patient: 'p1',
        user: '4122622',
        needPatientBanner: true,
        fhirContext: [{ reference: 'Appointment/123', role: 'launch' }],
      },
    })
    expect(result.ok && 'encounter' in result.value).toBe(false)
  })

  test('with items of fhirContext that are named by canonical or identifier keeps those that have a reference', async () => {
    const fhirContext = [
      { canonical: 'http://example.org/Questionnaire/1|2.0', type: 'Questionnaire' },
      { identifier: { system: 'https://example.org', value: '7' }, type: 'Appointment' },
      { reference: 'Appointment/123', canonical: 'http://example.org/x' },
    ]
    const result = await run(json({ ...epic, fhirContext }))
    expect(result).toMatchObject({ ok: true, value: { fhirContext: [{ reference: 'Appointment/123' }] } })
    expect(result.ok && result.value.fhirContext).toHaveLength(1)
  })

  test('never throws, whatever a server puts where', () => {
    const names = fc.constantFrom(
      'patient',
      'appointment',
      'fhirContext',
      'need_patient_banner',
      'user',
      'tenant',
    )
    fc.assert(fc.property(fc.dictionary(names, fc.jsonValue()), (body) => void parseTokenBody(body)))
  })

  test('names scopes that were dropped; no scope at all means as asked', async () => {
    expect(await run(json({ ...cerner, scope: 'openid user/Patient.read' }))).toMatchObject({
      value: { missingScopes: ['user/Appointment.read'] },
    })
    const { scope: _, ...silent } = cerner
    expect(await run(json(silent))).toMatchObject({ value: { scope: site.scopes, missingScopes: [] } })
  })

  test('without expires_in is taken to be short', async () => {
    const { expires_in: _, ...silent } = cerner
    expect(await run(json(silent))).toMatchObject({ value: { expiresAt: later(300) } })
  })

  test.each([
    ['no access token', json({ ...cerner, access_token: undefined })],
    ['an empty access token', json({ ...cerner, access_token: '' })],
    ['no token type', json({ ...cerner, token_type: undefined })],
    ['a token type of another kind', json({ ...cerner, token_type: 'mac' })],
    ['a DPoP token', json({ ...cerner, token_type: 'DPoP' })],
    ['a life that is no number', json({ ...cerner, expires_in: 'soon' })],
    ['a negative life', json({ ...cerner, expires_in: -5 })],
    ['an id_token that is no string', json({ ...cerner, id_token: { a: 1 } })],
    ['a scope that is no string', json({ ...cerner, scope: ['a'] })],
    ['a page instead of JSON', () => new Response('<html>')],
    ['a list', json([cerner])],
    ['a redirect', () => new Response('', { status: 302, headers: { location: 'https://evil.example' } })],
  ])('%s is refused', async (_name, handler) => {
    expect(codeOf(await run(handler))).toBe('smart_token_invalid')
  })

  test.each([
    [400, { error: 'invalid_grant' }, 'smart_code_expired'],
    [401, { error: 'invalid_client' }, 'smart_client_rejected'],
    [400, { error: 'unauthorized_client' }, 'smart_client_rejected'],
    [400, { error: 'invalid_scope' }, 'smart_scope_refused'],
    [400, { error: 'invalid_request' }, 'smart_token_refused'],
    [400, { error: 'toString' }, 'smart_token_refused'],
    [403, 'not json', 'smart_token_refused'],
    [401, '', 'smart_client_rejected'],
    [429, {}, 'smart_throttled'],
    [503, { error: 'temporarily_unavailable' }, 'smart_token_unreachable'],
  ])('status %i with %j is %s', async (status, body, code) => {
    // A challenge header comes with 401 on real servers and must not hide the body.
    const headers = { 'www-authenticate': 'Basic realm="ehr"', 'retry-after': '9' }
    const result = await run(json(body, { status, headers }))
    expect(result).toMatchObject({ failure: { code, retryAfterSeconds: 9 } })
  })

  test("the server's words are shown and not logged", async () => {
    const body = {
      error: 'invalid_grant',
      error_description: 'Code of Maria expired',
      error_uri: 'https://login.ehr.example.org/errors/7',
    }
    const result = await run(json(body, { status: 400 }))
    expect(result).toMatchObject({
      failure: { shown: { error_description: 'Code of Maria expired', error_uri: body.error_uri } },
    })
    expect(result.ok ? '' : result.failure.detail).toBe('status 400 invalid_grant')
  })

  test('no connection is a failure that names the fault and no address', async () => {
    expect(await run(down)).toEqual({
      ok: false,
      failure: { code: 'smart_token_unreachable', detail: 'TypeError ECONNREFUSED' },
    })
  })
})

describe('the token request', () => {
  async function sentBy(clientAuth: SmartSite['clientAuth']) {
    const { fetch, sent } = wire({ [TOKEN]: json(cerner) })
    const result = await exchangeCode(config, { ...site, clientAuth }, exchange, { fetch }, NOW)
    return { result, request: sent[0] }
  }
  const common = {
    grant_type: 'authorization_code',
    code: 'code-1',
    redirect_uri: 'https://app.example.org/cb',
    code_verifier: exchange.codeVerifier,
  }

  test('of a public client names the client in the body', async () => {
    const { request } = await sentBy({ method: 'none' })
    expect(Object.fromEntries(request?.body ?? [])).toEqual({ ...common, client_id: 'client-1' })
    expect(request?.headers.has('authorization')).toBe(false)
  })

  test('of a client with a secret sends it in the header alone', async () => {
    const { request } = await sentBy({ method: 'client_secret_basic', secret: 'a:b/ü%' })
    expect(Object.fromEntries(request?.body ?? [])).toEqual(common)
    const basic = Buffer.from(request?.headers.get('authorization')?.slice(6) ?? '', 'base64').toString()
    expect(basic.split(':').map((part) => decodeURIComponent(part))).toEqual(['client-1', 'a:b/ü%'])
  })

  test.each(['RS384', 'ES384'] as const)(
    'of a client with an %s key sends an assertion and no client_id',
    async (alg) => {
      const { privateKey, publicKey } = await generateKeyPair(alg, { extractable: true })
      const { request } = await sentBy({
        method: 'private_key_jwt',
        key: await exportJWK(privateKey),
        kid: 'k1',
        alg,
      })
      const { client_assertion, client_assertion_type, ...rest } = Object.fromEntries(request?.body ?? [])
      expect(rest).toEqual(common)
      expect(client_assertion_type).toBe('urn:ietf:params:oauth:client-assertion-type:jwt-bearer')
      const options = { audience: TOKEN, issuer: 'client-1', subject: 'client-1', currentDate: NOW }
      const { protectedHeader } = await jwtVerify(client_assertion ?? '', publicKey, options)
      expect(protectedHeader).toEqual({ alg, kid: 'k1', typ: 'JWT' })
    },
  )

  test('is not sent with a key that does not fit', async () => {
    const { privateKey } = await generateKeyPair('ES256', { extractable: true })
    const key = await exportJWK(privateKey)
    const { result, request } = await sentBy({ method: 'private_key_jwt', key, kid: 'k1', alg: 'RS384' })
    expect(codeOf(result)).toBe('smart_client_key_invalid')
    expect(request).toBeUndefined()
    expect(JSON.stringify(result)).not.toContain(key.d ?? 'd')
  })

  test('never goes to http, unless the EHR is one of development on this machine', async () => {
    const tokenEndpoint = 'http://localhost:9/token'
    const { fetch, sent } = wire({ [tokenEndpoint]: json(cerner) })
    const local = { ...config, tokenEndpoint }
    const development = { ...site, fhirBaseUrl: 'http://localhost:9/r4' }
    expect(codeOf(await exchangeCode(local, site, exchange, { fetch, allowHttp: true }, NOW))).not.toBe('ok')
    expect(codeOf(await exchangeCode(local, development, exchange, { fetch }, NOW))).not.toBe('ok')
    expect(sent).toHaveLength(0)
    expect(codeOf(await exchangeCode(local, development, exchange, { fetch, allowHttp: true }, NOW))).toBe(
      'ok',
    )
  })
})
