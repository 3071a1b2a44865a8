import type { NoticeRow, Row } from '../store/rows.ts'
import type { Stored, Table } from '../store/table.ts'
import { visitPartition } from '../visits/bay.ts'
import { type Visit, visitRowKey } from '../visits/visit.ts'
import { type NoticeName, noticeRowKey } from './notice.ts'

type Visits = Table<Row<'visits'>>

/** Fewer than this are read one by one: a range over a whole bay is long. */
const FEW = 4

/** The notice rows of names of one bay, by row key. */
export async function readNotices(
  table: Visits,
  names: readonly NoticeName[],
): Promise<Map<string, Stored<NoticeRow>>> {
  const rows = await readRows(table, names, noticeRowKey)
  return new Map(rows.flatMap((row) => (row.type === 'notice' ? [[row.rowKey, row]] : [])))
}

/** The visits of these names that lie beside the notices, by visit key. */
export async function readVisits(table: Visits, names: readonly NoticeName[]): Promise<Map<string, Visit>> {
  const rows = await readRows(table, names, ({ visitKey }) => visitRowKey(visitKey))
  const found = new Map(rows.map((row) => [row.rowKey, row]))
  return new Map(
    names.flatMap(({ tenantId, siteId, bay, visitKey }) => {
      const row = found.get(visitRowKey(visitKey))
      return row?.type === 'visit' ? [[visitKey, { tenantId, siteId, bay, visitKey, row }]] : []
    }),
  )
}

/** One range query: what belongs together in a message lies close together in its partition. */
async function readRows(
  table: Visits,
  names: readonly NoticeName[],
  keyOf: (name: NoticeName) => string,
): Promise<Stored<Row<'visits'>>[]> {
  const [any] = names
  if (!any) return []
  const partition = visitPartition(any.tenantId, any.siteId, any.bay)
  const wanted = [...new Set(names.map(keyOf))].sort()
  if (wanted.length < FEW)
    return (await Promise.all(wanted.map((key) => table.get(partition, key)))).filter(
      (row) => row !== undefined,
    )
  const keys = new Set(wanted)
  const found: Stored<Row<'visits'>>[] = []
  const range = { from: wanted[0] ?? '', to: `${wanted.at(-1)}\u0001` }
  for await (const row of table.list(partition, range)) if (keys.has(row.rowKey)) found.push(row)
  return found
}
