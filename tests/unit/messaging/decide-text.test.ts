import { describe, expect, test } from 'vitest'
import type { Appointment } from '../../../src/core/ehr/appointment.ts'
import type { Patient } from '../../../src/core/ehr/patient.ts'
import { decideText } from '../../../src/core/messaging/decide-text.ts'
import type { NoticeKind } from '../../../src/core/messaging/notice.ts'
import type { VisitRow } from '../../../src/core/store/rows.ts'
import { appointmentWith, patientWith, siteWith, VISIT_KEY, visitWith } from './clinic.fixture.ts'

type Case = {
  kind?: NoticeKind
  version?: number
  visit?: Partial<VisitRow> | undefined
  appointment?: Partial<Appointment> | undefined
  patient?: Partial<Patient> | undefined
  link?: string | undefined
  deadline?: string
  now?: string
}

function decide(given: Case = {}) {
  const {
    kind = 'booked',
    version = 1,
    deadline = '2026-11-24T16:30:00Z',
    now = '2026-11-22T10:01:00Z',
  } = given
  const absent = (key: keyof Case) => key in given && given[key] === undefined
  return decideText({
    name: { tenantId: 't', siteId: 's', bay: '2026-11-24|family', visitKey: VISIT_KEY, version, kind },
    visit: absent('visit') ? undefined : visitWith(given.visit),
    appointment: absent('appointment') ? undefined : appointmentWith(given.appointment),
    patient: absent('patient') ? undefined : patientWith(given.patient),
    link: absent('link') ? undefined : 'https://v.example.org/v/token',
    deadline: new Date(deadline),
    site: siteWith({ reminderMinutes: [1440, 60] }),
    now: new Date(now),
  })
}
const codeOf = (given: Case) => {
  const decided = decide(given)
  return decided.ok ? 'a text' : decided.failure.code
}

describe('a notice becomes a text', () => {
  test('to the number of the patient, in their language, with the time of the appointment', () => {
    expect(decide({ patient: { language: 'es', phones: ['(816) 555-0102'] } })).toEqual({
      ok: true,
      value: {
        to: '+18165550102',
        body: 'Cita por video: mar, 24 de nov, 10:30 a.m. CST. Entre: https://v.example.org/v/token Baja: responda STOP.',
      },
    })
  })

  test('about a cancelled visit: by the time that the patient knows, wherever the EHR put it since', () => {
    const visit = { cause: 'cancelled' as const, cancelled: true }
    const appointment = { cancelled: true, start: new Date('2026-12-01T20:00:00Z') }
    const decided = decide({ kind: 'cancelled', visit, appointment })
    expect(decided.ok && decided.value.body).toContain('Tue, Nov 24, 10:30 AM CST')
  })

  test('about a visit that is no longer by video: by the time that holds now', () => {
    const visit = { cause: 'not_video' as const, video: false }
    const appointment = { video: false, start: new Date('2026-12-01T20:00:00Z') }
    const decided = decide({ kind: 'not_video', visit, appointment })
    expect(decided.ok && decided.value.body).toContain('Tue, Dec 1, 2:00 PM CST')
  })
})

describe('a notice stays silent', () => {
  test.each<[string, Case, string]>([
    ['after its deadline', { now: '2026-11-24T16:30:00Z' }, 'deadline_passed'],
    ['without a visit', { visit: undefined }, 'visit_gone'],
    ['without a link', { link: undefined }, 'visit_gone'],
    ['when the visit is another version', { visit: { version: 2 } }, 'superseded'],
    ['when the visit is an older version', { version: 2 }, 'superseded'],
    ['when texts began anew', { visit: { cause: 'baseline' } }, 'superseded'],
    ['when the visit stands for something else', { kind: 'moved' }, 'superseded'],
    [
      'when the appointment moved since',
      { appointment: { start: new Date('2026-11-24T17:00:00Z') } },
      'changed_since',
    ],
    ['when it was cancelled since', { appointment: { cancelled: true } }, 'changed_since'],
    ['when it is no longer by video since', { appointment: { video: false } }, 'changed_since'],
    ['when it vanished since', { appointment: undefined }, 'changed_since'],
    ['when it took place', { appointment: { over: true } }, 'visit_over'],
    ['without a patient', { patient: undefined }, 'patient_gone'],
    ['when the chart was merged', { patient: { active: false } }, 'patient_gone'],
    ['when the patient died', { patient: { deceased: true } }, 'patient_deceased'],
    ['without a number', { patient: { phones: [] } }, 'phone_missing'],
    ['with a number that is none', { patient: { phones: ['none'] } }, 'phone_invalid'],
    ['with a number of another country', { patient: { phones: ['+44 7400 123456'] } }, 'phone_country'],
  ])('%s', (_name, given, code) => expect(codeOf(given)).toBe(code))

  test('about a deleted appointment: who the patient is went with it', () => {
    const visit = { cause: 'cancelled' as const, cancelled: true }
    expect(codeOf({ kind: 'cancelled', visit, appointment: undefined })).toBe('appointment_gone')
  })

  test('about a cancellation that was taken back', () => {
    const visit = { cause: 'cancelled' as const, cancelled: true }
    expect(codeOf({ kind: 'cancelled', visit })).toBe('changed_since')
    expect(codeOf({ kind: 'not_video', visit: { cause: 'not_video', video: false } })).toBe('changed_since')
    expect(
      codeOf({
        kind: 'not_video',
        visit: { cause: 'not_video', video: false },
        appointment: { cancelled: true },
      }),
    ).toBe('changed_since')
  })
})

describe('a reminder', () => {
  const now = '2026-11-24T15:45:00Z'

  test('goes to patients who want reminders only; a confirmation goes to all', () => {
    const patient = { wantsReminders: false }
    expect(codeOf({ kind: 'reminder.1', now, patient })).toBe('reminders_unwanted')
    expect(codeOf({ kind: 'booked', now, patient })).toBe('a text')
  })

  test('gives way to a later one that waited for the same morning', () => {
    expect(codeOf({ kind: 'reminder.0', now })).toBe('later_reminder')
    expect(codeOf({ kind: 'reminder.1', now })).toBe('a text')
    expect(codeOf({ kind: 'reminder.0', now: '2026-11-23T17:00:00Z' })).toBe('a text')
  })

  test('of a visit that moved is one of another version', () => {
    expect(codeOf({ kind: 'reminder.1', now, visit: { version: 2 } })).toBe('superseded')
  })
})
