import { randomBytes } from 'node:crypto'
import { expect, test } from 'vitest'
import { identityKeys } from '../../../src/core/keys/identity.ts'
import { keyRing } from '../../../src/core/keys/key-ring.ts'
import { bayOn, visitPartition } from '../../../src/core/visits/bay.ts'
import { indexPartition, visitRef, visitSeals } from '../../../src/core/visits/visit.ts'
import { visitRow } from './visit.fixture.ts'

const identity = identityKeys(randomBytes(32))
const seals = visitSeals(keyRing(randomBytes(32)))
const place = { tenantId: 'tenant', siteId: 'northwind001' }
const ref = visitRef(identity, place, '4817501')
const stored = (of: typeof ref, columns: object) => ({
  ...of,
  bay: '2031-03-04|cardiology' as const,
  row: { ...visitRow(), ...columns, partitionKey: 'p', rowKey: 'r', etag: 'e' },
})
const meeting = {
  organizerId: 'organizer',
  meetingId: 'meeting',
  joinWebUrl: 'https://teams.microsoft.com/l/meetup-join/x',
  dialIn: { number: '+12065550100', conferenceId: '123' },
}

test('the appointment and the meeting are read from their own visit', () => {
  const visit = stored(ref, {
    sealedAppointment: seals.sealAppointment(ref, '4817501'),
    sealedMeeting: seals.sealMeeting(ref, meeting),
  })
  expect(seals.appointmentId(visit)).toBe('4817501')
  expect(seals.meeting(visit)).toEqual(meeting)
})

test('sealed parts that were copied to another visit, or to another column, stay closed', () => {
  const sealed = {
    sealedAppointment: seals.sealAppointment(ref, '4817501'),
    sealedMeeting: seals.sealMeeting(ref, meeting),
  }
  for (const other of [
    { ...ref, visitKey: 'other' },
    { ...ref, siteId: 'other' },
    { ...ref, tenantId: 'other' },
  ]) {
    expect(seals.appointmentId(stored(other, sealed))).toBeUndefined()
    expect(seals.meeting(stored(other, sealed))).toBeUndefined()
  }
  expect(seals.appointmentId(stored(ref, { sealedAppointment: sealed.sealedMeeting }))).toBeUndefined()
})

test('what was erased is not there', () => {
  expect(seals.appointmentId(stored(ref, {}))).toBeUndefined()
  expect(seals.meeting(stored(ref, {}))).toBeUndefined()
})

test('a visit lies by its bay, its index by its key, and the tenant is in every key', () => {
  expect(visitPartition('tenant', 'site', bayOn('2031-03-04', 'cardiology'))).toBe(
    'tenant|site|2031-03-04|cardiology',
  )
  expect(indexPartition(ref)).toBe(`tenant|northwind001|${ref.visitKey[0]}`)
})
