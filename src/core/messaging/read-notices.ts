import type { NoticeRow, Row } from '../store/rows.ts'
import type { Stored, Table } from '../store/table.ts'
import { visitPartition } from '../visits/bay.ts'
import type { Visit } from '../visits/visit.ts'

export type VisitNotice = { readonly kind: string; readonly version: number; readonly row: NoticeRow }

/** What was told about a visit where its row lies, in the order of versions. */
export async function readNoticesOfVisit(
  table: Table<Row<'visits'>>,
  visit: Visit,
): Promise<(VisitNotice & { readonly row: Stored<NoticeRow> })[]> {
  const from = `n:${visit.visitKey}:`
  const found: (VisitNotice & { readonly row: Stored<NoticeRow> })[] = []
  const partition = visitPartition(visit.tenantId, visit.siteId, visit.bay)
  for await (const row of table.list(partition, { from, to: `${from}~` })) {
    const [version = '', kind = ''] = row.rowKey.slice(from.length).split(':')
    if (row.type === 'notice') found.push({ kind, version: Number(version), row })
  }
  return found.sort((a, b) => a.version - b.version || a.row.changedAt.localeCompare(b.row.changedAt))
}
