import type { Appointment } from '../ehr/appointment.ts'
import type { Patient } from '../ehr/patient.ts'
import { fail, ok, type Result } from '../result.ts'
import type { Site } from '../sites/site.ts'
import type { VisitRow } from '../store/rows.ts'
import { composeText, textLanguage } from './compose.ts'
import type { NoticeName } from './notice.ts'
import { type PhoneFailure, textNumber } from './phone.ts'

export type NoText =
  | PhoneFailure
  | 'deadline_passed'
  | 'visit_gone'
  | 'superseded'
  | 'changed_since'
  | 'patient_gone'
  | 'patient_deceased'
  | 'reminders_unwanted'

/**
 * The text that a claimed notice becomes, from what the EHR says at this very moment, or why there is none. Pure.
 * A notice of another version than the visit's, or about an appointment that changed again, stays silent: the next
 * sweep makes the notice that tells the present state.
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
  if (!visit || !appointment || link === undefined) return fail('visit_gone')
  if (visit.version !== name.version) return fail('superseded')
  if (!isStillTrue(name, visit, appointment)) return fail('changed_since')
  if (!patient?.active) return fail('patient_gone')
  if (patient.deceased) return fail('patient_deceased')
  if (name.kind.startsWith('reminder.') && !patient.wantsReminders) return fail('reminders_unwanted')
  const to = textNumber(patient.phones, site.texts.countries)
  if (!to.ok) return to
  const body = composeText({
    kind: name.kind,
    start: appointment.start,
    timeZone: site.timeZone,
    language: textLanguage(patient.language, site.texts.defaultLanguage),
    link,
  })
  return ok({ to: to.value, body })
}

function isStillTrue({ kind }: NoticeName, visit: VisitRow, appointment: Appointment): boolean {
  if (appointment.start.toISOString() !== visit.start || appointment.over) return false
  if (kind === 'cancelled') return appointment.cancelled
  if (kind === 'not_video') return !appointment.cancelled && !appointment.video
  return !appointment.cancelled && appointment.video
}
