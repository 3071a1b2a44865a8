import { exportJWK, generateKeyPair, type JWK } from 'jose'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { type SandboxEhr, startEhr } from '../../../sandbox/ehr/ehr.ts'
import { authorizeUrl, newLaunchSecrets } from '../../../src/core/smart/authorize.ts'
import { createBackendTokens } from '../../../src/core/smart/backend-token.ts'
import { checkCallbackIssuer, parseCallback } from '../../../src/core/smart/callback.ts'
import { launchContext } from '../../../src/core/smart/context.ts'
import { createDiscoveryCache } from '../../../src/core/smart/discovery.ts'
import { verifyIdToken } from '../../../src/core/smart/id-token.ts'
import { createJwksCache } from '../../../src/core/smart/jwks.ts'
import { publicJwks } from '../../../src/core/smart/public-jwks.ts'
import { exchangeCode } from '../../../src/core/smart/token.ts'
import type { ClientAuth, SmartConfiguration, SmartSite } from '../../../src/core/smart/types.ts'

const APP = 'http://localhost:7071'
const REDIRECT_URI = `${APP}/launch/callback`
const SCOPES = 'openid fhirUser user/Appointment.read user/Patient.read user/Encounter.read'
const SYSTEM_SCOPES = 'system/Appointment.read system/Patient.read'
const outbound = { fetch, allowHttp: true }
const SECRET = 'a secret: with/signs%'

let offsetMs = 0
const now = () => new Date(Date.now() + offsetMs)
const jwks = createJwksCache()
const discovery = createDiscoveryCache()
let ehr: SandboxEhr
let rsa: JWK
let ec: JWK

beforeAll(async () => {
  ehr = await startEhr({ port: 0, now })
  rsa = await exportJWK((await generateKeyPair('RS384', { extractable: true })).privateKey)
  ec = await exportJWK((await generateKeyPair('ES384', { extractable: true })).privateKey)
  const published = publicJwks({ key: rsa, kid: 'rsa', alg: 'RS384' }, { key: ec, kid: 'ec', alg: 'ES384' })
  const app = {
    redirectUris: [REDIRECT_URI],
    scope: `launch ${SCOPES}`,
    grants: ['authorization_code'] as const,
  }
  const keys = { jwks: { keys: published.keys } }
  ehr.register({ ...app, clientId: 'public', kind: 'public' })
  ehr.register({ ...app, clientId: 'secret', kind: 'client_secret_basic', secret: SECRET })
  ehr.register({ ...app, clientId: 'key', kind: 'private_key_jwt', ...keys })
  ehr.register({
    clientId: 'system',
    kind: 'private_key_jwt',
    redirectUris: [],
    scope: SYSTEM_SCOPES,
    grants: ['client_credentials'],
    ...keys,
  })
})
afterAll(() => ehr.close())
beforeEach(() => {
  offsetMs = 0
  Object.assign(ehr.faults, { dropScopes: [], authorizeError: undefined, withoutContext: false })
})

const auths: Record<string, () => [clientId: string, auth: ClientAuth]> = {
  'a public client': () => ['public', { method: 'none' }],
  'a client with a secret': () => ['secret', { method: 'client_secret_basic', secret: SECRET }],
  'a client with an RS384 key': () => [
    'key',
    { method: 'private_key_jwt', key: rsa, kid: 'rsa', alg: 'RS384' },
  ],
  'a client with an ES384 key': () => [
    'key',
    { method: 'private_key_jwt', key: ec, kid: 'ec', alg: 'ES384' },
  ],
}

function siteOf(kind = 'a public client', more: Partial<SmartSite> = {}): SmartSite {
  const [clientId, clientAuth] = auths[kind]?.() ?? ['public', { method: 'none' }]
  return {
    fhirBaseUrl: ehr.fhirBaseUrl,
    clientId,
    clientAuth,
    scopes: SCOPES,
    allowedIssuers: [ehr.idTokenIssuer],
    allowCapabilityFallback: false,
    system: {
      clientId: 'system',
      clientAuth: { method: 'private_key_jwt', key: rsa, kid: 'rsa', alg: 'RS384' },
      scopes: SYSTEM_SCOPES,
    },
    ...more,
  }
}

function unwrap<T>(
  result: { ok: true; value: T } | { ok: false; failure: { code: string; detail?: string } },
): T {
  if (result.ok) return result.value
  throw new Error(`${result.failure.code} ${result.failure.detail ?? ''}`)
}

