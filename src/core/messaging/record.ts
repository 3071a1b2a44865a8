import type { NoticeRow, NoticeState, Row } from '../store/rows.ts'
import type { Stored, Table } from '../store/table.ts'
import { type Claimed, readNotices } from './claim.ts'

/**
 * What may follow each state. States only move forward, with one exception: a send that the vendor surely did not take
 * is free again. A report may overtake the record of its send, and may come after nobody expected one any more.
 */
const NEXT: Readonly<Record<NoticeState, readonly NoticeState[]>> = {
  claimed: ['sending', 'unknown', 'skipped', 'expired', 'undelivered', 'delivered'],
  sending: ['claimed', 'sent', 'unknown', 'undelivered', 'delivered'],
  sent: ['unknown', 'undelivered', 'delivered'],
  unknown: ['undelivered', 'delivered'],
  undelivered: ['delivered'],
  skipped: [],
  expired: [],
  delivered: [],
}

/** Whether a row in state `from` may become one in state `to`. */
export function mayBecome(from: NoticeState, to: NoticeState): boolean {
  return NEXT[from].includes(to)
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
