import type { App } from '../app.ts'
import { inParallel } from '../messaging/in-parallel.ts'
import type { Site } from '../sites/site.ts'
import { utcDay } from './visit.ts'
import { watermarkKeys } from './watermark.ts'

export type Heartbeat = {
  readonly siteId: string
  /** The oldest last look at today of the departments that are on; undefined where one was never looked at. */
  readonly sweptAt: string | undefined
  readonly late: boolean
}

/** Sweeps of today come every few minutes; so much later something is wrong. */
const LATE_AFTER = 15 * 60_000

/** When each site with a system account was last looked at, from the marks of its departments. */
export async function heartbeats(
  { store, now }: Pick<App, 'store' | 'now'>,
  sites: readonly Site[],
): Promise<Heartbeat[]> {
  const today = utcDay(now())
  return Promise.all(
    sites
      .filter(({ system, departments }) => system && departments.some(({ on }) => on))
      .map(async (site): Promise<Heartbeat> => {
        const marks = await inParallel(
          site.departments.filter(({ on }) => on),
          16,
          ({ id }) => {
            const { partitionKey, rowKey } = watermarkKeys(site, id, today)
            return store.tables.sweeps.get(partitionKey, rowKey)
          },
        )
        const oldest = marks.includes(undefined)
          ? undefined
          : marks.map((mark) => mark?.sweptAt ?? '').sort()[0]
        const late = oldest === undefined || Date.parse(oldest) + LATE_AFTER < now().getTime()
        return { siteId: site.siteId, sweptAt: oldest, late }
      }),
  )
}
