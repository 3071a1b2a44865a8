import { exportJWK, generateKeyPair } from 'jose'
import { describe, expect, test } from 'vitest'
import { authorizeUrl } from '../../../src/core/smart/authorize.ts'
import { refreshAccess } from '../../../src/core/smart/refresh.ts'
import { exchangeCode } from '../../../src/core/smart/token.ts'
import type { SmartSite } from '../../../src/core/smart/types.ts'
import { AUTH, config, json, later, NOW, site, wire } from './wire.ts'

const TOKEN = `${AUTH}/token`
const answer = { access_token: 'second', token_type: 'Bearer', expires_in: 570, scope: 'user/Patient.read' }

async function refreshed(clientAuth: SmartSite['clientAuth'], body: object = answer) {
  const { fetch, sent } = wire({ [TOKEN]: json(body) })
  const result = await refreshAccess(config, { ...site, clientAuth }, 'refresh-1', { fetch }, NOW)
  return { result, request: sent[0] }
}

describe('a refresh', () => {
  test('carries the token, the grant type and the proof of the client', async () => {
    const common = { grant_type: 'refresh_token', refresh_token: 'refresh-1' }
    const open = await refreshed({ method: 'none' })
    expect(Object.fromEntries(open.request?.body ?? [])).toEqual({ ...common, client_id: 'client-1' })
    const secret = await refreshed({ method: 'client_secret_basic', secret: 's' })
    expect(Object.fromEntries(secret.request?.body ?? [])).toEqual(common)
    expect(secret.request?.headers.get('authorization')).toMatch(/^Basic /)
    const { privateKey } = await generateKeyPair('ES384', { extractable: true })
    const key = await exportJWK(privateKey)
    const signed = await refreshed({ method: 'private_key_jwt', key, kid: 'k', alg: 'ES384' })
    const { client_assertion, client_assertion_type, ...rest } = Object.fromEntries(
      signed.request?.body ?? [],
    )
    expect(rest).toEqual(common)
    expect(client_assertion?.split('.')).toHaveLength(3)
    expect(client_assertion_type).toBe('urn:ietf:params:oauth:client-assertion-type:jwt-bearer')
  })

  test('keeps the old refresh token where no new one comes, and takes a new one', async () => {
    expect((await refreshed({ method: 'none' })).result).toEqual({
      ok: true,
      value: { accessToken: 'second', expiresAt: later(570), refreshToken: 'refresh-1' },
    })
    const rotated = await refreshed({ method: 'none' }, { ...answer, refresh_token: 'refresh-2' })
    expect(rotated.result).toMatchObject({ value: { refreshToken: 'refresh-2' } })
  })

  test('that the EHR refuses is a failure with its words, and no token', async () => {
    const { fetch } = wire({ [TOKEN]: json({ error: 'invalid_grant' }, { status: 400 }) })
    expect(await refreshAccess(config, site, 'refresh-1', { fetch }, NOW)).toMatchObject({
      ok: false,
      failure: { code: 'smart_code_expired', shown: { error: 'invalid_grant' } },
    })
  })
})

test('the scope online_access is asked for as the site has it, and brings a refresh token', async () => {
  const online = { ...site, scopes: `${site.scopes} online_access` }
  const request = { redirectUri: 'https://app/cb', launch: 'l', state: 's', codeChallenge: 'c', nonce: 'n' }
  expect(authorizeUrl(config, online, request).searchParams.get('scope')).toContain('online_access')
  const { fetch } = wire({ [TOKEN]: json({ ...answer, refresh_token: 'refresh-1' }) })
  const exchange = { code: 'c', redirectUri: 'https://app/cb', codeVerifier: 'v'.repeat(43) }
  expect(await exchangeCode(config, online, exchange, { fetch }, NOW)).toMatchObject({
    ok: true,
    value: { refreshToken: 'refresh-1' },
  })
})
