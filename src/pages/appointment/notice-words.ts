import { durationWords } from '../words/duration.ts'
import type { NoticeLine } from './model.ts'

const KINDS: Readonly<Record<string, string>> = {
  booked: 'Confirmation',
  moved: 'New time',
  cancelled: 'Cancellation',
  not_video: 'No longer by video',
}

/** State of a notice -> what a clinician reads, and how much it should catch the eye. */
const STATES: Readonly<Record<string, Pick<NoticeLine, 'status' | 'tone'>>> = {
  claimed: { status: 'being sent', tone: 'info' },
  sending: { status: 'being sent', tone: 'info' },
  sent: { status: 'sent', tone: 'info' },
  delivered: { status: 'delivered', tone: 'success' },
  undelivered: { status: 'not delivered', tone: 'error' },
  unknown: { status: 'not known whether it arrived', tone: 'warning' },
  skipped: { status: 'not sent', tone: 'warning' },
  expired: { status: 'too late to send', tone: 'warning' },
}

const REASONS: Readonly<Record<string, string>> = {
  texts_off: 'texts are switched off',
  emails_off: 'e-mails are switched off',
  daily_cap: 'the number got as many texts as it may get in a day',
  prefix_cap: 'numbers like this one got too many texts today',
  tenant_cap: 'the organization sent as many texts as it may send in a day',
  no_report: 'the carrier sent no report within a day',
  pace_full: 'too many messages were before it',
  quiet_hours: 'it would have come at night',
  deadline_passed: 'its time had passed',
  too_near: 'the visit was booked or moved later than that',
  in_past: 'the visit had begun by then',
  guardian_missing: 'under age, and the chart has no number or address of a guardian',
  minor_nobody: 'under age, and the clinic tells nobody then',
  later_reminder: 'a later reminder took its place',
  visit_over: 'the visit is over',
  visit_gone: 'the visit is no longer known here',
  appointment_gone: 'the appointment is no longer in the EHR',
  send_outcome_unknown: 'the service did not answer',
  carrier: 'the carrier did not deliver it',
  carrier_5002: 'the carrier sent no report',
  carrier_9999: 'the carrier gave no reason',
  opted_out: 'the patient answered STOP',
  reminders_unwanted: 'the patient wants no reminders',
  phone_missing: 'no phone number in the chart',
  phone_invalid: 'the phone number in the chart is not valid',
  email_missing: 'no e-mail address in the chart',
  email_refused: 'the address or the sender was refused',
  email_bounced: 'there is no such mailbox',
  email_suppressed: 'the mailbox refused an e-mail before',
  email_quarantined: 'the mailbox holds it back',
  email_filtered: 'the mailbox took it for spam',
  email_failed: 'the mailbox did not take it',
  phone_country: 'the phone number is of another country',
  patient_deceased: 'the chart says deceased',
  patient_gone: 'the chart was merged or closed',
  superseded: 'the appointment changed since',
  changed_since: 'the appointment changed since',
  sms_recipient_refused: 'the number was refused',
  sms_request_refused: 'the sender is not set up',
  carrier_4001: 'the number is not valid',
  carrier_4002: 'the number is not valid',
  carrier_4000: 'the carrier took it for fraud',
  carrier_4003: 'the number takes no texts, as landlines do not',
  carrier_4004: 'the number does not exist',
  carrier_4005: 'the carrier blocked it',
  carrier_4006: 'the phone could not be reached',
  carrier_4007: 'the patient answered STOP',
  carrier_4008: 'the sending number sent as much as it may',
  carrier_4010: 'the sending number is not verified',
  carrier_4020: 'the carrier takes no more texts today',
  carrier_5000: 'the service failed',
  carrier_5001: 'the service was out for a while',
}

/** Why a notice was skipped, expired or not delivered, in words; undefined for a code that is not known. */
export function noticeReason(reason: string): string | undefined {
  return REASONS[reason]
}

/** Left out by plan: nobody is missed, and nothing is to be done. */
const PLANNED = new Set(['too_near', 'later_reminder', 'in_past'])

/**
 * A notice in words: `Reminder, 1 day before`, `Not delivered: the number does not exist`.
 * @param reminderMinutes the site's lead times of now, by the reminders' ordinals: a notice keeps no other name.
 */
export function noticeWords(
  kind: string,
  state: string,
  reason: string | undefined,
  reminderMinutes: readonly number[] = [],
): Omit<NoticeLine, 'at'> {
  const { status, tone } = STATES[state] ?? { status: state, tone: 'info' as const }
  const why = reason === undefined ? undefined : REASONS[reason]
  const words = why ? `${status}: ${why}` : status
  const [subject = '', channel] = kind.split('@')
  return {
    kind: subjectWords(subject, channel === 'email' ? ' by e-mail' : '', reminderMinutes),
    status: words.charAt(0).toUpperCase() + words.slice(1),
    tone: PLANNED.has(reason ?? '') ? 'info' : tone,
  }
}

function subjectWords(subject: string, way: string, reminderMinutes: readonly number[]): string {
  const [kind, which] = subject.split('.')
  if (kind === 'reminder') {
    const lead = reminderMinutes[Number(which)]
    return `Reminder${way}${lead === undefined ? '' : `, ${durationWords(lead, 'en')} before`}`
  }
  return `${kind === 'late' ? `Running late by ${which} minutes` : (KINDS[subject] ?? subject)}${way}`
}
