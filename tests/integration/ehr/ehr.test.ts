import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { type Ehr, ehr as ehrOf } from '../../../src/core/ehr/ehr.ts'
import { useFetch } from '../../../src/core/http/cross-fetch.ts'
import type { Result } from '../../../src/core/result.ts'
import { developmentFetch, readsOf, startClinic, startOddServer } from './ehr.fixture.ts'

const now = () => new Date()
const videoRule = { kind: 'virtual_meeting_room' } as const
let clinic: Awaited<ReturnType<typeof startClinic>>
let ehr: Ehr

beforeAll(async () => {
  useFetch(developmentFetch())
  clinic = await startClinic(now)
  ehr = ehrOf({ fhirBaseUrl: clinic.ehr.fhirBaseUrl, accessToken: await clinic.token(), videoRule }, now)
})
afterAll(async () => {
  useFetch(undefined)
  await clinic.ehr.close()
})
beforeEach(() => Object.assign(clinic.ehr.faults, { fhirUnavailable: false, fhirThrottled: false }))

function value<T>(result: Result<T, string>): T {
  if (result.ok) return result.value
  throw new Error(`${result.failure.code} ${result.failure.detail ?? ''}`)
}
const code = (result: Result<unknown, string>) => (result.ok ? 'ok' : result.failure.code)
const board = () => clinic.ehr.board()
const locations = () => clinic.ehr.locations().map(({ id }) => id)
const DAY = 86_400_000
const today = () => {
  const from = new Date(Math.floor(Date.now() / DAY) * DAY - DAY)
  return [from, new Date(from.getTime() + 3 * DAY)] as const
}

describe('the clinic’s day', () => {
  test('is read once each, though the EHR’s pages repeat what they said', async () => {
    const from = clinic.ehr.ledger.length
    const practitionerId = clinic.ehr.practitioners()[0]?.id ?? ''
    const [locationId = ''] = locations()
    const start = new Date(today()[0].getTime() + DAY)
    const booked = Array.from({ length: 130 }, (_, index) =>
      clinic.ehr.book({
        patientId: '12724101',
        practitionerId,
        locationId,
        start: new Date(start.getTime() + index * 60_000),
        minutes: 20,
        video: true,
      }),
    )
    const read = value(await ehr.appointmentsIn(locations(), ...today()))
    for (const { appointmentId } of booked) expect(read.has(appointmentId)).toBe(true)
    expect(new Set([...read.values()].map(({ id }) => id)).size).toBe(read.size)
    expect(readsOf(clinic.ehr, from).length).toBeGreaterThan(1)
    for (const { appointmentId } of booked) clinic.ehr.cancel(appointmentId)
  })

  test('tells what is by video, and what is off', async () => {
    const read = value(await ehr.appointmentsIn(locations(), ...today()))
    for (const row of board()) {
      const found = read.get(row.appointmentId)
      if (!found) continue
      expect(found.video, row.appointmentId).toBe(row.video)
      expect(found.cancelled, row.appointmentId).toBe(
        ['cancelled', 'proposed', 'waitlist'].includes(row.status),
      )
      expect(found.start.toISOString()).toBe(new Date(row.start).toISOString())
    }
    expect([...read.values()].filter(({ video }) => video).length).toBeGreaterThan(5)
  })

  test('of a patient is that patient’s alone', async () => {
    const { patientId } = board()[0] ?? { patientId: '' }
    const read = value(await ehr.appointmentsOfPatient(patientId, ...today()))
    expect(read.size).toBeGreaterThan(0)
    for (const found of read.values()) expect(found.patientId).toBe(patientId)
  })
})

describe('reading by id', () => {
  test('hundreds are read a hundred at a time, and those that are gone are missing', async () => {
    const ids = board().map(({ appointmentId }) => appointmentId)
    const gone = Array.from({ length: 205 }, (_, index) => String(99_000_000 + index))
    const from = clinic.ehr.ledger.length
    const read = value(await ehr.appointments([...gone, ...ids, ...ids]))
    expect([...read.keys()].sort()).toEqual([...new Set(ids)].sort())
    const searches = readsOf(clinic.ehr, from)
    expect(searches.length).toBe(Math.ceil((gone.length + new Set(ids).size) / 100))
  })

  test('none are read without asking', async () => {
    const from = clinic.ehr.ledger.length
    expect(value(await ehr.appointments([])).size).toBe(0)
    expect(readsOf(clinic.ehr, from)).toEqual([])
  })

  test('patients come in one request as well', async () => {
    const ids = clinic.ehr.patients().map(({ id }) => id)
    const from = clinic.ehr.ledger.length
    expect([...value(await ehr.patients(ids)).keys()].sort()).toEqual(ids.sort())
    expect(readsOf(clinic.ehr, from)).toHaveLength(1)
  })

  test('an encounter leads to its appointment', async () => {
    const { token } = clinic
    const headers = { authorization: `Bearer ${await token()}`, accept: 'application/fhir+json' }
    const { patientId } = board()[0] ?? { patientId: '' }
    const bundle = await fetch(`${clinic.ehr.fhirBaseUrl}/Encounter?patient=${patientId}`, { headers })
    const { entry } = (await bundle.json()) as fhir4.Bundle
    const read = value(await ehr.appointmentsOfEncounter(entry?.[0]?.resource?.id ?? ''))
    expect([...read.values()].map((found) => found.patientId)).toEqual([patientId])
  })

  test('an id that is none is not taken for a path', async () => {
    for (const odd of ['../Patient/12724101', 'x?y', '12724101/$everything'])
      expect(code(await ehr.patient(odd)), odd).toBe('ehr_not_found')
  })
})

describe('what the EHR refuses has a name', () => {
  test('nothing under that id', async () => {
    expect(code(await ehr.appointment('99000001'))).toBe('ehr_not_found')
  })

  test('a token that is none, and word of it reaches who keeps the tokens', async () => {
    let refused = 0
    const stranger = ehrOf(
      {
        fhirBaseUrl: clinic.ehr.fhirBaseUrl,
        accessToken: 'none',
        videoRule,
        onTokenRefused: () => refused++,
      },
      now,
    )
    expect(code(await stranger.patient('12724101'))).toBe('ehr_token_expired')
    expect(code(await stranger.appointments(['4817501']))).toBe('ehr_token_expired')
    expect(refused).toBe(2)
  })

  test('a scope that was not granted', async () => {
    const accessToken = await clinic.token('system/Appointment.read')
    const narrow = ehrOf({ fhirBaseUrl: clinic.ehr.fhirBaseUrl, accessToken, videoRule }, now)
    expect(code(await narrow.patient('12724101'))).toBe('ehr_scope_missing')
  })

  test('too many requests', async () => {
    clinic.ehr.faults.fhirThrottled = true
    expect(code(await ehr.patient('12724101'))).toBe('ehr_throttled')
  })

  test('an outage, with how long to wait', async () => {
    clinic.ehr.faults.fhirUnavailable = true
    expect(await ehr.appointmentsIn(locations(), ...today())).toMatchObject({
      failure: { code: 'ehr_unavailable', retryAfterSeconds: 30 },
    })
  })

  test('nobody there', async () => {
    const server = await startOddServer(() => {})
    await server.close()
    const silent = ehrOf({ fhirBaseUrl: server.base, accessToken: 't', videoRule }, now)
    expect(code(await silent.patient('1'))).toBe('ehr_unreachable')
  })
})
