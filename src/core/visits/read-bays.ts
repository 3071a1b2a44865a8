import type { NoticeRow, VisitRow } from '../store/rows.ts'
import type { Store } from '../store/store.ts'
import { type Bay, bayOfPartition } from './bay.ts'
import { type BayRange, bayPartitions } from './bay-range.ts'
import { visitKeyOf } from './visit.ts'

/** What lies in one bay: visits by their keys, and the row keys of the notices about them. */
export type BayRows = {
  readonly bay: Bay
  readonly visits: readonly (readonly [visitKey: string, row: VisitRow])[]
  readonly notices: ReadonlySet<string>
}

/**
 * The bays of a site's UTC day one after the other, those of departments that nobody knows any more too. One bay is held
 * in memory at a time, whatever the size of the site.
 */
export async function* readBays(
  { tables }: Pick<Store, 'tables'>,
  site: { readonly tenantId: string; readonly siteId: string },
  day: string,
  range?: BayRange,
): AsyncIterable<BayRows> {
  let partition: string | undefined
  let visits: [string, VisitRow][] = []
  let notices = new Set<string>()
  for await (const row of tables.visits.across(bayPartitions(site, day, range))) {
    if (partition !== undefined && row.partitionKey !== partition) {
      yield { bay: bayOfPartition(partition), visits, notices }
      visits = []
      notices = new Set()
    }
    partition = row.partitionKey
    add(row)
  }
  if (partition !== undefined) yield { bay: bayOfPartition(partition), visits, notices }

  function add(row: (VisitRow | NoticeRow) & { readonly rowKey: string }): void {
    if (row.type === 'notice') notices.add(row.rowKey)
    else visits.push([visitKeyOf(row.rowKey), row])
  }
}
