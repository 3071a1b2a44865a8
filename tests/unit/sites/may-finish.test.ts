import { describe, expect, test } from 'vitest'
import { type DoctorResult, mayFinish } from '../../../src/core/sites/may-finish.ts'
import type { Site } from '../../../src/core/sites/site.ts'
import { site } from './site.fixture.ts'

const now = new Date('2031-03-10T12:00:00Z')
const organizers = ['0d4f5a10-6c1b-4f0e-8a51-1b7c2e9d0009']
const testing = site({ siteId: 'testing00001', organizers })
const production = site({
  siteId: 'production01',
  environment: 'production',
  organizers,
  patientPhone: '+1 816-555-0100',
})
const result = (siteId: string, passed: boolean, at = '2031-03-09T12:00:00Z') =>
  new Map<string, DoctorResult>([[siteId, { passed, at }]])
const missing = (one: Site, doctor: ReadonlyMap<string, DoctorResult> = new Map()) =>
  mayFinish(one, [testing, production], doctor, now)

describe('a Production site', () => {
  test('is finished only after the doctor passed on a Testing site of the tenant', () => {
    expect(missing(production)).toEqual(['tested'])
    expect(missing(production, result(testing.siteId, false))).toEqual(['tested'])
    expect(missing(production, result(testing.siteId, true))).toEqual([])
  })

  test('does not vouch for itself', () => {
    expect(missing(production, result(production.siteId, true))).toEqual(['tested'])
  })

  test('is not vouched for by a run of long ago, or one that is still to come', () => {
    expect(missing(production, result(testing.siteId, true, '2030-12-10T11:59:00Z'))).toEqual(['tested'])
    expect(missing(production, result(testing.siteId, true, '2030-12-10T12:01:00Z'))).toEqual([])
    expect(missing(production, result(testing.siteId, true, '2031-03-10T12:01:00Z'))).toEqual(['tested'])
    expect(missing(production, result(testing.siteId, true, 'no date'))).toEqual(['tested'])
  })

  test('is finished without it where somebody decided so, by name and reason', () => {
    const override = { by: organizers[0] ?? '', at: now.toISOString(), reason: 'The EHR has no test domain.' }
    expect(missing({ ...production, override })).toEqual([])
  })

  test('needs a number that patients can call, which Testing does not', () => {
    const { patientPhone: _, ...silent } = production
    expect(missing(silent, result(testing.siteId, true))).toEqual(['patient_phone'])
    expect(missing(testing)).toEqual([])
  })
})

describe('every site', () => {
  test('needs a client id, an organizer and a time zone that was chosen', () => {
    const launch = { ...testing.launch, clientId: '' }
    expect(missing({ ...testing, setup: true, launch, organizers: [], timeZone: 'UTC' })).toEqual([
      'client_id',
      'organizers',
      'time_zone',
    ])
  })

  test('needs a system account and a department that is on only where texts are on', () => {
    const { system: _, ...bare } = {
      ...testing,
      departments: testing.departments.map((d) => ({ ...d, on: false })),
    }
    expect(missing(bare)).toEqual([])
    expect(missing({ ...bare, texts: { ...bare.texts, on: true } })).toEqual(['system_account', 'department'])
  })
})
