import type { App } from '../app.ts'
import { inBatches } from '../messaging/in-parallel.ts'
import { removeRows } from '../store/remove-rows.ts'
import type { Store } from '../store/store.ts'
import type { RowKeys } from '../store/table.ts'
import { utcDay } from '../visits/bay.ts'
import { indexPartition, visitKeyOf } from '../visits/visit.ts'
import { purgePlaces } from './purge-places.ts'
import { monthOf, reportPartition, type SiteRef } from './report-keys.ts'

/** Visits whose index rows are removed at the same time, and how many are read before. */
const AT_ONCE = 32
const BATCH = 1_000

export type PurgeReceipt = {
  readonly tenantId: string
  /** Visits that began before this UTC day are gone. */
  readonly before: string
  readonly reports: number
  readonly visits: number
  readonly visitindex: number
}

/**
 * Erases for good what is older than each tenant keeps: the reports of a visit, its row, its notices and its index row.
 * Also of sites that are configured no more. A receipt is kept of every purge that erased something.
 */
export async function purgeOld({
  store,
  tenants,
  now,
}: Pick<App, 'store' | 'tenants' | 'now'>): Promise<PurgeReceipt[]> {
  const byTenant = new Map<string, SiteRef[]>()
  for (const site of await sitesWithRows(store))
    byTenant.set(site.tenantId, [...(byTenant.get(site.tenantId) ?? []), site])
  const receipts: PurgeReceipt[] = []
  for (const [tenantId, sites] of byTenant) {
    const { retentionMonths } = (await tenants.read(tenantId)).value.reports
    const before = monthsBack(now(), retentionMonths)
    const counts = { reports: 0, visits: 0, visitindex: 0 }
    for (const site of sites) {
      counts.reports += await purgeReports(store, site, before)
      const { visits, visitindex } = await purgeVisits(store, site, before)
      counts.visits += visits
      counts.visitindex += visitindex + (await purgePlaces(store, site, before, now))
    }
    if (Object.values(counts).every((count) => count === 0)) continue
    const at = now().toISOString()
    await store.tables.erasures.put({
      partitionKey: tenantId,
      rowKey: `${at}:retention`,
      schema: 1,
      kind: 'retention',
      at,
      before,
      json: JSON.stringify(counts),
    })
    receipts.push({ tenantId, before, ...counts })
  }
  return receipts
}

/** The UTC day so many months before; the last of its month where that has no such day. */
export function monthsBack(now: Date, months: number): string {
  const last = new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth() - months + 1, 0)).getUTCDate()
  const day = Math.min(now.getUTCDate(), last)
  return utcDay(new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth() - months, day)))
}

async function purgeReports({ tables }: Store, site: SiteRef, before: string): Promise<number> {
  const month = reportPartition(site, monthOf(before))
  const whole = await removeRows(
    tables.reports,
    tables.reports.keys({ from: reportPartition(site, ''), to: month }),
  )
  let part = 0
  for (const kind of ['d:', 'v:'])
    part += await removeRows(
      tables.reports,
      tables.reports.list(month, { from: kind, to: `${kind}${before}` }),
    )
  return whole + part
}

async function purgeVisits({ tables }: Store, site: SiteRef, before: string) {
  const range = { from: `${site.tenantId}|${site.siteId}|`, to: `${site.tenantId}|${site.siteId}|${before}` }
  // The index first: a purge that breaks off finds the visit again by its row.
  const rows = tables.visits.keys(range)
  const visitindex = await inBatches(rows, { size: BATCH, atOnce: AT_ONCE }, (row) =>
    forgetPlace({ tables }, site, row),
  )
  return { visits: await removeRows(tables.visits, tables.visits.keys(range)), visitindex }
}

/** Removes a visit's index row where it leads to this very row. @returns whether it did. */
async function forgetPlace(
  { tables }: Pick<Store, 'tables'>,
  site: SiteRef,
  { partitionKey, rowKey }: RowKeys,
): Promise<boolean> {
  if (!rowKey.startsWith('v:')) return false
  const visitKey = visitKeyOf(rowKey)
  const keys = { partitionKey: indexPartition({ ...site, visitKey }), rowKey: visitKey }
  const index = await tables.visitindex.get(keys.partitionKey, keys.rowKey)
  if (!index || !partitionKey.endsWith(`|${index.bay}`)) return false
  await tables.visitindex.remove(keys)
  return true
}

/** Every site that has rows, whether it is configured or not: one small query for each. */
async function sitesWithRows({ tables }: Store): Promise<SiteRef[]> {
  const found = new Map<string, SiteRef>()
  for (const table of [tables.reports, tables.visits, tables.visitindex]) {
    let from = ''
    for (;;) {
      const partition = await table.firstPartition({ from, to: '~' })
      if (partition === undefined) break
      const [tenantId = '', siteId = ''] = partition.split('|')
      found.set(`${tenantId}|${siteId}`, { tenantId, siteId })
      // Behind everything that begins with this site: `}` follows `|`.
      from = `${tenantId}|${siteId}}`
    }
  }
  return [...found.values()]
}
