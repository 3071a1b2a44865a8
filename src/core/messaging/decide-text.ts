import type { Appointment } from '../ehr/appointment.ts'
import type { Guardian } from '../ehr/guardian.ts'
import type { Patient } from '../ehr/patient.ts'
import { fail, ok, type Result } from '../result.ts'
import { isOneWay } from '../senders/sender.ts'
import type { Site } from '../sites/site.ts'
import type { VisitRow } from '../store/rows.ts'
import { lateMinutes } from '../visits/late.ts'
import { composeText, ownLead, textLanguage } from './compose.ts'
import { reminderDue } from './due.ts'
import { lateUntil, minutesLate } from './late-notice.ts'
import { isEmail, type NoticeName, type Subject, subjectOf } from './notice.ts'
import { type PhoneFailure, textNumber } from './phone.ts'
import { type RecipientFailure, recipientOf } from './recipient.ts'

export type NoText =
  | PhoneFailure
  | RecipientFailure
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
  | 'email_missing'

export type NoticeInput = {
  readonly name: NoticeName
  readonly visit: VisitRow | undefined
  readonly appointment: Appointment | undefined
  readonly patient: Patient | undefined
  /** Guardians that the EHR has as resources of their own, where it was asked for them. */
  readonly related?: Guardian | undefined
  readonly link: string | undefined
  readonly deadline: Date
  readonly site: Site
  readonly now: Date
}

/** What there is to tell, and to whom. */
export type Standing = {
  readonly visit: VisitRow
  /** With the numbers and addresses of whoever is told: of one who is under age, the guardian's. */
  readonly patient: Patient
  readonly link: string
  readonly subject: Subject
  /** What is off is known to the patient by the time that they were told, wherever the EHR put it since. */
  readonly start: Date
  readonly minutes: number
}

/**
 * The text that a claimed notice becomes, from what the EHR says at this very moment, or why there is none. Pure.
 * A notice of another version than the visit's, or of what that no longer stands for, stays silent: the sweep that wrote
 * it made the notice that tells the present state.
 */
export function decideText(input: NoticeInput): Result<{ to: string; body: string }, NoText> {
  const { site, name } = input
  if (isEmail(name.kind)) throw new Error('a notice by e-mail came to the texts')
  const standing = noticeStanding(input)
  if (!standing.ok) return standing
  const { patient, subject: kind, start, link } = standing.value
  const to = textNumber(patient.phones, site.texts.countries)
  if (!to.ok) return to
  const { texts, timeZone } = site
  const language = textLanguage(patient.language, texts.defaultLanguage, texts.languages)
  const body = composeText({
    kind,
    start,
    timeZone,
    language,
    link,
    lead: ownLead(texts.wording, language, kind),
    clinicName: texts.nameClinic ? site.clinicName : undefined,
    oneWay: isOneWay(texts.sender),
  })
  return ok({ to: to.value, body })
}

/** Whether a notice is still to be told, by text or by e-mail, or why it is not. Pure. */
export function noticeStanding(input: NoticeInput): Result<Standing, NoText> {
  const { name, visit, appointment, patient, link, site, now } = input
  const subject = subjectOf(name.kind)
  if (input.deadline <= now) return fail('deadline_passed')
  if (!visit || link === undefined) return fail('visit_gone')
  if (visit.version !== name.version || !isOfCause(subject, visit)) return fail('superseded')
  if (!appointment) return fail(visit.cancelled ? 'appointment_gone' : 'changed_since')
  if (appointment.over) return fail('visit_over')
  if (!isStillTrue(subject, visit, appointment)) return fail('changed_since')
  if (!patient?.active) return fail('patient_gone')
  if (patient.deceased) return fail('patient_deceased')
  if (subject.startsWith('reminder.')) {
    if (!patient.wantsReminders) return fail('reminders_unwanted')
    // Two reminders that waited for the same morning: one is enough.
    const texts = { ...site.texts, on: true }
    // E-mails rest at no hour: their reminders come at their own time.
    const zone = isEmail(name.kind) ? undefined : site.timeZone
    const latest = reminderDue(name.visitKey, visit, texts, { has: () => false }, now, zone)
    if (latest && latest.notice.kind !== subject) return fail('later_reminder')
  }
  const recipient = recipientOf(patient, site, input.related, now)
  if (!recipient.ok) return recipient
  const start = startToTell(subject, visit, appointment)
  return ok({ visit, patient: recipient.value, link, subject, start, minutes: appointment.minutes })
}

/** What is off is told by the time that the patient knows; a delay by the time that is expected now. */
function startToTell(subject: Subject, visit: VisitRow, appointment: Appointment): Date {
  if (subject === 'cancelled') return new Date(visit.start)
  return minutesLate(subject) === undefined ? appointment.start : lateUntil(visit, subject)
}

/** A confirmation tells what the version came from; that may be silenced, or be another thing before anybody was told. */
function isOfCause(subject: Subject, visit: VisitRow): boolean {
  const late = minutesLate(subject)
  // A delay that was changed or taken back since has its own notice, or none.
  if (late !== undefined) return lateMinutes(visit) === late
  return subject.startsWith('reminder.') || subject === visit.cause
}

function isStillTrue(kind: Subject, visit: VisitRow, appointment: Appointment): boolean {
  if (kind === 'cancelled') return appointment.cancelled
  if (kind === 'not_video') return !appointment.cancelled && !appointment.video
  return !appointment.cancelled && appointment.video && appointment.start.toISOString() === visit.start
}
