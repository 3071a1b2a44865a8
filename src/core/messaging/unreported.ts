import type { NoticeRow, Row } from '../store/rows.ts'
import type { Stored, Table } from '../store/table.ts'

/** So long after a send somebody should have said what became of it: carriers report within a day, or never. */
const PATIENCE = 24 * 60 * 60_000

/** A notice that was sent and never heard of again: nobody knows whether it arrived. Pure. */
export function unreported(row: NoticeRow, now: Date): NoticeRow | undefined {
  if (row.state !== 'sent' || Date.parse(row.changedAt) + PATIENCE > now.getTime()) return undefined
  return { ...row, state: 'unknown', reason: 'no_report', changedAt: now.toISOString() }
}

/** Writes it down, over the very version that was read: a report that comes at this moment wins. @returns how many. */
export async function settleUnreported(
  table: Table<Row<'visits'>>,
  rows: Iterable<Stored<NoticeRow>>,
  now: Date,
): Promise<number> {
  let settled = 0
  for (const row of rows) {
    const next = unreported(row, now)
    if (!next) continue
    const { partitionKey, rowKey, etag } = row
    if ((await table.replace({ ...next, partitionKey, rowKey, etag })).ok) settled++
  }
  return settled
}
