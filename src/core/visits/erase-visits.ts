import type { App } from '../app.ts'
import { inBatches } from '../messaging/in-parallel.ts'
import type { NoticeRow, VisitRow } from '../store/rows.ts'
import type { Condition, PartitionRange } from '../store/table.ts'
import { utcDay } from './bay.ts'
import { type BayRange, bayPartitions } from './bay-range.ts'
import { eraseVisit, PEOPLE } from './erase-visit.ts'

const DAY = 86_400_000
/** So many days back are looked at again, for a timer that did not run. */
const CATCH_UP_DAYS = 14
/** Visits that are erased at the same time. */
const AT_ONCE = 32
/** Visits that are read before they are erased. */
const BATCH = 256

type SiteRef = { readonly tenantId: string; readonly siteId: string }
type Ports = {
  readonly store: Pick<App['store'], 'tables'>
  readonly visits: Pick<App['visits'], 'patientToken' | 'extraToken'>
}

const ANYTHING_SEALED: readonly (readonly Condition<VisitRow | NoticeRow>[])[] = PEOPLE.map((column) => [
  { column, is: 'gt', value: '' },
])

/** Erases the visits of a site, or of a part of its departments, that have been over for long. @returns how many. */
export async function eraseSite(
  { store, visits, settings, now }: Pick<App, 'store' | 'visits' | 'settings' | 'now'>,
  site: SiteRef,
  range?: BayRange,
): Promise<number> {
  const last = now().getTime() - (settings.VISIT_ERASE_DAYS + 1) * DAY
  let erased = 0
  for (let back = 0; back < CATCH_UP_DAYS; back++) {
    const day = utcDay(new Date(last - back * DAY))
    erased += await eraseAll({ store, visits }, site, bayPartitions(site, day, range))
  }
  return erased
}

/** Erases whatever visits of a site lie in these partitions. Only those come here that hold something still. */
export async function eraseAll(
  { store, visits }: Ports,
  site: SiteRef,
  partitions: PartitionRange,
): Promise<number> {
  const rows = store.tables.visits.across(partitions, { from: 'v:', where: ANYTHING_SEALED })
  return inBatches(
    rows,
    { size: BATCH, atOnce: AT_ONCE },
    async (row) => row.type === 'visit' && eraseVisit({ store, visits }, site, row),
  )
}
