import type { Site } from '../sites/site.ts'
import type { Store } from '../store/store.ts'
import { isVeryLarge } from '../visits/bay-range.ts'
import { handOut } from '../visits/hand-out.ts'
import { queueReminders } from './find-reminders.ts'
import { settleInParallel } from './in-parallel.ts'

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
    if (isVeryLarge(site)) return { queued: 0, ranges: await handOut(store, 'reminders', site, now()) }
    return { queued: await queueReminders(store, site, now()), ranges: 0 }
  })
  const done = looks.flatMap((look) => (look.status === 'fulfilled' ? [look.value] : []))
  return {
    queued: done.reduce((sum, { queued }) => sum + queued, 0),
    ranges: done.reduce((sum, { ranges }) => sum + ranges, 0),
    thrown: looks.flatMap((look) => (look.status === 'rejected' ? [look.reason] : [])),
  }
}
