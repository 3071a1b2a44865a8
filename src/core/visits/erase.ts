import type { App } from '../app.ts'
import { forgetEmailIds } from '../messaging/email/email-ids.ts'
import { forgetNumbers } from '../messaging/forget-numbers.ts'
import type { Store } from '../store/store.ts'
import { isVeryLarge } from './bay-range.ts'
import { eraseRemoved } from './erase-removed.ts'
import { eraseSite } from './erase-visits.ts'
import { handOut } from './hand-out.ts'

const DAY = 86_400_000
/** More sites than this are not erased within one run: each is a message of its own. */
const SITES = 20

export type Erased = {
  readonly visits: number
  /** Parts of sites that were handed out, each of which erases its own. */
  readonly ranges: number
  readonly states: number
  readonly emailIds: number
  readonly numbers: number
}

/**
 * Takes what is sealed and the links off visits that are long over or whose site was removed, and forgets used-up sign-in
 * states. Doing it twice does nothing. Very large sites, and the sites of a deployment that has many, are handed out.
 */
export async function eraseOld(
  app: Pick<App, 'store' | 'sites' | 'visits' | 'settings' | 'now'>,
): Promise<Erased> {
  const { store, sites, visits, now } = app
  const all = await sites.all()
  let [erased, ranges] = [0, 0]
  for (const site of all) {
    if (all.length > SITES || isVeryLarge(site)) ranges += await handOut(store, 'erase', site, now())
    else erased += await eraseSite(app, site)
  }
  const left = await eraseRemoved({ store, sites, visits, now })
  return {
    visits: erased + left,
    ranges,
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
