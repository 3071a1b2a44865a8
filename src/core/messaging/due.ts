import type { Site } from '../sites/site.ts'
import type { NoticeRef } from '../store/messages.ts'
import type { VisitRow } from '../store/rows.ts'
import type { NoticeKind } from './notice.ts'
import { quietSince } from './quiet-hours.ts'

const MINUTE = 60_000

/** How long after its deadline a notice that nobody took up is still looked for, so that it ends as expired. */
const LATE_END = 6 * 60 * MINUTE

/** How long after it was cancelled a visit's cancellation is still worth telling, at least. */
const LATE_WORD = 12 * 60 * MINUTE

type Told = { readonly has: (kind: NoticeKind) => boolean }

/** A notice that a visit owes, and since when: what is owed and not taken up is queued again, ever less often. */
export type Owed = { readonly notice: NoticeRef; readonly since: Date }

/** From when until when a notice is owed. */
export function spanOf({ notice, since }: Owed): { since: Date; deadline: Date } {
  return { since, deadline: new Date(notice.deadline) }
}

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
  if (deadline + LATE_END <= now.getTime()) return undefined
  const due = owed(visitKey, visit, cause, new Date(deadline), new Date(visit.since))
  return deadline <= since ? skipped(due, 'in_past') : due
}

/** So long before the quiet hours a reminder is due that would fall into them. */
const BEFORE_NIGHT = 30 * MINUTE

/** A reminder, when it should go out by its lead time, and when it does. */
type Planned = { readonly kind: NoticeKind; readonly planned: Date; readonly at: Date }

/**
 * When a visit's reminders are due. One that would fall into the site's quiet hours comes before them, since a lead time
 * is the least that was promised; unless the visit was booked later than that: then it waits for the morning, or expires.
 * @param timeZone of the quiet hours; undefined where there are none (e-mails).
 */
function plan(visit: VisitRow, texts: Site['texts'], timeZone: string | undefined): Planned[] {
  return texts.reminderMinutes.map((minutes, ordinal) => {
    const planned = new Date(Date.parse(visit.start) - minutes * MINUTE)
    const night = timeZone === undefined ? undefined : quietSince(planned, timeZone, texts.quietHours)
    const evening = night && new Date(night.getTime() - BEFORE_NIGHT)
    const at = evening && evening.getTime() > Date.parse(visit.since) ? evening : planned
    return { kind: `reminder.${ordinal}` as NoticeKind, planned, at }
  })
}

/**
 * What is to be said or written about a visit's reminders now. Of several that are overdue (after an outage) only the latest
 * still makes sense; the others are passed over, and so is one whose time came before the visit was booked or moved: the
 * confirmation said it all. One that nobody took up before the visit began is still owed an end: it expires. Pure.
 */
export function remindersOwed(
  visitKey: string,
  visit: VisitRow,
  texts: Site['texts'],
  taken: Told,
  now: Date,
  timeZone?: string,
): Owed[] {
  if (!texts.on || visit.cancelled || !visit.video) return []
  const start = new Date(visit.start)
  if (start.getTime() + LATE_END <= now.getTime()) return []
  const since = new Date(visit.since)
  const due = plan(visit, texts, timeZone)
    .filter(({ at }) => at <= now)
    .sort((a, b) => b.planned.getTime() - a.planned.getTime())
  const [latest] = due
  return due.flatMap((one): Owed[] => {
    if (taken.has(one.kind)) return []
    if (one.planned < since) return [skipped(owed(visitKey, visit, one.kind, start, since), 'too_near')]
    if (one === latest) return [owed(visitKey, visit, one.kind, start, one.at)]
    return [skipped(owed(visitKey, visit, one.kind, start, latest?.at ?? one.at), 'later_reminder')]
  })
}

/** The reminder that is to be sent now, if any. Pure. */
export function reminderDue(...of: Parameters<typeof remindersOwed>): Owed | undefined {
  return remindersOwed(...of).find(({ notice }) => notice.skip === undefined)
}

function skipped({ notice, since }: Owed, skip: NonNullable<NoticeRef['skip']>): Owed {
  return { notice: { ...notice, skip }, since }
}

function owed(visitKey: string, visit: VisitRow, kind: NoticeKind, deadline: Date, since: Date): Owed {
  return { notice: { visitKey, version: visit.version, kind, deadline: deadline.toISOString() }, since }
}
