import { describe, expect, test } from 'vitest'
import { mayFinish } from '../../../src/core/sites/may-finish.ts'
import { newSite } from '../../../src/core/sites/new-site.ts'
import { rebasedSite } from '../../../src/core/sites/rebased-site.ts'
import { scopesFor } from '../../../src/core/sites/scopes.ts'
import { isLive, siteSchema } from '../../../src/core/sites/site.ts'
import { newSiteId, siteIdOfDraft } from '../../../src/core/sites/site-id.ts'
import { timeZoneGroups } from '../../../src/core/sites/time-zones.ts'
import { config } from '../smart/wire.ts'
import { NORTHWIND, site } from './site.fixture.ts'

const GUID = '0b8a0111-e8e6-4c26-a91c-5069cbc6b1ca'
const url = `https://fhir-ehr.cerner.com/r4/${GUID}`
const given = {
  tenantId: NORTHWIND,
  siteId: 'abcdefghijkl',
  name: 'Main',
  environment: 'testing' as const,
  organizers: ['o1'],
}
const issuer = `https://login.ehr.example.org/tenants/${GUID}/oidc/idsps/${GUID}/`

describe('a new site', () => {
  const made = newSite(given, { url, vendor: 'oracle_health', smart: config })

  test('fits its type, is in setup, and lets nobody launch', () => {
    expect(siteSchema.parse(made)).toEqual(made)
    expect(made).toMatchObject({
      setup: true,
      openTeamsAtOnce: true,
      texts: { on: false },
      organizers: ['o1'],
    })
    expect(isLive(made, [NORTHWIND])).toBe(false)
  })

  test('has the defaults of its vendor', () => {
    expect(made).toMatchObject({ videoRule: { kind: 'virtual_meeting_room' }, allowedIssuers: [issuer] })
    const other = newSite(given, { url: 'https://ehr.example/r4', vendor: 'other', smart: config })
    expect(other).toMatchObject({ videoRule: { kind: 'virtual_service' }, allowedIssuers: [] })
  })

  test('still lacks what only people know: client id and time zone', () => {
    expect(mayFinish(made, [made], new Map(), new Date())).toEqual(['client_id', 'time_zone'])
  })

  test('asks for scopes in the spelling that the server takes', () => {
    expect(scopesFor(['permission-v1', 'permission-v2']).system).toContain('system/Patient.read')
    expect(scopesFor(['permission-v2']).system).toContain('system/Patient.rs')
    expect(scopesFor(['permission-v2']).launch).toContain('launch openid fhirUser user/Appointment.rs')
  })
})

describe('an id', () => {
  test('of a draft is the same for the same form, and of this tenant alone', () => {
    expect(siteIdOfDraft(NORTHWIND, 'word')).toBe(siteIdOfDraft(NORTHWIND, 'word'))
    expect(siteIdOfDraft(NORTHWIND, 'word')).not.toBe(siteIdOfDraft('another', 'word'))
    for (const id of [newSiteId(), siteIdOfDraft(NORTHWIND, 'x')]) expect(id).toMatch(/^[a-z2-7]{12}$/)
  })
})

describe('an edited site', () => {
  test('that becomes Production is in setup again, and keeps no decision of before', () => {
    const override = { by: 'a', at: '2031-01-01T00:00:00.000Z', reason: 'x' }
    const edited = rebasedSite(site({ override }), { name: 'P', environment: 'production' }, undefined)
    expect(edited).toMatchObject({ name: 'P', environment: 'production', setup: true })
    expect(edited.override).toBeUndefined()
    const stays = site({ environment: 'production', override })
    expect(rebasedSite(stays, { name: 'P', environment: 'production' }, undefined)).toEqual({
      ...stays,
      name: 'P',
    })
  })

  test('has the vendor’s issuer of its new address, and keeps those that somebody entered', () => {
    const before = site({
      fhirBaseUrl: 'https://x.example/r4/7d1c5a52-3f0e-4c9a-9a56-0f6f5d2c8e41',
      allowedIssuers: [
        'https://own.example/',
        'https://a.example/tenants/7d1c5a52-3f0e-4c9a-9a56-0f6f5d2c8e41/oidc/idsps/7d1c5a52-3f0e-4c9a-9a56-0f6f5d2c8e41/',
      ],
    })
    const after = rebasedSite(before, before, { url, vendor: 'oracle_health', smart: config })
    expect(after).toMatchObject({ fhirBaseUrl: url, allowedIssuers: ['https://own.example/', issuer] })
  })
})

test('every time zone of the platform can be chosen, the usual ones by the names that people use', () => {
  const [usual, ...regions] = timeZoneGroups()
  expect(usual?.zones).toContainEqual({ id: 'America/Chicago', label: 'Chicago – Central Time' })
  const ids = new Set(regions.flatMap(({ zones }) => zones.map(({ id }) => id)))
  expect(ids.size).toBeGreaterThan(300)
  expect(ids.has('Europe/Paris')).toBe(true)
  for (const { zones } of timeZoneGroups()) for (const { label } of zones) expect(label).not.toContain('_')
})
