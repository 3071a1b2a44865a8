import { expect, test } from 'vitest'
import { integrationRecord } from '../../../scripts/site-add/record.ts'
import { site } from './site.fixture.ts'

test('the integration record has what the EHR’s team registers, complete addresses and no secret', () => {
  const secret = { method: 'client_secret_basic', sealedSecret: 'sealed.secret' } as const
  const clinic = site({ system: { clientId: 'system-1', auth: secret, scopes: 'system/Patient.read' } })
  const record = integrationRecord(clinic, 'https://visits.example.org')
  for (const line of [
    'https://visits.example.org/launch/provider',
    'https://visits.example.org/launch/callback',
  ])
    expect(record).toMatch(new RegExp(`${line}$`, 'm'))
  expect(record).toContain('https://visits.example.org/.well-known/jwks.json')
  expect(record).not.toContain('sealed.secret')
})
