import { decodeJwt, generateKeyPair } from 'jose'
import { beforeAll, describe, expect, test } from 'vitest'
import { createBackendTokens } from '../../../src/core/smart/backend-token.ts'
import type { SmartClient, SmartSite } from '../../../src/core/smart/types.ts'
import { AUTH, codeOf, config, down, json, later, NOW, site, wire } from './wire.ts'

const TOKEN = `${AUTH}/token`
const scopes = 'system/Appointment.read system/Patient.read'
const granted = { access_token: 'at', token_type: 'bearer', expires_in: 570, scope: scopes }
let account: SmartClient
beforeAll(async () => {
  const { privateKey } = await generateKeyPair('RS384')
  const clientAuth = { method: 'private_key_jwt', key: privateKey, kid: 'k', alg: 'RS384' } as const
  account = { clientId: 'system-1', clientAuth, scopes }
})
const withAccount = (more: Partial<SmartClient> = {}): SmartSite => ({
  ...site,
  system: { ...account, ...more },
})

describe('the system account', () => {
  test('asks with client credentials, an assertion and the scopes', async () => {
    const { fetch, sent } = wire({ [TOKEN]: json(granted) })
    expect(await createBackendTokens().token('s', withAccount(), config, { fetch }, NOW)).toEqual({
      ok: true,
      value: { accessToken: 'at', expiresAt: later(570), scope: scopes },
    })
    const body = Object.fromEntries(sent[0]?.body ?? [])
    expect(body).toMatchObject({ grant_type: 'client_credentials', scope: scopes })
    expect(body).not.toHaveProperty('client_id')
    expect(decodeJwt(body.client_assertion ?? '')).toMatchObject({
      iss: 'system-1',
      sub: 'system-1',
      aud: TOKEN,
    })
  })

  test('may prove itself by a secret', async () => {
    const { fetch, sent } = wire({ [TOKEN]: json(granted) })
    const secret = withAccount({ clientAuth: { method: 'client_secret_basic', secret: 'x' } })
    expect(codeOf(await createBackendTokens().token('s', secret, config, { fetch }, NOW))).toBe('ok')
    expect(sent[0]?.headers.get('authorization')).toBe(`Basic ${btoa('system%2D1:x')}`)
  })

  test.each([
    ['is missing', site, 'smart_system_account_missing'],
    ['asks for offline_access', { scopes: `${scopes} offline_access` }, 'smart_system_scope_forbidden'],
    ['asks for online_access', { scopes: 'online_access' }, 'smart_system_scope_forbidden'],
    ['is a public client', { clientAuth: { method: 'none' as const } }, 'smart_system_account_missing'],
  ])('that %s asks for nothing', async (_name, given, code) => {
    const { fetch, sent } = wire({ [TOKEN]: json(granted) })
    const who = 'fhirBaseUrl' in given ? given : withAccount(given)
    expect(codeOf(await createBackendTokens().token('s', who, config, { fetch }, NOW))).toBe(code)
    expect(sent).toHaveLength(0)
  })

  test('that is granted less is told which scopes are missing, and asks again next time', async () => {
    const { fetch, sent } = wire({ [TOKEN]: json({ ...granted, scope: 'system/Patient.rs' }) })
    const tokens = createBackendTokens()
    for (const _ of [1, 2])
      expect(await tokens.token('s', withAccount(), config, { fetch }, NOW)).toMatchObject({
        failure: { code: 'smart_scope_missing', shown: { missing: 'system/Appointment.read' } },
      })
    expect(sent).toHaveLength(2)
  })
})

describe('a kept token', () => {
  test('is used until a minute before its end', async () => {
    const { fetch, sent } = wire({ [TOKEN]: json(granted) })
    const tokens = createBackendTokens()
    for (const at of [NOW, later(509)]) await tokens.token('s', withAccount(), config, { fetch }, at)
    expect(sent).toHaveLength(1)
    await tokens.token('s', withAccount(), config, { fetch }, later(510))
    expect(sent).toHaveLength(2)
  })

  test('of a short life is used for half of it', async () => {
    const { fetch, sent } = wire({ [TOKEN]: json({ ...granted, expires_in: 60 }) })
    const tokens = createBackendTokens()
    for (const at of [NOW, later(29)]) await tokens.token('s', withAccount(), config, { fetch }, at)
    expect(sent).toHaveLength(1)
    await tokens.token('s', withAccount(), config, { fetch }, later(30))
    expect(sent).toHaveLength(2)
  })

  test('is asked for once by fifty callers', async () => {
    const { fetch, sent } = wire({ [TOKEN]: json(granted) })
    const tokens = createBackendTokens()
    const ask = () => tokens.token('s', withAccount(), config, { fetch }, NOW)
    const all = await Promise.all(Array.from({ length: 50 }, ask))
    expect(all.map(codeOf)).toEqual(Array(50).fill('ok'))
    expect(sent).toHaveLength(1)
  })

  test('is never shared by two sites, however alike they are', async () => {
    const { fetch, sent } = wire({ [TOKEN]: json(granted) })
    const tokens = createBackendTokens()
    await tokens.token('tenant-a/site', withAccount(), config, { fetch }, NOW)
    await tokens.token('tenant-b/site', withAccount(), config, { fetch }, NOW)
    expect(sent).toHaveLength(2)
  })

  test('that the EHR refused is asked for anew', async () => {
    const { fetch, sent } = wire({ [TOKEN]: json(granted) })
    const tokens = createBackendTokens()
    await tokens.token('s', withAccount(), config, { fetch }, NOW)
    tokens.forget('s', withAccount(), config)
    await tokens.token('s', withAccount(), config, { fetch }, NOW)
    expect(sent).toHaveLength(2)
  })

  test('never is a failure', async () => {
    const { fetch, routes } = wire({ [TOKEN]: down })
    const tokens = createBackendTokens()
    expect(codeOf(await tokens.token('s', withAccount(), config, { fetch }, NOW))).toBe(
      'smart_token_unreachable',
    )
    routes[TOKEN] = json(granted)
    expect(codeOf(await tokens.token('s', withAccount(), config, { fetch }, NOW))).toBe('ok')
  })
})
