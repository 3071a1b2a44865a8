import type { Site } from '../../sites/site.ts'
import type { VisitRow } from '../../store/rows.ts'
import { confirmationDue, type Owed, remindersOwed } from '../due.ts'
import { emailKind, type NoticeKind } from '../notice.ts'

type Taken = { readonly has: (kind: NoticeKind) => boolean }

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
  if (!emails.on) return undefined
  const has = (kind: NoticeKind) => taken.has(emailKind(kind))
  const owed = confirmationDue(visitKey, visit, { ...site.texts, on: true }, { has }, now)
  return owed && byEmail(owed)
}

/** What is to be sent or written about a visit's reminders by e-mail now; they rest at no hour. Pure. */
export function emailRemindersOwed(
  visitKey: string,
  visit: VisitRow,
  { texts, emails }: Pick<Site, 'texts' | 'emails'>,
  taken: Taken,
  now: Date,
): Owed[] {
  if (!emails?.on) return []
  const has = (kind: NoticeKind) => taken.has(emailKind(kind))
  return remindersOwed(visitKey, visit, { ...texts, on: true }, { has }, now).map(byEmail)
}

/** E-mails are about what texts are about; whether one went out says nothing of the other. */
function byEmail(owed: Owed): Owed {
  return { ...owed, notice: { ...owed.notice, kind: emailKind(owed.notice.kind as NoticeKind) } }
}
