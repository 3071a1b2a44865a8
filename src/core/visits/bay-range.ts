import type { Site } from '../sites/site.ts'
import type { PartitionRange } from '../store/table.ts'

/** A part of a site's departments, by their ids: `from` inclusive, `to` exclusive. */
export type BayRange = { readonly from: string; readonly to: string }

/** `~` sorts behind everything that a department id may hold. */
const END = '~'
/** The whole site, as one range. */
export const WHOLE: BayRange = { from: '', to: END }

/** Departments of one range: some 2,000 visits a day where each has a hundred, which one run reads within seconds. */
const DEPARTMENTS = 20

/**
 * Cuts a site into ranges that cover every id there may be: those below, between and above the site's own too, since
 * visits of a department that was removed still lie in its bay. A site of up to twenty departments is one. Pure.
 */
export function bayRanges({ departments }: Pick<Site, 'departments'>): BayRange[] {
  const ids = departments.map(({ id }) => id).sort()
  const borders = ids.filter((_, at) => at > 0 && at % DEPARTMENTS === 0)
  return ['', ...borders].map((from, at) => ({ from, to: borders[at] ?? END }))
}

/** Whether one run is not enough for the whole of it. */
export function isVeryLarge(site: Pick<Site, 'departments'>): boolean {
  return bayRanges(site).length > 1
}

/** The partitions of a site's UTC day, or of a part of its departments. */
export function bayPartitions(
  { tenantId, siteId }: { readonly tenantId: string; readonly siteId: string },
  day: string,
  { from, to }: BayRange = WHOLE,
): PartitionRange {
  const prefix = `${tenantId}|${siteId}|${day}|`
  return { from: `${prefix}${from}`, to: `${prefix}${to}` }
}
