import { inParallel } from '../../messaging/in-parallel.ts'
import type { Store } from '../../store/store.ts'
import type { SiteRef } from '../report-keys.ts'
import { recordsOn } from '../write-day.ts'
import { type ColumnId, compareBy } from './cells.ts'
import type { SiteDay } from './days.ts'
import { linesOf, type ReportLine, rowsOfDay } from './filters.ts'
import type { View } from './view.ts'

export const PAGE_ROWS = 50
/** Other sorts than by start have to look at every row. */
export const MOST_SORTED = 5_000
export const MOST_EXPORTED = 100_000
const AT_ONCE = 8

export type ReportPage = {
  readonly lines: readonly ReportLine[]
  readonly total: number
  readonly page: number
  readonly pages: number
  /** What it is sorted by; `start` where another sort was asked for and there are too many rows for it. */
  readonly sort: ColumnId
}

type Day = { readonly day: string; readonly rows: number; readonly sites: readonly string[] }

/**
 * One page of a report. The totals tell on which days its rows lie, so that no other visit is read: by start, a page of
 * fifty costs one or two days, whatever the range.
 */
export async function readPage(
  store: Pick<Store, 'tables'>,
  sites: readonly SiteRef[],
  totals: readonly SiteDay[],
  view: View,
  sort: ColumnId,
): Promise<ReportPage> {
  const days = daysWithRows(totals, view)
  if (view.descending) days.reverse()
  const total = days.reduce((sum, { rows }) => sum + rows, 0)
  const pages = Math.max(1, Math.ceil(total / PAGE_ROWS))
  const page = Math.min(view.page, pages)
  const first = (page - 1) * PAGE_ROWS
  if (sort !== 'start' && total <= MOST_SORTED) {
    const all = await readLines(store, sites, days, view)
    all.sort(compareBy(sort, view.descending))
    return { lines: all.slice(first, first + PAGE_ROWS), total, page, pages, sort }
  }
  const wanted: Day[] = []
  let [passed, before] = [0, 0]
  for (const day of days) {
    if (passed + day.rows > first && passed < first + PAGE_ROWS) wanted.push(day)
    else if (passed + day.rows <= first) before += day.rows
    passed += day.rows
  }
  const lines = await readLines(store, sites, wanted, view)
  lines.sort(compareBy('start', view.descending))
  const from = first - before
  return { lines: lines.slice(from, from + PAGE_ROWS), total, page, pages, sort: 'start' }
}

/** Every row, oldest first, day by day: an export holds one day at a time. */
export async function* allLines(
  store: Pick<Store, 'tables'>,
  sites: readonly SiteRef[],
  totals: readonly SiteDay[],
  view: View,
): AsyncGenerator<ReportLine[]> {
  for (const day of daysWithRows(totals, view)) {
    const lines = await readLines(store, sites, [day], view)
    yield lines.sort(compareBy('start', false))
  }
}

/** How many rows a view has in all. */
export function countRows(totals: readonly SiteDay[], view: View): number {
  return totals.reduce((sum, day) => sum + rowsOfDay(day, view), 0)
}

function daysWithRows(totals: readonly SiteDay[], view: View): Day[] {
  const days = new Map<string, { day: string; rows: number; sites: string[] }>()
  for (const one of totals) {
    const rows = rowsOfDay(one, view)
    if (rows === 0) continue
    const of = days.get(one.day) ?? { day: one.day, rows: 0, sites: [] }
    of.rows += rows
    of.sites.push(one.siteId)
    days.set(one.day, of)
  }
  return [...days.values()].sort((a, b) => (a.day < b.day ? -1 : 1))
}

async function readLines(
  store: Pick<Store, 'tables'>,
  sites: readonly SiteRef[],
  days: readonly Day[],
  view: View,
): Promise<ReportLine[]> {
  const reads = days.flatMap(({ day, sites: ids }) =>
    sites.filter(({ siteId }) => ids.includes(siteId)).map((site) => ({ day, site })),
  )
  const found = await inParallel(reads, AT_ONCE, async ({ day, site }) => {
    const records = await recordsOn(store, site, day)
    return [...records].flatMap(([id, record]) => linesOf(view, site.siteId, id, record))
  })
  return found.flat()
}
