import type { Site } from '../sites/site.ts'
import type { Store } from '../store/store.ts'
import { bayRanges } from '../visits/bay-range.ts'
import { queueReminders } from './find-reminders.ts'
import { inParallel, settleInParallel } from './in-parallel.ts'

/** Sites that are looked at at the same time: one after the other, a thousand of them would take longer than a minute. */
const AT_ONCE = 16

/**
 * Puts the reminders of every site on the queue. A site of more departments than one run reads within its minute is handed
 * out in ranges, each a message of its own. One site's trouble holds up no other.
 * @returns how many notices were queued, how many ranges handed out, and what was thrown, if anything was: that site is
 * looked at again by the next tick.
 */
export async function remindAll(
  store: Store,
  sites: readonly Site[],
  now: () => Date,
): Promise<{ queued: number; ranges: number; thrown: unknown[] }> {
  const looks = await settleInParallel(sites, AT_ONCE, async (site) => {
    const ranges = bayRanges(site)
    if (ranges.length === 1) return { queued: await queueReminders(store, site, now()), ranges: 0 }
    const { tenantId, siteId } = site
    const about = {
      schema: 1 as const,
      kind: 'reminders' as const,
      tenantId,
      siteId,
      at: now().toISOString(),
    }
    await inParallel(ranges, AT_ONCE, (range) => store.queues.ranges.send({ ...about, ...range }))
    return { queued: 0, ranges: ranges.length }
  })
  const done = looks.flatMap((look) => (look.status === 'fulfilled' ? [look.value] : []))
  return {
    queued: done.reduce((sum, { queued }) => sum + queued, 0),
    ranges: done.reduce((sum, { ranges }) => sum + ranges, 0),
    thrown: looks.flatMap((look) => (look.status === 'rejected' ? [look.reason] : [])),
  }
}
