import type { Store } from '../store/store.ts'
import { utcDay, visitPartition } from './visit.ts'

const DAY = 86_400_000

/** What of a site is still to come, as an administrator should know before it is removed. */
export type OpenVisits = {
  readonly visits: number
  /** Of them, how many have a meeting in Teams already. */
  readonly meetings: number
}

/**
 * Visits by video of today and the days to come, as far as sweeps look.
 * @param horizonDays SWEEP_HORIZON_DAYS
 */
export async function openVisits(
  { tables }: Pick<Store, 'tables'>,
  { tenantId, siteId }: { readonly tenantId: string; readonly siteId: string },
  horizonDays: number,
  now: Date,
): Promise<OpenVisits> {
  const days = Array.from({ length: horizonDays + 1 }, (_, index) =>
    utcDay(new Date(now.getTime() + index * DAY)),
  )
  let [visits, meetings] = [0, 0]
  for (const day of days)
    for await (const row of tables.visits.list(visitPartition(tenantId, siteId, day), { from: 'v:' })) {
      if (row.type !== 'visit' || row.cancelled || !row.video) continue
      if (Date.parse(row.start) + row.minutes * 60_000 < now.getTime()) continue
      visits++
      if (row.sealedMeeting !== undefined) meetings++
    }
  return { visits, meetings }
}