const visit = () => {
  const row = ehr.board().find(({ video, status }) => video && status === 'booked')
  if (!row) throw new Error('the seed has no booked video visit')
  return row
}

/** The browser's part: follows redirects until the application's own address comes. */
async function browse(start: URL): Promise<URLSearchParams> {
  let url = start
  for (let hop = 0; hop < 5 && !url.href.startsWith(REDIRECT_URI); hop++) {
    const response = await fetch(url, { redirect: 'manual' })
    const location = response.headers.get('location')
    if (!location) throw new Error(`status ${response.status} without a redirect`)
    url = new URL(location, url)
  }
  return url.searchParams
}

/** A launch from the chart up to the callback. */
async function launched(site: SmartSite, context?: 'appointment' | 'encounter' | 'patient' | 'none') {
  const { practitionerId, appointmentId } = visit()
  const opened = new URL(ehr.launchUrl(`${APP}/launch/provider`, { practitionerId, appointmentId }, context))
  const config = unwrap(await discovery.discover(site, outbound, now()))
  const secrets = await newLaunchSecrets()
  const url = authorizeUrl(config, site, {
    redirectUri: REDIRECT_URI,
    launch: opened.searchParams.get('launch') ?? '',
    state: secrets.stateId,
    codeChallenge: secrets.codeChallenge,
    nonce: secrets.nonce,
  })
  const callback = parseCallback(await browse(url))
  return { config, secrets, callback }
}

type Launched = Awaited<ReturnType<typeof launched>>

function exchanged(
  site: SmartSite,
  { config, secrets, callback }: Launched,
  change: { verifier?: string } = {},
) {
  const { code } = unwrap(callback.answer)
  const codeVerifier = change.verifier ?? secrets.codeVerifier
  return exchangeCode(config, site, { code, redirectUri: REDIRECT_URI, codeVerifier }, outbound, now())
}

const identity = (config: SmartConfiguration, site: SmartSite, nonce: string, idToken: string | undefined) =>
  verifyIdToken(idToken, { config, site, nonce, jwks }, outbound, now())

describe.each(Object.keys(auths))('%s', (kind) => {
  test('launches from the chart and learns the visit and who is there', async () => {
    const site = siteOf(kind)
    const { patientId, appointmentId, practitionerId } = visit()
    const launch = await launched(site, 'appointment')
    expect(launch.callback.state).toBe(launch.secrets.stateId)
    unwrap(checkCallbackIssuer(launch.config, site, launch.callback.iss))
    const token = unwrap(await exchanged(site, launch))
    expect(token.missingScopes).toEqual([])
    expect(token.expiresAt.getTime() - now().getTime()).toBeLessThanOrEqual(570_000)
    expect(launchContext(token, site.fhirBaseUrl)).toEqual({ kind: 'appointment', appointmentId, patientId })
    const who = unwrap(await identity(launch.config, site, launch.secrets.nonce, token.idToken))
    expect(who.ehrUser).toMatchObject({ issuer: ehr.idTokenIssuer, practitionerId })
  })

  test('cannot use a code twice', async () => {
    const site = siteOf(kind)
    const launch = await launched(site)
    unwrap(await exchanged(site, launch))
    expect(await exchanged(site, launch)).toMatchObject({ failure: { code: 'smart_code_expired' } })
  })

  test('cannot use a code with another verifier', async () => {
    const site = siteOf(kind)
    const launch = await launched(site)
    expect(await exchanged(site, launch, { verifier: 'x'.repeat(43) })).toMatchObject({
      failure: { code: 'smart_code_expired' },
    })
  })
})

