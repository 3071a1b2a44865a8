import { expect, test } from 'vitest'
import type { Appointment } from '../../../src/core/ehr/appointment.ts'
import { pickVisit } from '../../../src/core/launches/pick-visit.ts'

const NOW = new Date('2026-06-09T15:00:00Z')
const appointment = (id: string, minutesAway: number, more: Partial<Appointment> = {}): Appointment => ({
  id,
  ehrVersion: '1',
  status: 'booked',
  start: new Date(NOW.getTime() + minutesAway * 60_000),
  minutes: 30,
  cancelled: false,
  over: false,
  video: true,
  patientId: '2',
  practitionerIds: [],
  locationIds: [],
  serviceType: undefined,
  participants: [],
  ...more,
})
const picked = (...list: Appointment[]) => {
  const pick = pickVisit(list, NOW)
  return pick && [pick.appointment.id, pick.joinable]
}

test('the visit under way goes before the next one', () => {
  expect(picked(appointment('next', 60), appointment('now', -20))).toEqual(['now', true])
})

test('a visit that is over, cancelled or not by video gives way to one that can be joined', () => {
  const others = [
    appointment('cancelled', 10, { cancelled: true }),
    appointment('clinic', 20, { video: false }),
    appointment('done', -30, { over: true }),
    appointment('long ago', -200),
  ]
  expect(picked(...others, appointment('tomorrow', 1440))).toEqual(['tomorrow', true])
})

test('where nothing can be joined, the latest is shown for what became of it', () => {
  expect(picked(appointment('a', -300), appointment('b', 10, { cancelled: true }))).toEqual(['b', false])
})

test('a patient without appointments has no visit', () => {
  expect(picked()).toBeUndefined()
})
