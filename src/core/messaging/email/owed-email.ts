import type { Site } from '../../sites/site.ts'
import type { VisitRow } from '../../store/rows.ts'
import { confirmationDue, type Owed, reminderDue } from '../due.ts'
import { emailKind, type NoticeKind } from '../notice.ts'

type Taken = { readonly has: (kind: NoticeKind) => boolean }
type Sort = typeof confirmationDue

/** The confirmation that a visit's present version still owes by e-mail, if any. Pure. */
export function emailConfirmationDue(
  visitKey: string,
  visit: VisitRow,
  site: Pick<Site, 'texts' | 'emails'>,
  taken: Taken,
  now: Date,
): Owed | undefined {
  const { emails } = site
  if (!emails || Date.parse(visit.since) < Date.parse(emails.since)) return undefined
  return byEmail(confirmationDue, visitKey, visit, site, taken, now)
}

/** The reminder that is due by e-mail now, if any. Pure. */
export function emailReminderDue(
  visitKey: string,
  visit: VisitRow,
  site: Pick<Site, 'texts' | 'emails'>,
  taken: Taken,
  now: Date,
): Owed | undefined {
  return byEmail(reminderDue, visitKey, visit, site, taken, now)
}

/** E-mails are about what texts are about; whether one went out says nothing of the other. */
function byEmail(
  due: Sort,
  visitKey: string,
  visit: VisitRow,
  { texts, emails }: Pick<Site, 'texts' | 'emails'>,
  taken: Taken,
  now: Date,
): Owed | undefined {
  if (!emails?.on) return undefined
  const has = (kind: NoticeKind) => taken.has(emailKind(kind))
  const owed = due(visitKey, visit, { ...texts, on: true }, { has }, now)
  const kind = owed && emailKind(owed.notice.kind as NoticeKind)
  return owed && kind && { ...owed, notice: { ...owed.notice, kind } }
}
