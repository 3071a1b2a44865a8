import type { Site } from '../sites/site.ts'
import type { NoticeRef } from '../store/messages.ts'
import type { VisitRow } from '../store/rows.ts'
import type { NoticeKind } from './notice.ts'

const MINUTE = 60_000

/** How long after its deadline a notice that nobody took up is still looked for, so that it ends as expired. */
const LATE_END = 6 * 60 * MINUTE

/** How long after it was cancelled a visit's cancellation is still worth telling, at least. */
const LATE_WORD = 12 * 60 * MINUTE

type Told = { readonly has: (kind: NoticeKind) => boolean }

/** A notice that a visit owes, and since when: what is owed and not taken up is queued again, ever less often. */
export type Owed = { readonly notice: NoticeRef; readonly since: Date }

/**
 * The confirmation that a visit's present version still owes, if any. Pure.
 * One that is past its deadline is still owed an end that staff can see: it expires.
 * @param taken which kinds of this very version have a notice row already.
 */
export function confirmationDue(
  visitKey: string,
  visit: VisitRow,
  texts: Site['texts'],
  taken: Told,
  now: Date,
): Owed | undefined {
  const { cause } = visit
  if (!texts.on || cause === 'baseline' || cause === 'untold') return undefined
  if (!texts.confirm[cause] || taken.has(cause)) return undefined
  const start = Date.parse(visit.start)
  const deadline =
    cause === 'booked' || cause === 'moved' ? start : Math.max(start, Date.parse(visit.since) + LATE_WORD)
  const since = Date.parse(visit.since)
  if (deadline <= since || deadline + LATE_END <= now.getTime()) return undefined
  return owed(visitKey, visit, cause, new Date(deadline), new Date(visit.since))
}

/**
 * The reminder that is due now, if any. Of several that are overdue (after an outage) only the latest still makes
 * sense; one whose time came before the visit was booked or moved is not owed: the confirmation said it all. One that
 * nobody took up before the visit began is still owed an end: it expires. Pure.
 */
export function reminderDue(
  visitKey: string,
  visit: VisitRow,
  texts: Site['texts'],
  taken: Told,
  now: Date,
): Owed | undefined {
  if (!texts.on || visit.cancelled || !visit.video) return undefined
  const start = Date.parse(visit.start)
  if (start + LATE_END <= now.getTime()) return undefined
  const due = texts.reminderMinutes
    .map((minutes, ordinal) => ({ at: start - minutes * MINUTE, kind: `reminder.${ordinal}` as NoticeKind }))
    .filter(({ at }) => at <= now.getTime())
    .sort((a, b) => b.at - a.at)[0]
  if (!due || due.at < Date.parse(visit.since) || taken.has(due.kind)) return undefined
  return owed(visitKey, visit, due.kind, new Date(start), new Date(due.at))
}

function owed(visitKey: string, visit: VisitRow, kind: NoticeKind, deadline: Date, since: Date): Owed {
  return { notice: { visitKey, version: visit.version, kind, deadline: deadline.toISOString() }, since }
}
