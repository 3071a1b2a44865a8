import type { Failure } from '../result.ts'
import type { NoticeRow } from '../store/rows.ts'
import type { Claimed } from './claim.ts'
import type { EmailFailure } from './email/send-email.ts'
import { type Later, secondsUntil } from './put-back.ts'
import type { SmsFailure } from './sms.ts'

export type SendFailure = SmsFailure | EmailFailure

/** A claimed notice with its row as it is to be written; `later` where it is not at its end. */
export type Outcome = Claimed & { readonly later?: Later }

/** Seconds until the next try where nobody said how long to wait. */
export const BACK_OFF = 30
/** Nobody is believed who asks for more than an hour. */
const LONGEST_WAIT = 3600

/**
 * Ends a notice that no request is made for now. One that an earlier try may have sent is unknown, whatever speaks
 * against sending it now. Pure.
 */
export function ended(
  { name, row }: Claimed,
  state: 'skipped' | 'expired' | 'undelivered',
  reason: string,
  now: Date,
): Outcome {
  const changedAt = now.toISOString()
  return row.firstSentAt === undefined
    ? { name, row: { ...row, state, reason, changedAt } }
    : { name, row: { ...row, state: 'unknown', reason: 'send_outcome_unknown', changedAt } }
}

/** Leaves a notice for a later message: it stays ours until that one is due, so that no copy comes before. Pure. */
export function left({ name, row }: Claimed, wait: number, because: string, now: Date): Outcome {
  const seconds = Math.min(Math.ceil(wait), LONGEST_WAIT)
  const leaseUntil = new Date(now.getTime() + seconds * 1000).toISOString()
  return {
    name,
    row: { ...row, leaseUntil, changedAt: now.toISOString() },
    later: { name, seconds, because },
  }
}

/** The same, until an instant that we chose ourselves; the message holds a place then where one was taken. Pure. */
export function leftUntil(
  { name, row }: Claimed,
  until: Date,
  because: string,
  now: Date,
  place?: Date,
): Outcome {
  return {
    name,
    row: { ...row, leaseUntil: until.toISOString(), changedAt: now.toISOString() },
    later: { name, seconds: secondsUntil(until, now), because, ...(place ? { place } : {}) },
  }
}

/**
 * What became of one request. Pure.
 * @param inDoubt whether an earlier request for the same notice may have been carried out. A refusal of this one then
 * says nothing about that one, and the start of the vendor's window stays where it was.
 */
export function settled(
  { name, row }: Claimed,
  result: { readonly ok: true } | { readonly ok: false; readonly failure: Failure<SendFailure> },
  inDoubt: boolean,
  now: Date,
): Outcome {
  const changedAt = now.toISOString()
  if (result.ok) return { name, row: { ...row, state: 'sent', changedAt } }
  const { code, retryAfterSeconds = BACK_OFF } = result.failure
  switch (code) {
    case 'sms_throttled':
    case 'sms_not_asked':
    case 'email_throttled':
    case 'email_not_asked':
      return left({ name, row: inDoubt ? row : unsent(row) }, retryAfterSeconds, code, now)
    case 'sms_outcome_unknown':
    case 'email_outcome_unknown':
      return left({ name, row }, retryAfterSeconds, code, now)
    default:
      return inDoubt
        ? { name, row: { ...row, state: 'unknown', reason: code, changedAt } }
        : { name, row: { ...row, state: 'undelivered', reason: code, changedAt } }
  }
}

/** The row of a notice that surely was not sent: free again, for whoever comes next. */
export function unsent<Row extends NoticeRow>(row: Row): Row {
  const { firstSentAt: _none, ...rest } = row
  return { ...rest, state: 'claimed' } as Row
}
