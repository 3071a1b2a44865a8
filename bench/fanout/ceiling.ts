import { randomUUID } from 'node:crypto'
import { inParallel } from '../../src/core/messaging/in-parallel.ts'
import type { Store } from '../../src/core/store/store.ts'

/** What the storage emulator does at most in this run: plain inserts of small rows, sixteen at once. A second. */
export async function ceiling({ tables }: Store): Promise<number> {
  const partitionKey = randomUUID()
  const rows = Array.from({ length: 800 }, (_, n) => ({
    partitionKey,
    rowKey: String(n),
    schema: 1 as const,
    until: '2031-03-04T12:00:00.000Z',
  }))
  const began = performance.now()
  await inParallel(rows, 16, (row) => tables.consumed.insert(row))
  return rows.length / ((performance.now() - began) / 1000)
}
