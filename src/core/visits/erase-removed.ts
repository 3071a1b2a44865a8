import type { SiteStore } from '../sites/site-store.ts'
import type { Store } from '../store/store.ts'
import { eraseAll } from './erase-visits.ts'

const DAY = 86_400_000
/** Work that had read the site before may write for so long after it was removed: the queues try for less. */
const LATE_WRITES_DAYS = 8

type Erasing = Parameters<typeof eraseAll>[0]['visits']
type Ports = {
  readonly store: Pick<Store, 'tables'>
  readonly sites: Pick<SiteStore, 'removed' | 'forgetRemoved' | 'get'>
  readonly visits: Erasing
  readonly now: () => Date
}

/**
 * What is left of sites that were removed: everything sealed and every link of their visits, past and to come, and which
 * Microsoft users their EHR users are. Nothing waits for seven days: nobody needs it any more. Done at every run until
 * nothing can come after, then the site is forgotten.
 * @returns how many visits were erased.
 */
export async function eraseRemoved({ store, sites, visits, now }: Ports): Promise<number> {
  let erased = 0
  for (const removed of await sites.removed()) {
    const { tenantId, siteId, at } = removed
    // Its removal broke off: it is there, and so are its visits.
    if (await sites.get(tenantId, siteId)) continue
    const everything = { from: `${tenantId}|${siteId}|`, to: `${tenantId}|${siteId}|~` }
    erased += await eraseAll({ store, visits }, removed, everything)
    for (const kind of ['u', 'p'])
      for await (const row of store.tables.users.list(tenantId, {
        from: `${kind}:${siteId}:`,
        to: `${kind}:${siteId};`,
      }))
        await store.tables.users.remove(row)
    if (at.getTime() + LATE_WRITES_DAYS * DAY < now().getTime()) await sites.forgetRemoved(removed)
  }
  return erased
}
