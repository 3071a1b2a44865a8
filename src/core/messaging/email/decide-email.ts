import { fail, ok, type Result } from '../../result.ts'
import { calendarUid } from '../../visits/calendar.ts'
import { textLanguage } from '../compose.ts'
import { type NoText, type NoticeInput, noticeStanding } from '../decide-text.ts'
import { type ComposedEmail, composeEmail, type EmailKind } from './compose-email.ts'

export type AddressedEmail = ComposedEmail & { readonly from: string; readonly to: string }

/**
 * The e-mail that a claimed notice becomes, from what the EHR says at this very moment, or why there is none. Pure.
 * @param host which the calendar entry's id is under.
 */
export function decideEmail(input: NoticeInput, host: string): Result<AddressedEmail, NoText> {
  const { site, name } = input
  if (!site.emails) throw new Error('a site without e-mail was about to send one')
  const standing = noticeStanding(input)
  if (!standing.ok) return standing
  const { visit, patient, subject, link, start, minutes } = standing.value
  const [to] = patient.emails ?? []
  if (to === undefined) return fail('email_missing')
  const from = site.emails.sender
  const composed = composeEmail({
    kind: (subject.startsWith('reminder.') ? 'reminder' : subject) as EmailKind,
    language: textLanguage(patient.language, site.texts.defaultLanguage),
    start,
    minutes,
    timeZone: site.timeZone,
    link,
    clinicName: site.clinicName,
    clinicPhone: site.patientPhone,
    from,
    to,
    uid: calendarUid(name.visitKey, host),
    sequence: name.version,
    since: new Date(visit.since),
  })
  return ok({ ...composed, from, to })
}
