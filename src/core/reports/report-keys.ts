import type { RowKeys } from '../store/table.ts'

export type SiteRef = { readonly tenantId: string; readonly siteId: string }

/**
 * One site's month: its days' totals are a range of it, and so are the visits of each day, in the order of their start.
 * A visit and its day change in one transaction, because they lie together.
 */
export function reportPartition({ tenantId, siteId }: SiteRef, month: string): string {
  return `${tenantId}|${siteId}|${month}`
}

export function monthOf(start: string): string {
  return start.slice(0, 7)
}

export function dayKeys(site: SiteRef, day: string): RowKeys {
  return { partitionKey: reportPartition(site, monthOf(day)), rowKey: `d:${day}` }
}

/** @param start ISO instant in UTC, as visit rows have it. */
export function recordKeys(site: SiteRef, start: string, id: string): RowKeys {
  return { partitionKey: reportPartition(site, monthOf(start)), rowKey: `v:${start}:${id}` }
}

export function recordIdOf(rowKey: string): string {
  return rowKey.slice(rowKey.lastIndexOf(':') + 1)
}

/** The visits of a day, as a range of row keys: `~` sorts behind everything that a start holds. */
export function recordsOfDay(day: string): { from: string; to: string } {
  return { from: `v:${day}`, to: `v:${day}~` }
}
