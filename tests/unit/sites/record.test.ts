import { describe, expect, test } from 'vitest'
import { integrationRecords, recordText } from '../../../src/core/sites/record.ts'
import { site } from './site.fixture.ts'

const OWN = 'https://visits.example.org'
const line = (records: ReturnType<typeof integrationRecords>, kind: string, label: string) =>
  records.find((record) => record.kind === kind)?.lines.find((each) => each.label === label)

test('the records have what the EHR’s team registers, complete addresses and no secret', () => {
  const secret = { method: 'client_secret_basic', sealedSecret: 'sealed.secret' } as const
  const clinic = site({ system: { clientId: 'system-1', auth: secret, scopes: 'system/Patient.read' } })
  const text = recordText(clinic, OWN)
  for (const path of ['launch/provider', 'launch/callback', 'launch/patient', 'launch/patient/callback'])
    expect(text).toMatch(new RegExp(`${OWN}/${path}$`, 'm'))
  expect(text).toContain(`${OWN}/.well-known/jwks.json`)
  expect(text).not.toContain('sealed.secret')
})

describe('a record', () => {
  test('of pushes is there where an engine is registered, with address, audience and keys', () => {
    expect(integrationRecords(site(), OWN).map(({ kind }) => kind)).toEqual(['provider', 'patient', 'system'])
    const keys = [{ kty: 'EC' as const, crv: 'P-384' as const, kid: 'key-1', x: 'x', y: 'y' }]
    const records = integrationRecords(site({ push: { issuer: 'engine', keys } }), OWN)
    const address = `${OWN}/sites/northwind001/appointments`
    expect(line(records, 'push', 'Address')?.value).toBe(address)
    expect(line(records, 'push', 'Audience')?.value).toBe(address)
    expect(line(records, 'push', 'Issuer')?.value).toBe('engine')
    expect(line(records, 'push', 'Your public keys')?.value).toBe('ES384 key-1')
  })

  test('carries the host of the stamp that gives it out', () => {
    const emea = integrationRecords(site(), 'https://visits-emea.example.org')
    for (const { lines } of emea)
      for (const { label, value } of lines)
        if (/URL/.test(label) && label !== 'FHIR base URL')
          expect(value).toMatch(/^https:\/\/visits-emea\.example\.org\//)
  })

  test('says which client id is still to come from the EHR', () => {
    const launch = { clientId: '', auth: { method: 'private_key_jwt' as const }, scopes: 'launch' }
    const records = integrationRecords(site({ setup: true, launch }), OWN)
    expect(line(records, 'provider', 'Client id')).toMatchObject({ missing: true })
    expect(line(records, 'patient', 'Client id')).toMatchObject({ missing: true })
    expect(line(records, 'system', 'Client id')).toEqual({ label: 'Client id', value: 'system-client' })
  })

  test('of the patient portal names the portal’s own FHIR base', () => {
    const client = { clientId: 'portal', auth: { method: 'none' as const }, scopes: 'launch openid' }
    const patientLaunch = { fhirBaseUrl: 'https://myrecord.example.org/r4/x', client, allowedIssuers: [] }
    const records = integrationRecords(site({ patientLaunch }), OWN)
    expect(line(records, 'patient', 'FHIR base URL')?.value).toBe('https://myrecord.example.org/r4/x')
    // A public client proves nothing, so there are no keys to fetch.
    expect(line(records, 'patient', 'JWKS URL')).toBeUndefined()
    expect(line(records, 'provider', 'FHIR base URL')?.value).toBe(site().fhirBaseUrl)
  })
})
