import type { Store } from '../store/store.ts'
import { type Bay, visitPartition } from './bay.ts'
import { indexPartition, type Visit, type VisitRef, visitRowKey } from './visit.ts'

/**
 * Whether the row of a visit is a leftover: the visit lies in another bay, and a move that broke off, or a slow writer, left
 * this one behind. Where the index leads to no row this one is all there is, and none.
 * Whoever reads whole bays asks before anything follows from a row that cannot be taken back. One read for a visit that lies
 * where it was found, two or three for another.
 */
export async function isLeftover({ tables }: Pick<Store, 'tables'>, visit: Visit): Promise<boolean> {
  const place = await tables.visitindex.get(indexPartition(visit), visit.visitKey)
  if (!place || place.bay === visit.bay) return false
  return liesInOneOf(
    { tables },
    visit,
    [place.bay, place.from].filter((bay) => bay !== visit.bay),
  )
}

/** Whether a row of a visit lies in one of these bays; as many reads as there are bays at most. */
export async function liesInOneOf(
  { tables }: Pick<Store, 'tables'>,
  { tenantId, siteId, visitKey }: VisitRef,
  bays: readonly (Bay | undefined)[],
): Promise<boolean> {
  for (const bay of bays)
    if (bay && (await tables.visits.get(visitPartition(tenantId, siteId, bay), visitRowKey(visitKey))))
      return true
  return false
}
