import type { Appointment } from '../ehr/appointment.ts'
import type { Patient } from '../ehr/patient.ts'
import { fail, ok, type Result } from '../result.ts'
import type { Site } from '../sites/site.ts'
import type { VisitRow } from '../store/rows.ts'
import { composeText, textLanguage } from './compose.ts'
import { reminderDue } from './due.ts'
import type { NoticeName } from './notice.ts'
import { type PhoneFailure, textNumber } from './phone.ts'

export type NoText =
  | PhoneFailure
  | 'deadline_passed'
  | 'visit_gone'
  | 'superseded'
  /** The EHR says something that no sweep has seen yet: look again, then the visit's version tells what to do. */
  | 'changed_since'
  /** Deleted in the EHR: with it went who the patient is. */
  | 'appointment_gone'
  | 'visit_over'
  | 'later_reminder'
  | 'patient_gone'
  | 'patient_deceased'
  | 'reminders_unwanted'

/**
 * The text that a claimed notice becomes, from what the EHR says at this very moment, or why there is none. Pure.
 * A notice of another version than the visit's stays silent: the sweep that raised it made the notice that tells the
 * present state.
 */
export function decideText(input: {
  name: NoticeName
  visit: VisitRow | undefined
  appointment: Appointment | undefined
  patient: Patient | undefined
  link: string | undefined
  deadline: Date
  site: Site
  now: Date
}): Result<{ to: string; body: string }, NoText> {
  const { name, visit, appointment, patient, link, site, now } = input
  if (input.deadline <= now) return fail('deadline_passed')
  if (!visit || link === undefined) return fail('visit_gone')
  if (visit.version !== name.version) return fail('superseded')
  if (!appointment) return fail(visit.cancelled ? 'appointment_gone' : 'changed_since')
  if (appointment.over) return fail('visit_over')
  if (!isStillTrue(name, visit, appointment)) return fail('changed_since')
  if (!patient?.active) return fail('patient_gone')
  if (patient.deceased) return fail('patient_deceased')
  if (name.kind.startsWith('reminder.')) {
    if (!patient.wantsReminders) return fail('reminders_unwanted')
    // Two reminders that waited for the same morning: one is enough.
    const latest = reminderDue(name.visitKey, visit, site.texts, { has: () => false }, now)
    if (latest && latest.notice.kind !== name.kind) return fail('later_reminder')
  }
  const to = textNumber(patient.phones, site.texts.countries)
  if (!to.ok) return to
  const body = composeText({
    kind: name.kind,
    // What is off is known to the patient by the time that they were told, wherever the EHR put it since.
    start: name.kind === 'cancelled' ? new Date(visit.start) : appointment.start,
    timeZone: site.timeZone,
    language: textLanguage(patient.language, site.texts.defaultLanguage),
    link,
  })
  return ok({ to: to.value, body })
}

function isStillTrue({ kind }: NoticeName, visit: VisitRow, appointment: Appointment): boolean {
  if (kind === 'cancelled') return appointment.cancelled
  if (kind === 'not_video') return !appointment.cancelled && !appointment.video
  return !appointment.cancelled && appointment.video && appointment.start.toISOString() === visit.start
}
