import { inParallel } from '../messaging/in-parallel.ts'
import { readPatiently } from '../store/read-patiently.ts'
import type { Row } from '../store/rows.ts'
import type { Store } from '../store/store.ts'
import type { Stored } from '../store/table.ts'
import { liesInOneOf } from '../visits/leftover.ts'
import { indexPartition } from '../visits/visit.ts'
import type { SiteRef } from './report-keys.ts'

const DAY = 86_400_000
/** Milliseconds after which the rest of a partition is left to its next night. */
const PATIENCE = 60_000
const MOST = 10_000
/** Index rows that are looked into at the same time. */
const AT_ONCE = 32
/** What a visit key may begin with (base64url): each is a partition of a site's index. */
const LETTERS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_'

type Place = Stored<Row<'visitindex'>>

/**
 * Removes index rows of a site that lead to no visit: whoever took one broke off before it wrote the visit, or the visit lay
 * where it came from when it was purged. Nothing else leads to them, so the index itself is gone through: one of its 64
 * partitions each night. Only what leads to a day that is over for as long as the tenant keeps its reports, a month at
 * least, and the very row that was read: one that somebody takes meanwhile stays.
 * @param before the UTC day before which everything is purged.
 * @returns how many were removed.
 */
export async function purgePlaces(
  { tables }: Pick<Store, 'tables'>,
  site: SiteRef,
  before: string,
  now: () => Date,
): Promise<number> {
  const letter = LETTERS[Math.floor(now().getTime() / DAY) % LETTERS.length] ?? ''
  const partition = indexPartition({ ...site, visitKey: letter })
  const end = now().getTime() + PATIENCE
  const places: Place[] = []
  const rows = tables.visitindex.across(
    { from: partition, to: `${partition}\u0001` },
    { where: [[{ column: 'bay', is: 'lt', value: before }]] },
  )
  await readPatiently(
    rows,
    () => end - now().getTime(),
    (place) => places.push(place) < MOST,
  )
  const removed = await inParallel(places, AT_ONCE, async (place) => {
    const ref = { ...site, visitKey: place.rowKey }
    if (await liesInOneOf({ tables }, ref, [place.bay, place.from])) return false
    return tables.visitindex.remove(place, place.etag)
  })
  return removed.filter(Boolean).length
}
