import type { Site } from '../sites/site.ts'
import type { Channel } from './channel.ts'
import { ended, type Outcome } from './outcome.ts'
import type { Due } from './prepare.ts'
import { type Later, secondsUntil } from './put-back.ts'

/**
 * What needs no look into the EHR: too late, switched off, or to rest until the morning. Pure.
 * Without a sender notices stay owed, and nothing is written about them: they are queued again, ever less often, until
 * their deadlines.
 */
export function sortDue<Words>(
  channel: Channel<Words>,
  site: Site,
  due: readonly Due[],
  now: Date,
): { open: Due[]; over: Outcome[]; resting: Later[] } {
  const quiet = channel.quietUntil(site, now)
  const off = channel.off(site)
  const open: Due[] = []
  const over: Outcome[] = []
  const resting: Later[] = []
  for (const claim of due) {
    if (claim.skip !== undefined) over.push(ended(claim, 'skipped', claim.skip, now))
    else if (off !== undefined) over.push(ended(claim, 'skipped', off, now))
    else if (claim.deadline <= now) over.push(ended(claim, 'expired', 'deadline_passed', now))
    else if (channel.waits(site)) continue
    else if (!quiet) open.push(claim)
    // It would rest until it is too late.
    else if (claim.deadline <= quiet) over.push(ended(claim, 'expired', 'quiet_hours', now))
    else resting.push({ name: claim.name, seconds: secondsUntil(quiet, now), because: 'quiet_hours' })
  }
  return { open, over, resting }
}
