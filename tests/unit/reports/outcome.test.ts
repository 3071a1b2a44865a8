import { describe, expect, test } from 'vitest'
import { visitRecord } from '../../../src/core/reports/visit-record.ts'
import { minutesFromStart, visitRow } from '../visits/visit.fixture.ts'
import { at, attended, endedAt, moved, recorded, rosterColumn, stay } from './report.fixture.ts'

const clinicianIn = moved({ who: 'c', staff: true, place: 'meeting', minute: 0 })
const patientWaits = moved({ who: 'p', place: 'lobby', minute: -3 })
const patientIn = moved({ who: 'p', place: 'meeting', minute: 2 })
const met = [patientWaits, clinicianIn, patientIn]

describe('what became of a visit', () => {
  test('nothing yet: upcoming until its planned end, which a told delay puts off', () => {
    expect(recorded({}, -60)).toMatchObject({ outcome: 'upcoming', basis: 'planned' })
    expect(recorded({}, 29).outcome).toBe('upcoming')
    expect(recorded({ lateMinutes: 20, lateVersion: 1 }, 45).outcome).toBe('upcoming')
    expect(recorded({}, 30)).toMatchObject({ outcome: 'no_show', reason: 'nobody_came' })
  })

  test('both sides in at once is in progress, and completed as soon as the meeting ended', () => {
    expect(recorded({ roster: rosterColumn(met) }, 10).outcome).toBe('in_progress')
    const ended = recorded({ roster: rosterColumn([...met, endedAt(25)]) }, 26)
    expect(ended).toMatchObject({
      outcome: 'completed',
      basis: 'live',
      begun: at(2),
      seconds: 23 * 60,
      waited: 5 * 60,
      attendees: 2,
    })
  })

  test('is completed even where the EHR took the appointment off afterwards', () => {
    expect(recorded({ roster: rosterColumn([...met, endedAt(25)]), cancelled: true }, 90).outcome).toBe(
      'completed',
    )
  })

  test('one after the other is not a visit', () => {
    const attendance = attended([stay(true, 0, 5), stay(false, 5, 9)], 9)
    expect(recorded({ attendance, waitedFrom: at(-2) }, 120).outcome).toBe('patient_not_admitted')
  })

  test('the clinician alone is a no show', () => {
    const roster = rosterColumn([clinicianIn, endedAt(20)])
    expect(recorded({ roster, clinicianJoinedAt: at(0) }, 31)).toMatchObject({
      outcome: 'no_show',
      reason: 'clinician_alone',
    })
  })

  test('a patient whom nobody let in was not admitted; one for whom nobody came had no clinician', () => {
    const attendance = attended([stay(true, 0, 20)], 20)
    expect(recorded({ waitedFrom: at(-3), attendance }, 31).outcome).toBe('patient_not_admitted')
    expect(recorded({ roster: rosterColumn([patientWaits]), waitedFrom: at(-3) }, 95).outcome).toBe(
      'clinician_absent',
    )
  })

  test('a participant without our link is known by the lobby alone', () => {
    const roster = rosterColumn([patientWaits, clinicianIn, endedAt(20)])
    expect(recorded({ roster, attendance: attended([stay(true, 0, 20)], 20) }, 31).outcome).toBe(
      'patient_not_admitted',
    )
  })

  test('technical failures: a failed device check, both pressed Join and nobody got in', () => {
    expect(
      recorded({ deviceCheck: 'camera:blocked microphone:pass', deviceCheckedAt: at(-5) }, 31),
    ).toMatchObject({ outcome: 'technical_failure', reason: 'device_failed', device: 'failed' })
    const pressed = { waitedFrom: at(-1), clinicianJoinedAt: at(0) }
    expect(recorded(pressed, 31).outcome).toBe('in_progress')
    expect(recorded(pressed, 95)).toMatchObject({ outcome: 'technical_failure', reason: 'nobody_got_in' })
  })

  test('cancelled, and no longer by video', () => {
    expect(recorded({ cancelled: true }, -60)).toMatchObject({ outcome: 'cancelled', reason: 'cancelled' })
    expect(recorded({ video: false }, -60)).toMatchObject({ outcome: 'cancelled', reason: 'not_video' })
  })

  test('what happened on the day that the visit was moved from says nothing of it', () => {
    const yesterday = { waitedFrom: at(-1440), clinicianJoinedAt: at(-1440), clinicianId: 'somebody' }
    const record = recorded(
      { ...yesterday, roster: rosterColumn([moved({ who: 'p', place: 'lobby', minute: -1441 })]) },
      31,
    )
    expect(record).toMatchObject({ outcome: 'no_show', reason: 'nobody_came', basis: 'planned' })
    expect(record).not.toHaveProperty('clinicianId')
  })
})

test('the most people at once, not the number of people', () => {
  const attendance = attended(
    [stay(true, 0, 20), stay(false, 1, 5), stay(false, 5, 20), stay(false, 6, 8)],
    20,
  )
  expect(recorded({ attendance }, 40).attendees).toBe(3)
})

test('a meeting that could not be made is a technical failure', () => {
  const row = visitRow({ sealedAppointment: 's', meetingFailure: 'graph_refused', meetingFailedAt: at(0) })
  expect(visitRecord(row, [], minutesFromStart(31))).toMatchObject({
    outcome: 'technical_failure',
    reason: 'meeting_not_made',
  })
})
