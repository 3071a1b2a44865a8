import type { Store } from '../store/store.ts'
import { visitPartition } from './bay.ts'
import { indexPartition, type Visit, visitRowKey } from './visit.ts'

/**
 * Whether the row of a visit is a leftover: the visit lies in another bay, and a move that broke off, or a slow writer, left
 * this one behind. Where the index leads to no row this one is all there is, and none.
 * Whoever reads whole bays asks before anything follows from a row that cannot be taken back. One read for a visit that lies
 * where it was found, two or three for another.
 */
export async function isLeftover({ tables }: Pick<Store, 'tables'>, visit: Visit): Promise<boolean> {
  const place = await tables.visitindex.get(indexPartition(visit), visit.visitKey)
  if (!place || place.bay === visit.bay) return false
  for (const bay of [place.bay, place.from]) {
    if (bay === undefined || bay === visit.bay) continue
    const there = visitPartition(visit.tenantId, visit.siteId, bay)
    if (await tables.visits.get(there, visitRowKey(visit.visitKey))) return true
  }
  return false
}
