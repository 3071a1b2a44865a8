import type { Site } from '../sites/site.ts'
import { utcDay } from '../visits/bay.ts'
import { count, type DayTotals, dayColumns } from './day-rollup.ts'
import { monthOf, reportPartition, type SiteRef } from './report-keys.ts'
import { settleDay } from './settle-day.ts'
import type { SettlePorts } from './settle-visit.ts'
import { recordsOn } from './write-day.ts'

const DAY_MS = 86_400_000
const TRIES = 8

export type Rebuilt = { readonly days: number; readonly visits: number }

/**
 * Makes the reports of a site anew, day by day: each visit's record from what its row still tells, and each day's totals
 * from the records. Safe while everything runs, and as often as anybody likes.
 * @param range UTC days, both inclusive.
 */
export async function rebuildReports(
  ports: SettlePorts,
  site: Site,
  range: { readonly from: string; readonly to: string },
): Promise<Rebuilt> {
  let [days, visits] = [0, 0]
  for (let at = Date.parse(range.from); at <= Date.parse(range.to); at += DAY_MS) {
    const day = utcDay(new Date(at))
    await settleDay(ports, site, day)
    const records = await recount(ports, site, day)
    if (records === undefined) continue
    days++
    visits += records
  }
  return { days, visits }
}

/** @returns how many visits the day has; undefined where it has neither visits nor totals. */
async function recount({ store }: SettlePorts, site: SiteRef, day: string): Promise<number | undefined> {
  const { reports } = store.tables
  const keys = { partitionKey: reportPartition(site, monthOf(day)), rowKey: `d:${day}` }
  for (let tries = 0; tries < TRIES; tries++) {
    // The totals first: a visit that changes between the two reads changes them as well, and this is done again.
    const row = await reports.get(keys.partitionKey, keys.rowKey)
    const records = await recordsOn(store, site, day)
    if (!row && records.size === 0) return undefined
    if (records.size === 0) {
      await reports.remove(keys)
      return 0
    }
    const totals: DayTotals = {}
    for (const record of records.values()) count(totals, record, 1)
    const next = { ...dayColumns(totals), ...keys }
    const done = row ? await reports.replace({ ...next, etag: row.etag }) : await reports.insert(next)
    if (done.ok) return records.size
  }
  throw new Error('a day of the reports was changed by others eight times in a row')
}
