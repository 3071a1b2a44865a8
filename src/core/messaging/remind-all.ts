import type { Site } from '../sites/site.ts'
import type { Store } from '../store/store.ts'
import { queueReminders } from './find-reminders.ts'
import { settleInParallel } from './in-parallel.ts'

/** Sites that are looked at at the same time: one after the other, a thousand of them would take longer than a minute. */
const AT_ONCE = 16

/**
 * Puts the reminders of every site on the queue. One site's trouble holds up no other.
 * @returns how many notices were queued, and what was thrown, if anything was: that site is looked at again by the next tick.
 */
export async function remindAll(
  store: Store,
  sites: readonly Site[],
  now: () => Date,
): Promise<{ queued: number; thrown: unknown[] }> {
  const looks = await settleInParallel(sites, AT_ONCE, (site) => queueReminders(store, site, now()))
  return {
    queued: looks.reduce((sum, look) => sum + (look.status === 'fulfilled' ? look.value : 0), 0),
    thrown: looks.flatMap((look) => (look.status === 'rejected' ? [look.reason] : [])),
  }
}
