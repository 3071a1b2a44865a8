import { expect, test } from 'vitest'
import { isRefusal, type RefreshPorts, refreshedSession } from '../../../src/core/launches/refresh-session.ts'
import type { LaunchSession } from '../../../src/core/launches/session.ts'
import { ok } from '../../../src/core/result.ts'
import { createDiscoveryCache } from '../../../src/core/smart/discovery.ts'
import { site as clinic } from '../sites/site.fixture.ts'
import { AUTH, BASE, json, later, NOW, site, smartDocument, wire } from '../smart/wire.ts'

const session: LaunchSession = {
  launchId: 'one',
  tenantId: 'tenant',
  siteId: 'northwind001',
  ehrUser: { issuer: AUTH, subject: 'user-7' },
  context: { kind: 'none' },
  accessToken: 'first',
  accessTokenUntil: later(10).toISOString(),
  refreshToken: 'refresh-1',
}

function ports(answer: Parameters<typeof json>, now = NOW) {
  const server = wire({
    [`${BASE}/.well-known/smart-configuration`]: json(smartDocument),
    [`${AUTH}/token`]: json(...answer),
  })
  const made = {
    sites: { get: async () => clinic({ fhirBaseUrl: BASE }), claimClient: async () => ok(undefined) },
    smartSite: async () => site,
    discovery: createDiscoveryCache(),
    outbound: { fetch: server.fetch },
    now: () => now,
  } as unknown as RefreshPorts
  return { ports: made, sent: server.sent }
}
const fresh = { access_token: 'second', token_type: 'Bearer', expires_in: 570 }

test('a token that is all but over is renewed, and the launch stays what it was', async () => {
  const { ports: given } = ports([fresh])
  expect(await refreshedSession(given, session)).toEqual({
    ok: true,
    value: { ...session, accessToken: 'second', accessTokenUntil: later(570).toISOString() },
  })
})

test('a new token was refused by nobody yet', async () => {
  const renewed = await refreshedSession(ports([fresh]).ports, { ...session, refused: true })
  expect(renewed).toMatchObject({ ok: true, value: { accessToken: 'second' } })
  expect(renewed.ok && renewed.value.refused).toBeUndefined()
})

test('a token that still lives, and one that came without a refresh token, ask nobody', async () => {
  const { ports: given, sent } = ports([fresh])
  const alive = { ...session, accessTokenUntil: later(60).toISOString() }
  expect(await refreshedSession(given, alive)).toEqual({ ok: true, value: alive })
  const { refreshToken: _none, ...without } = session
  expect(await refreshedSession(given, without)).toEqual({ ok: true, value: without })
  expect(sent).toEqual([])
})

test('a refusal is told from an EHR that cannot be asked', async () => {
  const answers = [
    [{ error: 'invalid_grant' }, 400, 'smart_code_expired', true],
    [{ error: 'invalid_client' }, 401, 'smart_client_rejected', false],
    [{}, 403, 'smart_token_refused', false],
    [{}, 503, 'smart_token_unreachable', false],
    [{}, 429, 'smart_throttled', false],
  ] as const
  for (const [body, status, code, refused] of answers) {
    const fresh = await refreshedSession(ports([body, { status }]).ports, session)
    expect(fresh).toMatchObject({ failure: { code } })
    expect(!fresh.ok && isRefusal(fresh.failure)).toBe(refused)
  }
})
