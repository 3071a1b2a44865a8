import { randomBytes } from 'node:crypto'
import { beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { BROWSER_COOKIE } from '../../../src/core/http/cookies.ts'
import { keyRing } from '../../../src/core/keys/key-ring.ts'
import { beginLaunch, finishLaunch, type LaunchPorts } from '../../../src/core/launches/provider-launch.ts'
import { readSession } from '../../../src/core/launches/session.ts'
import { fail, ok } from '../../../src/core/result.ts'
import { normalizedBase } from '../../../src/core/sites/base-url.ts'
import type { Site } from '../../../src/core/sites/site.ts'
import type { SiteStore } from '../../../src/core/sites/site-store.ts'
import { createDiscoveryCache } from '../../../src/core/smart/discovery.ts'
import { createJwksCache } from '../../../src/core/smart/jwks.ts'
import type { ClientAuth } from '../../../src/core/smart/types.ts'
import type { Store } from '../../../src/core/store/store.ts'
import { NORTHWIND, site as siteOf, WOODGROVE } from '../sites/site.fixture.ts'
import {
  AUTH,
  BASE,
  idToken,
  json,
  NOW,
  type Signer,
  signer,
  smartDocument,
  site as smartSite,
  wire,
} from '../smart/wire.ts'

const OWN: ClientAuth = { method: 'private_key_jwt', key: { kty: 'EC' }, kid: 'k', alg: 'ES384' }
const sessionKeys = keyRing(randomBytes(32))
let ehr: Signer
let server: ReturnType<typeof wire>
let used: Set<string>
beforeAll(async () => {
  ehr = await signer('ehr-key')
})
beforeEach(() => {
  used = new Set()
  server = wire({
    [`${BASE}/.well-known/smart-configuration`]: json(smartDocument),
    [`${AUTH}/jwk`]: json({ keys: [ehr.jwk] }),
  })
})

function portsOf(
  more: Partial<LaunchPorts> & { auth?: ClientAuth; clientTaken?: boolean } = {},
): LaunchPorts {
  const configured: Site = siteOf({ fhirBaseUrl: BASE })
  const sites: Pick<SiteStore, 'byIssuer' | 'bySibling' | 'get' | 'claimClient'> = {
    byIssuer: async (url) => (URL.canParse(url) && normalizedBase(url) === BASE ? configured : undefined),
    bySibling: async (url) => (url.includes('/r4/clinic') ? configured : undefined),
    get: async () => configured,
    claimClient: async () => (more.clientTaken ? fail('site_client_taken') : ok(undefined)),
  }
  const insert = async ({ rowKey }: { rowKey: string }) =>
    used.has(rowKey) ? fail('row_conflict') : ok(void used.add(rowKey))
  return {
    sites: sites as SiteStore,
    store: { tables: { consumed: { insert } } } as unknown as Pick<Store, 'tables'>,
    sessionKeys,
    smartSite: async () => ({ ...smartSite, clientAuth: more.auth ?? { method: 'none' } }),
    discovery: createDiscoveryCache(),
    jwks: createJwksCache(),
    outbound: { fetch: server.fetch },
    allowedTenants: [NORTHWIND],
    redirectUri: 'https://visits.example.org/launch/callback',
    now: () => NOW,
    ...more,
  }
}
const query = (parameters: Record<string, string>) => new URLSearchParams(parameters)
const code = (outcome: { ok: true } | { ok: false; failure: { code: string } }) =>
  outcome.ok ? 'ok' : outcome.failure.code

async function begun(ports = portsOf(), iss = BASE) {
  const step = await beginLaunch(ports, query({ iss, launch: 'handle' }), new Map())
  if (!step.ok) throw new Error(step.failure.code)
  const url = new URL(step.value.location)
  const browser = step.value.cookies.find(({ name }) => name === BROWSER_COOKIE)?.value ?? ''
  return { url, state: url.searchParams.get('state') ?? '', cookies: new Map([[BROWSER_COOKIE, browser]]) }
}

/** The token endpoint answers with an id_token for the launch that was begun. */
async function answering(url: URL, scope = 'openid user/Appointment.read user/Patient.read fhirUser') {
  const id_token = await idToken(ehr, { nonce: url.searchParams.get('nonce') ?? '' })
  server.routes[`${AUTH}/token`] = json({
    access_token: 'the-access-token',
    token_type: 'Bearer',
    expires_in: 570,
    scope,
    id_token,
    patient: '12724101',
    appointment: '4817501',
  })
}

describe('a launch that begins', () => {
  test('goes to the EHR’s own sign-in with PKCE and a bound state', async () => {
    const { url, cookies } = await begun()
    expect(`${url.origin}${url.pathname}`).toBe(`${AUTH}/authorize`)
    expect(Object.fromEntries(url.searchParams)).toMatchObject({
      aud: BASE,
      launch: 'handle',
      code_challenge_method: 'S256',
      redirect_uri: 'https://visits.example.org/launch/callback',
    })
    expect([...cookies.values()][0]).toMatch(/^[\w-]{43}$/)
  })

  test('repeats the EHR’s own spelling of its base, and fetches from the configured one alone', async () => {
    const spelled = `${BASE.replace('ehr.', 'EHR.')}/`
    const { url } = await begun(portsOf(), spelled)
    expect(url.searchParams.get('aud')).toBe(spelled)
    expect(server.sent.map((sent) => sent.url)).toEqual([`${BASE}/.well-known/smart-configuration`])
  })

  test.each([
    [{}, 'launch_parameters_missing'],
    [{ iss: BASE }, 'launch_parameters_missing'],
    [{ launch: 'x' }, 'launch_parameters_missing'],
    [{ iss: BASE, launch: 'x'.repeat(3_000) }, 'launch_parameters_missing'],
    [{ iss: 'nonsense', launch: 'x' }, 'launch_unknown_issuer'],
    [{ iss: 'https://other.example.org/r4/x', launch: 'x' }, 'launch_unknown_issuer'],
    [{ iss: 'https://other.example.org/r4/clinic', launch: 'x' }, 'launch_wrong_environment'],
  ])('with %o fetches nothing', async (parameters, expected) => {
    const outcome = await beginLaunch(portsOf(), query(parameters as Record<string, string>), new Map())
    expect(code(outcome)).toBe(expected)
    expect(server.sent).toEqual([])
  })

  test('of a tenant that may not use the deployment fetches nothing', async () => {
    const ports = portsOf({ allowedTenants: [WOODGROVE] })
    expect(code(await beginLaunch(ports, query({ iss: BASE, launch: 'x' }), new Map()))).toBe(
      'launch_tenant_not_allowed',
    )
    expect(server.sent).toEqual([])
  })
})

describe('a launch that comes back', () => {
  test('becomes a session of its own, with its own patient', async () => {
    const ports = portsOf()
    const { url, state, cookies } = await begun(ports)
    await answering(url)
    const step = await finishLaunch(ports, query({ state, code: 'c' }), cookies)
    if (!step.ok) throw new Error(`${step.failure.code} ${step.failure.detail}`)
    const [, launchId = ''] = /^\/launch\/([^/]+)\/visit$/.exec(step.value.location) ?? []
    const jar = new Map(
      step.value.cookies.filter(({ maxAge }) => maxAge > 0).map(({ name, value }) => [name, value]),
    )
    expect(readSession(sessionKeys, launchId, jar, NOW)).toMatchObject({
      ok: true,
      value: {
        tenantId: NORTHWIND,
        context: { kind: 'appointment', appointmentId: '4817501', patientId: '12724101' },
      },
    })
  })

  test('leads to its own page alone, whatever addresses came with it', async () => {
    const ports = portsOf()
    const { url, state, cookies } = await begun(ports)
    await answering(url)
    const elsewhere = 'https://evil.example.org/catch'
    const names = [
      'redirect_uri',
      'redirect',
      'next',
      'return',
      'target',
      'launch',
      'error_uri',
      'session_state',
    ]
    const step = await finishLaunch(
      ports,
      query({ ...Object.fromEntries(names.map((name) => [name, elsewhere])), state, code: 'c' }),
      cookies,
    )
    if (!step.ok) throw new Error(`${step.failure.code} ${step.failure.detail}`)
    expect(step.value.location).toMatch(/^\/launch\/[\w-]+\/visit$/)
    expect(JSON.stringify(step.value)).not.toContain('evil')
    expect(server.sent.map((sent) => sent.url).filter((sent) => sent.includes('evil'))).toEqual([])
  })

  test('comes back once', async () => {
    const ports = portsOf()
    const { url, state, cookies } = await begun(ports)
    await answering(url)
    expect(code(await finishLaunch(ports, query({ state, code: 'c' }), cookies))).toBe('ok')
    expect(code(await finishLaunch(ports, query({ state, code: 'c' }), cookies))).toBe('state_replayed')
    expect(code(await finishLaunch(ports, query({ state: `${state}=`, code: 'c' }), cookies))).toBe(
      'state_invalid',
    )
  })

  test('is refused in another browser, and the EHR hears nothing of it', async () => {
    const ports = portsOf()
    const { state } = await begun(ports)
    const before = server.sent.length
    expect(code(await finishLaunch(ports, query({ state, code: 'c' }), new Map()))).toBe(
      'state_foreign_browser',
    )
    expect(server.sent.length).toBe(before)
  })

  test('is refused where the tenant was taken off the list meanwhile', async () => {
    const { state, cookies } = await begun()
    const ports = portsOf({ allowedTenants: [WOODGROVE] })
    const before = server.sent.length
    expect(code(await finishLaunch(ports, query({ state, code: 'c' }), cookies))).toBe(
      'launch_tenant_not_allowed',
    )
    expect(server.sent.length).toBe(before)
  })

  test('with a client that another tenant uses is not exchanged for a token', async () => {
    const { state, cookies } = await begun()
    const ports = portsOf({ auth: OWN, clientTaken: true })
    expect(await finishLaunch(ports, query({ state, code: 'c' }), cookies)).toMatchObject({
      failure: { code: 'smart_client_rejected', detail: 'site_client_taken' },
    })
    expect(server.sent.filter((sent) => sent.url === `${AUTH}/token`)).toEqual([])
  })

  test('without what the page needs says what is missing', async () => {
    const ports = portsOf()
    const { url, state, cookies } = await begun(ports)
    await answering(url, 'openid fhirUser')
    expect(await finishLaunch(ports, query({ state, code: 'c' }), cookies)).toMatchObject({
      failure: { code: 'smart_scope_missing' },
    })
  })

  test('whose token endpoint writes of a patient leaves nothing of it in what is logged', async () => {
    const ports = portsOf()
    const { state, cookies } = await begun(ports)
    const canary = 'García Núñez'
    for (const [status, body] of [
      [400, { error: 'invalid_grant', error_description: canary }],
      [400, { error: canary }],
      [500, canary],
      [200, { access_token: canary }],
      [200, canary],
    ] as const) {
      server.routes[`${AUTH}/token`] = json(body, { status })
      used.clear()
      const outcome = await finishLaunch(ports, query({ state, code: 'the-code' }), cookies)
      const { code: name, detail } = outcome.ok ? { code: 'ok', detail: '' } : outcome.failure
      expect(`${name} ${detail}`).not.toContain(canary)
      expect(`${name} ${detail}`).not.toContain('the-code')
      expect(name).not.toBe('ok')
    }
  })
})
