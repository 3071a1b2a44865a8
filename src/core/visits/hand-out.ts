import { inParallel } from '../messaging/in-parallel.ts'
import type { Site } from '../sites/site.ts'
import type { Message } from '../store/messages.ts'
import type { Store } from '../store/store.ts'
import { bayRanges } from './bay-range.ts'

/** Messages that are sent at the same time. */
const AT_ONCE = 16

/**
 * Hands a site out in its ranges of departments, each a message of its own.
 * @param tick when the timer asked for it.
 * @returns how many there are.
 */
export async function handOut(
  { queues }: Pick<Store, 'queues'>,
  kind: Message<'ranges'>['kind'],
  site: Pick<Site, 'tenantId' | 'siteId' | 'departments'>,
  tick: Date,
): Promise<number> {
  const { tenantId, siteId } = site
  const about = { schema: 1 as const, kind, tenantId, siteId, at: tick.toISOString() }
  const ranges = bayRanges(site)
  await inParallel(ranges, AT_ONCE, (range) => queues.ranges.send({ ...about, ...range }))
  return ranges.length
}
