import type { Appointment } from '../../../src/core/ehr/appointment.ts'
import type { VisitRow } from '../../../src/core/store/rows.ts'

export const START = new Date('2031-03-04T16:00:00Z')
export const minutesFromStart = (minutes: number) => new Date(START.getTime() + minutes * 60_000)

export function visitRow(more: Partial<VisitRow> = {}): VisitRow {
  return {
    schema: 1,
    type: 'visit',
    departmentId: 'cardiology',
    start: START.toISOString(),
    minutes: 30,
    version: 1,
    cause: 'booked',
    since: '2031-03-01T10:00:00.000Z',
    cancelled: false,
    video: true,
    ehrVersion: '1',
    linkKeyId: 'key-id',
    linkSerial: 1,
    linkBucket: 3,
    ...more,
  }
}

export function appointment(more: Partial<Appointment> = {}): Appointment {
  return {
    id: '4817501',
    ehrVersion: '1',
    status: 'booked',
    start: START,
    minutes: 30,
    cancelled: false,
    over: false,
    video: true,
    patientId: '12724101',
    practitionerIds: [],
    locationIds: [],
    serviceType: undefined,
    participants: [],
    ...more,
  }
}
