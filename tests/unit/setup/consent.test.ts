import { describe, expect, test } from 'vitest'
import { consentUrl, readConsent } from '../../../src/core/setup/consent.ts'

const TENANT = '3f6c1d52-7b1e-4a8d-9c55-0a6b8f1e2d01'
const OTHER = 'b8a2e7c4-1f3d-4e69-8d27-5c90e4a7b302'
const asked = {
  tenantId: TENANT,
  clientId: '6b1f3a52-8a4e-4a6c-9a53-3d2f4d0f7c11',
  redirectUri: 'https://connector.example/portal/consent',
  state: 'sealed',
}

describe('the way to consent', () => {
  test('is on the host that signs people in, for this tenant, for everything that is registered', () => {
    const url = new URL(
      consentUrl(`https://login.microsoftonline.com/${TENANT}/oauth2/v2.0/authorize`, asked) ?? '',
    )
    expect(url.origin + url.pathname).toBe(`https://login.microsoftonline.com/${TENANT}/v2.0/adminconsent`)
    expect(Object.fromEntries(url.searchParams)).toEqual({
      client_id: asked.clientId,
      scope: 'https://graph.microsoft.com/.default',
      redirect_uri: asked.redirectUri,
      state: 'sealed',
    })
  })

  test('is none where Entra names no sign-in', () => {
    expect(consentUrl(undefined, asked)).toBeUndefined()
    expect(consentUrl('nowhere', asked)).toBeUndefined()
  })
})

describe('the answer to consent', () => {
  const read = (query: Record<string, string>) => {
    const answered = readConsent(new URLSearchParams(query), TENANT)
    return answered.ok ? 'ok' : answered.failure.code
  }
  const refusal = (error: string, error_description: string) => read({ error, error_description })

  test('is taken for the tenant that asked, in any letter case', () => {
    expect(read({ admin_consent: 'True', tenant: TENANT.toUpperCase() })).toBe('ok')
    expect(read({ admin_consent: 'True', tenant: OTHER })).toBe('consent_tenant_mismatch')
    expect(read({ tenant: TENANT })).toBe('consent_refused')
    expect(read({})).toBe('consent_refused')
  })

  test('that is a refusal is told by its reason', () => {
    expect(refusal('access_denied', 'AADSTS65004: User declined to consent.')).toBe('consent_declined')
    expect(refusal('permission_denied', 'The admin canceled the request')).toBe('consent_declined')
    expect(refusal('access_denied', '')).toBe('consent_declined')
    expect(refusal('access_denied', 'AADSTS90094: Administrator consent is required.')).toBe(
      'consent_not_administrator',
    )
    expect(refusal('invalid_scope', 'AADSTS70011: The scope is not valid.')).toBe('consent_refused')
  })

  test('is quoted on one line, cut to length', () => {
    const answered = readConsent(
      new URLSearchParams({ error: 'invalid_scope', error_description: `one\r\n<b>${'x'.repeat(900)}` }),
      TENANT,
    )
    const said = answered.ok ? '' : (answered.failure.shown?.error_description ?? '')
    expect(said).not.toMatch(/[\r\n]/)
    expect(said.length).toBeLessThanOrEqual(400)
  })
})
