import { inParallel } from '../../messaging/in-parallel.ts'
import type { Store } from '../../store/store.ts'
import { type DayTotals, dayOf } from '../day-rollup.ts'
import { reportPartition, type SiteRef } from '../report-keys.ts'
import type { View } from './view.ts'

export type SiteDay = { readonly siteId: string; readonly day: string; readonly totals: DayTotals }

const AT_ONCE = 16

/** The totals of a range, day by day: a few rows for each site and month, however many visits there were. */
export async function readDays(
  { tables }: Pick<Store, 'tables'>,
  sites: readonly SiteRef[],
  { from, to }: Pick<View, 'from' | 'to'>,
): Promise<SiteDay[]> {
  const asked = sites.flatMap((site) => monthsOf(from, to).map((month) => ({ site, month })))
  const found = await inParallel(asked, AT_ONCE, async ({ site, month }) => {
    const days: SiteDay[] = []
    const range = { from: `d:${from}`, to: `d:${to}~` }
    for await (const row of tables.reports.list(reportPartition(site, month), range))
      if (row.type === 'day') days.push({ siteId: site.siteId, day: row.rowKey.slice(2), totals: dayOf(row) })
    return days
  })
  return found.flat().sort((a, b) => (a.day < b.day ? -1 : a.day > b.day ? 1 : a.siteId < b.siteId ? -1 : 1))
}

/** `2031-03`, for each month that a range touches. */
export function monthsOf(from: string, to: string): string[] {
  const months: string[] = []
  const [year = 0, month = 1] = from.split('-').map(Number)
  for (let at = new Date(Date.UTC(year, month - 1, 1)); ; at.setUTCMonth(at.getUTCMonth() + 1)) {
    const name = at.toISOString().slice(0, 7)
    if (name > to.slice(0, 7)) return months
    months.push(name)
  }
}
