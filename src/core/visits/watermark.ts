import type { Department, Site } from '../sites/site.ts'
import type { Row } from '../store/rows.ts'
import type { Store } from '../store/store.ts'
import type { RowKeys, Stored } from '../store/table.ts'
import { bayOn } from './bay.ts'

type SiteRef = Pick<Site, 'tenantId' | 'siteId'>

/** Under which keys the last look at a department's UTC day is kept: all departments of a day lie together. */
export function watermarkKeys(site: SiteRef, departmentId: string, day: string) {
  return { partitionKey: watermarkPartition(site), rowKey: bayOn(day, departmentId) }
}

export function watermarkPartition({ tenantId, siteId }: SiteRef): string {
  return `${tenantId}|${siteId}`
}

/** Changes when texts are switched on or a location is added: the next look at each window only records. */
export function baselineEpoch(site: Site, department: Department): string {
  return `${site.texts.epoch}|${[...department.locationIds].sort().join(',')}`
}

type Mark = Row<'sweeps'>

/** A mark names so many bays at most: a column holds 32,768 characters, and a department id forty. */
export const MOST_BAYS = 700

/**
 * Writes a look's mark. What a push noted in it while the look was at work, or another look, stays noted beside.
 * @param before the mark as it was read when the look began.
 */
export async function writeMark(
  { tables }: Pick<Store, 'tables'>,
  before: Stored<Mark> | undefined,
  mark: Mark & RowKeys,
): Promise<void> {
  if (before && (await tables.sweeps.replace({ ...mark, etag: before.etag })).ok) return
  const there = before && (await tables.sweeps.get(mark.partitionKey, mark.rowKey))
  const known = new Set(before?.bays?.split(' '))
  const since = there?.bays?.split(' ').filter((bay) => !known.has(bay)) ?? []
  const bays = [...new Set([...(mark.bays?.split(' ') ?? []), ...since])].slice(0, MOST_BAYS).join(' ')
  await tables.sweeps.put({ ...mark, ...(bays === '' ? {} : { bays }) })
}
