import { describe, expect, test } from 'vitest'
import type { Appointment } from '../../../src/core/ehr/appointment.ts'
import type { VisitRow } from '../../../src/core/store/rows.ts'
import { lateMinutes, withLateMinutes } from '../../../src/core/visits/late.ts'
import { tapState } from '../../../src/core/visits/tap.ts'

const START = new Date('2026-06-09T19:30:00Z')
const at = (minutes: number) => new Date(START.getTime() + minutes * 60_000)

const ROW: VisitRow = {
  schema: 1,
  type: 'visit',
  departmentId: 'department-1',
  start: START.toISOString(),
  minutes: 30,
  version: 2,
  cause: 'booked',
  since: '2026-06-01T00:00:00.000Z',
  cancelled: false,
  video: true,
  ehrVersion: '1',
  linkKeyId: 'key',
  linkSerial: 1,
  linkBucket: 0,
}
const APPOINTMENT: Appointment = {
  id: '1',
  ehrVersion: '1',
  status: 'booked',
  start: START,
  minutes: 30,
  cancelled: false,
  over: false,
  video: true,
  patientId: '2',
  practitionerIds: [],
  locationIds: [],
  serviceType: undefined,
  participants: [],
}
const tap = (row: VisitRow, minutes: number, appointment: Appointment | 'unreadable' = APPOINTMENT) =>
  tapState(row, appointment, 30, at(minutes))

describe('a clinic that said it is twenty minutes late', () => {
  const late = withLateMinutes(ROW, 20)

  test('the link says when it begins after all, and lets the patient wait', () => {
    expect(tap(late, -5)).toEqual({
      kind: 'late',
      start: START,
      minutes: 30,
      expected: at(20),
      joinable: true,
    })
  })

  test('hours before, it says so without offering to join', () => {
    expect(tap(late, -120)).toMatchObject({ kind: 'late', joinable: false })
  })

  test('once the expected time has come, the visit is simply ready', () => {
    expect(tap(late, 20).kind).toBe('ready')
  })

  test('the visit stays open that much longer', () => {
    expect(tap(ROW, 95).kind).toBe('over')
    expect(tap(late, 95).kind).toBe('ready')
    expect(tap(late, 95, 'unreadable')).toMatchObject({ kind: 'unavailable', joinable: true })
    expect(tap(late, 111).kind).toBe('over')
  })

  test('a visit that moves is on time again, before a sweep has seen it and after', () => {
    const moved = { ...APPOINTMENT, start: at(60) }
    expect(tap(late, 0, moved).kind).toBe('moved')
    expect(lateMinutes({ ...late, version: 3 })).toBe(0)
  })

  test('a cancelled visit is cancelled, not late', () => {
    expect(tap(late, 0, { ...APPOINTMENT, cancelled: true }).kind).toBe('cancelled')
  })

  test('the delay can be taken back', () => {
    expect(withLateMinutes(late, 0)).toEqual(ROW)
  })
})

test('a row that never heard of a delay is on time', () => {
  expect(lateMinutes(ROW)).toBe(0)
})
