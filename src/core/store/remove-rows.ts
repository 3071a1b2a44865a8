import type { RowKeys, Table } from './table.ts'

/** A transaction takes at most 100 rows of one partition ("Performing entity group transactions"). */
const MOST = 100

/** Removes rows, partition by partition; one that is gone already is no failure. @returns how many there were. */
export async function removeRows<Row>(
  table: Table<Row>,
  rows: AsyncIterable<RowKeys> | Iterable<RowKeys>,
): Promise<number> {
  let removed = 0
  let batch: RowKeys[] = []
  const flush = async () => {
    const done = await table.transact(batch.map((row) => ({ kind: 'remove', row })))
    if (!done.ok) for (const row of batch) await table.remove(row)
    removed += batch.length
    batch = []
  }
  for await (const row of rows) {
    const other = batch[0] !== undefined && batch[0].partitionKey !== row.partitionKey
    if (other || batch.length === MOST) await flush()
    batch.push(row)
  }
  if (batch.length > 0) await flush()
  return removed
}
