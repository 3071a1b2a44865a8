import type { Site } from '../sites/site.ts'
import type { Channel } from './channel.ts'
import type { DeliverByPorts } from './deliver-by.ts'
import { settleInParallel } from './in-parallel.ts'
import { BACK_OFF, left, type Outcome, settled, unsent } from './outcome.ts'
import type { Ready } from './prepare.ts'

/**
 * Makes the requests for notices that are marked as being sent.
 * @returns what became of each, and what a request threw, if any did: that notice stays in doubt.
 */
export async function sendAll<Words>(
  channel: Channel<Words>,
  { now }: Pick<DeliverByPorts, 'now'>,
  site: Site,
  ready: readonly Ready<Words>[],
): Promise<{ outcomes: Outcome[]; thrown: unknown[] }> {
  const sent = await settleInParallel(ready, channel.atOnce, async ({ name, row, words, inDoubt }) => {
    // After a long pause the lease may be over and a successor at work: what was not asked for yet stays unasked.
    if (now().getTime() >= Date.parse(row.leaseUntil))
      return left({ name, row: inDoubt ? row : unsent(row) }, BACK_OFF, 'lease_over', now())
    const result = await channel.send(site, { name, row, words })
    return settled({ name, row }, result, inDoubt, now())
  })
  return {
    outcomes: sent.flatMap((one) => (one.status === 'fulfilled' ? [one.value] : [])),
    thrown: sent.flatMap((one) => (one.status === 'rejected' ? [one.reason] : [])),
  }
}
