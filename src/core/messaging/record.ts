import type { NoticeRow, NoticeState, Row } from '../store/rows.ts'
import type { Stored, Table } from '../store/table.ts'
import { type Claimed, readNotices } from './claim.ts'

/** How far each state is; a receipt may come before its record, and a state never goes back. */
const RANK: Readonly<Record<NoticeState, number>> = {
  claimed: 0,
  sending: 1,
  unknown: 2,
  sent: 3,
  skipped: 4,
  expired: 4,
  undelivered: 5,
  delivered: 6,
}

/** Whether a row in state `from` may become `to`. A throttled send goes back to claimed: surely nothing was sent. */
export function mayBecome(from: NoticeState, to: NoticeState): boolean {
  return RANK[to] >= RANK[from] || (from === 'sending' && to === 'claimed')
}

/**
 * Writes the rows of one site-day in one transaction, each over the version that was read. Where one was changed by
 * somebody else (a receipt was faster), the rest is written one by one.
 * @returns the rows that were written, as they are stored now.
 */
export async function recordOutcomes<T extends Claimed>(
  table: Table<Row<'visits'>>,
  outcomes: readonly T[],
): Promise<Map<T, Stored<NoticeRow>>> {
  const written = new Map<T, Stored<NoticeRow>>()
  const [first] = outcomes
  if (!first) return written
  const all = await table.transact(outcomes.map(({ row }) => ({ kind: 'replace' as const, row })))
  const mine = new Set<T>()
  for (const outcome of outcomes) if (all.ok || (await table.replace(outcome.row)).ok) mine.add(outcome)
  const names = [...mine].map(({ name }) => name)
  const rows = await readNotices(table, first.row.partitionKey, names)
  for (const outcome of mine) {
    const row = rows.get(outcome.row.rowKey)
    if (row?.claimId === outcome.row.claimId) written.set(outcome, row)
  }
  return written
}
