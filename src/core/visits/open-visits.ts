import type { Store } from '../store/store.ts'
import { utcDay } from './bay.ts'
import { bayPartitions } from './bay-range.ts'

const DAY = 86_400_000

/** What of a site is still to come, as an administrator should know before it is removed. */
export type OpenVisits = {
  readonly visits: number
  /** Of them, how many have a meeting in Teams already. */
  readonly meetings: number
  /** There are more: not more are counted than tell how much is at stake. */
  readonly more: boolean
}

const MOST = 20_000

/**
 * Visits by video of today and the days to come, as far as sweeps look.
 * @param horizonDays SWEEP_HORIZON_DAYS
 */
export async function openVisits(
  { tables }: Pick<Store, 'tables'>,
  site: { readonly tenantId: string; readonly siteId: string },
  horizonDays: number,
  now: Date,
  most = MOST,
): Promise<OpenVisits> {
  const days = Array.from({ length: horizonDays + 1 }, (_, index) =>
    utcDay(new Date(now.getTime() + index * DAY)),
  )
  let [visits, meetings] = [0, 0]
  for (const day of days)
    for await (const row of tables.visits.across(bayPartitions(site, day), { from: 'v:' })) {
      if (row.type !== 'visit' || row.cancelled || !row.video) continue
      if (Date.parse(row.start) + row.minutes * 60_000 < now.getTime()) continue
      visits++
      if (row.sealedMeeting !== undefined) meetings++
      if (visits >= most) return { visits, meetings, more: true }
    }
  return { visits, meetings, more: false }
}
