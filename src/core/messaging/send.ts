import type { Site } from '../sites/site.ts'
import type { Channel } from './channel.ts'
import type { DeliverByPorts } from './deliver-by.ts'
import { settleInParallel } from './in-parallel.ts'
import { BACK_OFF, left, type Outcome, settled, unsent } from './outcome.ts'
import { isInPlace } from './pace.ts'
import type { Ready } from './prepare.ts'
import { secondsUntil } from './put-back.ts'

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
  const sent = await settleInParallel(ready, channel.atOnce, async (one) => {
    const { name, row, words, inDoubt } = one
    const hold = reasonToHold(channel, site, one, now())
    if (hold) return left({ name, row: inDoubt ? row : unsent(row) }, hold.seconds, hold.because, now())
    const result = await channel.send(site, { name, row, words })
    return settled({ name, row }, result, inDoubt, now())
  })
  return {
    outcomes: sent.flatMap((one) => (one.status === 'fulfilled' ? [one.value] : [])),
    thrown: sent.flatMap((one) => (one.status === 'rejected' ? [one.reason] : [])),
  }
}

/**
 * Time may have passed since all this was decided, a pause of the machine or a slow table. What was not asked for yet
 * stays unasked when a successor may be at work, when the night began, when it is too late, or when its place is over.
 */
function reasonToHold<Words>(
  channel: Channel<Words>,
  site: Site,
  { row, deadline, place, zones }: Ready<Words>,
  now: Date,
): { seconds: number; because: string } | undefined {
  if (now.getTime() >= Date.parse(row.leaseUntil)) return { seconds: BACK_OFF, because: 'lease_over' }
  if (now >= deadline) return { seconds: 1, because: 'deadline_passed' }
  const quiet = channel.quietUntil(site, now, zones)
  if (quiet) return { seconds: secondsUntil(quiet, now), because: 'quiet_hours' }
  if (place && !isInPlace(place, now)) return { seconds: 1, because: 'place_over' }
  return undefined
}
