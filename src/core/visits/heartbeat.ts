import type { App } from '../app.ts'
import { inParallel } from '../messaging/in-parallel.ts'
import type { Site } from '../sites/site.ts'
import { bayOn, utcDay } from './bay.ts'
import { watermarkPartition } from './watermark.ts'

export type Heartbeat = {
  readonly siteId: string
  /** The oldest last look at today of the departments that are on; undefined where one was never looked at. */
  readonly sweptAt: string | undefined
  readonly late: boolean
}

/** Sweeps of today come every few minutes; so much later something is wrong. */
const LATE_AFTER = 15 * 60_000

/** How often the timer looks for sites that are late, in milliseconds: a query for each site. */
const LOOK_EVERY = 10 * 60_000

/** Sites whose marks are read at the same time. */
const AT_ONCE = 16

/**
 * Sites whose sweeps have stopped, for the log: an alert comes of them, for each site by itself. That nothing runs at all
 * is seen from outside, by the lines that are missing.
 * @param lastTick when the timer ran last: of several ticks within LOOK_EVERY only the first looks.
 */
export async function lateSites(
  app: Pick<App, 'store' | 'now' | 'sites' | 'settings'>,
  lastTick: Date | undefined,
): Promise<Heartbeat[]> {
  const turn = (at: Date) => Math.floor(at.getTime() / LOOK_EVERY)
  // After a pause of the timer itself everybody is late; the sweeps that this tick asks for come first.
  const paused = lastTick === undefined || app.now().getTime() - lastTick.getTime() > LATE_AFTER
  if (paused || turn(app.now()) === turn(lastTick)) return []
  const { ALLOWED_TENANTS } = app.settings
  const sites = (await app.sites.all()).filter(({ tenantId }) => ALLOWED_TENANTS.includes(tenantId))
  return (await heartbeats(app, sites)).filter(({ late }) => late)
}

/** When each site with a system account whose setup is finished was last looked at, from the marks of its departments. */
export async function heartbeats(
  { store, now }: Pick<App, 'store' | 'now'>,
  sites: readonly Site[],
): Promise<Heartbeat[]> {
  const today = utcDay(now())
  const swept = sites.filter(
    ({ system, setup, departments }) => system && setup !== true && departments.some(({ on }) => on),
  )
  return inParallel(swept, AT_ONCE, async (site): Promise<Heartbeat> => {
    const marks = new Map<string, string>()
    const range = { from: `${today}|`, to: `${today}|~` }
    for await (const { rowKey, sweptAt } of store.tables.sweeps.list(watermarkPartition(site), range))
      marks.set(rowKey, sweptAt)
    const looks = site.departments.filter(({ on }) => on).map(({ id }) => marks.get(bayOn(today, id)))
    const oldest = looks.includes(undefined) ? undefined : looks.map((at) => at ?? '').sort()[0]
    const late = oldest === undefined || Date.parse(oldest) + LATE_AFTER < now().getTime()
    return { siteId: site.siteId, sweptAt: oldest, late }
  })
}