describe('a launch', () => {
  test.each([
    ['encounter', 'encounter'],
    ['patient', 'patient'],
    ['none', 'none'],
  ] as const)('with context %s says so', async (context, kind) => {
    const site = siteOf()
    const token = unwrap(await exchanged(site, await launched(site, context)))
    expect(launchContext(token, site.fhirBaseUrl).kind).toBe(kind)
  })

  test('whose scopes were dropped names them', async () => {
    ehr.faults.dropScopes = ['user/Appointment.read']
    const site = siteOf()
    const token = unwrap(await exchanged(site, await launched(site)))
    expect(token.missingScopes).toEqual(['user/Appointment.read'])
  })

  test('without openid has no identity', async () => {
    ehr.faults.dropScopes = ['openid']
    const site = siteOf()
    const launch = await launched(site)
    const token = unwrap(await exchanged(site, launch))
    expect(await identity(launch.config, site, launch.secrets.nonce, token.idToken)).toMatchObject({
      failure: { code: 'smart_id_token_missing' },
    })
  })

  test('that the EHR refuses brings its words and the state', async () => {
    ehr.faults.authorizeError = 'access_denied'
    const { callback, secrets } = await launched(siteOf())
    expect(callback.state).toBe(secrets.stateId)
    expect(callback.answer).toMatchObject({
      failure: { code: 'smart_authorize_refused', shown: { error: 'access_denied' } },
    })
  })

  test('that took too long has an expired code', async () => {
    const site = siteOf()
    const launch = await launched(site)
    offsetMs = 61_000
    expect(await exchanged(site, launch)).toMatchObject({ failure: { code: 'smart_code_expired' } })
  })

  test('with a wrong secret or a key that the EHR does not know is rejected', async () => {
    const wrong = siteOf('a client with a secret', {
      clientAuth: { method: 'client_secret_basic', secret: 'other' },
    })
    const unknown = siteOf('a client with an RS384 key', {
      clientAuth: { method: 'private_key_jwt', key: rsa, kid: 'ghost', alg: 'RS384' },
    })
    for (const site of [wrong, unknown])
      expect(await exchanged(site, await launched(site))).toMatchObject({
        failure: { code: 'smart_client_rejected' },
      })
  })

  test('has an identity that fits no other launch and no site that does not list its issuer', async () => {
    const site = siteOf()
    const launch = await launched(site)
    const { idToken } = unwrap(await exchanged(site, launch))
    expect(await identity(launch.config, site, 'another nonce', idToken)).toMatchObject({
      failure: { code: 'smart_nonce_mismatch' },
    })
    const strict = siteOf(undefined, { allowedIssuers: [] })
    expect(await identity(launch.config, strict, launch.secrets.nonce, idToken)).toMatchObject({
      failure: { code: 'smart_issuer_mismatch' },
    })
  })

  test('survives a rotation of the keys of the EHR', async () => {
    const site = siteOf()
    for (const _ of [1, 2]) {
      const launch = await launched(site)
      const { idToken } = unwrap(await exchanged(site, launch))
      unwrap(await identity(launch.config, site, launch.secrets.nonce, idToken))
      await ehr.rotateKeys()
    }
  })

  test('asks for the configuration once, however many launches there are', async () => {
    const asked = () => ehr.ledger.filter(({ path }) => path.includes('smart-configuration')).length
    const before = asked()
    const fresh = createDiscoveryCache()
    const all = Array.from({ length: 10 }, () => fresh.discover(siteOf(), outbound, now()))
    for (const result of await Promise.all(all)) unwrap(result)
    expect(asked()).toBe(before + 1)
  })

  test('may ask in version 2 of the scopes', async () => {
    const site = siteOf(undefined, { scopes: 'openid fhirUser user/Appointment.rs user/Patient.r' })
    const token = unwrap(await exchanged(site, await launched(site)))
    expect(token.scope).toContain('user/Appointment.rs')
    expect(token.missingScopes).toEqual([])
  })
})

describe('the system account', () => {
  test('gets a token that reads, and asks once for many', async () => {
    const site = siteOf()
    const config = unwrap(await discovery.discover(site, outbound, now()))
    const tokens = createBackendTokens()
    const ask = () => tokens.token('site', site, config, outbound, now())
    const [first, ...rest] = (await Promise.all(Array.from({ length: 10 }, ask))).map(unwrap)
    expect(new Set(rest.map(({ accessToken }) => accessToken))).toEqual(new Set([first?.accessToken]))
    const headers = { authorization: `Bearer ${first?.accessToken}`, accept: 'application/fhir+json' }
    const read = await fetch(`${ehr.fhirBaseUrl}/Appointment/${visit().appointmentId}`, { headers })
    expect(read.status).toBe(200)
  })

  test('that is granted less names what is missing', async () => {
    ehr.faults.dropScopes = ['system/Patient.read']
    const site = siteOf()
    const config = unwrap(await discovery.discover(site, outbound, now()))
    expect(await createBackendTokens().token('site', site, config, outbound, now())).toMatchObject({
      failure: { code: 'smart_scope_missing', shown: { missing: 'system/Patient.read' } },
    })
  })
})
