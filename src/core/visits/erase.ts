import type { App } from '../app.ts'
import { forgetEmailIds } from '../messaging/email/email-ids.ts'
import { forgetNumbers } from '../messaging/forget-numbers.ts'
import type { Store } from '../store/store.ts'
import { utcDay } from './bay.ts'
import { bayPartitions } from './bay-range.ts'
import { eraseRemoved } from './erase-removed.ts'
import { eraseVisit } from './erase-visit.ts'

const DAY = 86_400_000
/** So many days back are looked at again, for a timer that did not run. */
const CATCH_UP_DAYS = 14

export type Erased = {
  readonly visits: number
  readonly states: number
  readonly emailIds: number
  readonly numbers: number
}

/**
 * Takes what is sealed and the links off visits that are long over or whose site was removed, and forgets used-up sign-in states. Doing it twice
 * does nothing.
 */
export async function eraseOld({
  store,
  sites,
  visits,
  settings,
  now,
}: Pick<App, 'store' | 'sites' | 'visits' | 'settings' | 'now'>): Promise<Erased> {
  const last = now().getTime() - (settings.VISIT_ERASE_DAYS + 1) * DAY
  const days = Array.from({ length: CATCH_UP_DAYS }, (_, back) => utcDay(new Date(last - back * DAY)))
  let erased = 0
  for (const site of await sites.all())
    for (const day of days)
      for await (const row of store.tables.visits.across(bayPartitions(site, day), { from: 'v:' })) {
        if (row.type !== 'visit') continue
        if (await eraseVisit({ store, visits }, site, row)) erased++
      }
  const left = await eraseRemoved({ store, sites, visits, now })
  return {
    visits: erased + left,
    states: await forgetStates(store, now()),
    emailIds: await forgetEmailIds(store, now()),
    numbers: await forgetNumbers({ store, sites, now }),
  }
}

async function forgetStates({ tables }: Pick<Store, 'tables'>, now: Date): Promise<number> {
  let states = 0
  for await (const row of tables.consumed.all()) {
    if (Date.parse(row.until) + DAY > now.getTime()) continue
    await tables.consumed.remove(row)
    states++
  }
  return states
}
