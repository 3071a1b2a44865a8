import type { Row, VisitRow } from '../store/rows.ts'
import type { Store } from '../store/store.ts'
import type { RowKeys, Stored } from '../store/table.ts'
import { type Bay, bayFor, dayOfBay } from './bay.ts'
import { indexPartition, type Visit, type VisitRef } from './visit.ts'

/** Where a visit lies, and its latest version. */
export type Place = Stored<Row<'visitindex'>>

export type VisitIndex = ReturnType<typeof visitIndex>

/** @param at reads the row of a visit in a bay. */
export function visitIndex(
  { tables }: Pick<Store, 'tables'>,
  at: (ref: VisitRef, bay: Bay) => Promise<Visit | undefined>,
) {
  const write = async (place: Place): Promise<Place | undefined> => {
    const written = await tables.visitindex.replace(place)
    return written.ok ? { ...place, etag: written.value.etag } : undefined
  }
  const insert = async (row: Omit<Place, 'etag'>): Promise<Place | undefined> => {
    const inserted = await tables.visitindex.insert(row)
    return inserted.ok ? { ...row, etag: inserted.value.etag } : undefined
  }
  return {
    of: (ref: VisitRef) => tables.visitindex.get(indexPartition(ref), ref.visitKey),
    /** Whether a place that was taken is still the visit's, once its row lies there. */
    confirm: async (place: Place): Promise<boolean> => (await write(place)) !== undefined,
    /**
     * Takes the next version of a visit, and the bay that its row goes to: both stand in its index row, whose ETag says who
     * was first. So a version belongs to one write and lies in one bay, and its notices nowhere else. One that was taken and
     * never written (whoever took it broke off, or is slow) is passed over.
     * Where the index leads to the same UTC day already, or came from there, that bay is kept: two departments that find a
     * visit new at the same moment write one row, and one that comes back finds what an unfinished move left behind.
     * @returns undefined where the row that was read is not the visit's any more.
     */
    async take(ref: VisitRef, before: Visit | undefined, row: VisitRow): Promise<Place | undefined> {
      const keys: RowKeys = { partitionKey: indexPartition(ref), rowKey: ref.visitKey }
      const fresh = { ...keys, schema: 1 as const, bay: bayFor(row, before?.bay), version: row.version }
      // A new one is most likely nowhere yet: written without looking first.
      const inserted = before ? undefined : await insert(fresh)
      if (inserted) return inserted
      const index = await tables.visitindex.get(keys.partitionKey, keys.rowKey)
      if (!index) return insert(fresh)
      // Two who found a visit new on the same day, or one that broke off here: which row it is, the row itself decides.
      if (!before && dayOfBay(index.bay) === dayOfBay(fresh.bay) && index.version === row.version)
        return index
      // It points elsewhere and no row lies there: a move broke off, and this one takes its place.
      if (index.bay !== before?.bay && (await at(ref, index.bay))) return undefined
      // It is new to this writer alone, who read before another one wrote it.
      if (!before && index.from && (await at(ref, index.from))) return undefined
      const bay = bayFor(row, before?.bay, index.bay, index.from)
      const version = Math.max(row.version, index.version + 1)
      const left = [before?.bay, index.bay, index.from].find((one) => one !== undefined && one !== bay)
      const from = left === undefined ? {} : { from: left }
      return write({ ...keys, schema: 1, bay, version, ...from, etag: index.etag })
    },
  }
}
