import type { Site } from '../sites/site.ts'
import type { NoticeRow, VisitRow } from '../store/rows.ts'
import { confirmationDue, type Owed } from './due.ts'
import { lateUntil } from './late-notice.ts'
import { type NoticeKind, type NoticeName, subjectOf } from './notice.ts'

/** So long after a holder's lease ran out no message seems to be on its way any more (it may wait in a long queue). */
const PATIENCE = 10 * 60_000

/**
 * A notice that somebody took up and nobody brought to an end: its message was lost or set aside as poison. It goes on
 * the queue once more, and whoever takes it decides: sent, unknown, or too late. Pure.
 * @param visit the visit's row beside the notice, where it still lies there.
 */
export function stuckNotice(
  name: Pick<NoticeName, 'visitKey' | 'version' | 'kind'>,
  row: NoticeRow,
  visit: VisitRow | undefined,
  texts: Site['texts'],
  now: Date,
): Owed | undefined {
  // Whoever sent a link by hand saw what became of it.
  if (name.kind.startsWith('link.')) return undefined
  if (row.state !== 'claimed' && row.state !== 'sending') return undefined
  const since = new Date(Date.parse(row.leaseUntil) + PATIENCE)
  if (since > now) return undefined
  const deadline = deadlineOf(name, visit, texts, now).toISOString()
  return { notice: { ...name, deadline }, since }
}

function deadlineOf(
  { visitKey, version, kind }: { visitKey: string; version: number; kind: NoticeKind },
  visit: VisitRow | undefined,
  texts: Site['texts'],
  now: Date,
): Date {
  // A notice of a version that is past, or of a visit that is elsewhere now, has nothing more to tell.
  if (visit?.version !== version) return now
  if (kind.startsWith('reminder.')) return new Date(visit.start)
  if (kind.startsWith('late.')) return lateUntil(visit, kind)
  const about = { ...texts, on: true }
  const owed = confirmationDue(visitKey, visit, about, { has: (other) => other !== subjectOf(kind) }, now)
  return owed ? new Date(owed.notice.deadline) : now
}
