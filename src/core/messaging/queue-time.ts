import type { Site } from '../sites/site.ts'
import { quietEnded, quietUntil } from './quiet-hours.ts'

const FIRST = 10 * 60_000

/** When texts rest: until when, if they do now, and when they last ceased to. */
export type Rest = { readonly until?: Date | undefined; readonly ended?: Date | undefined }

export const NO_REST: Rest = {}

/** The rest that a site's texts have, by the clinic's own clock. Pure. */
export function restOf({ timeZone, texts }: Pick<Site, 'timeZone' | 'texts'>, now: Date): Rest {
  return {
    until: quietUntil(now, timeZone, texts.quietHours),
    ended: quietEnded(now, timeZone, texts.quietHours),
  }
}

/**
 * Whether a notice that is owed and not taken up goes on the queue at this look. Pure.
 * Once at the first look after it came to be owed; should its message have been lost, again ten minutes later, and then
 * at ages that double: looks come every minute, and a queue that is slow or a sender that is down must not be buried.
 * What rests until the morning is not queued again before that, and counts its age from then: the messages that were held
 * all wake at that moment. Once more when its time is up, and on from there: it is owed an end that staff can see.
 * @param lastLook when the look before began; one that broke off does not count.
 */
export function isQueueTime(
  { since, deadline }: { readonly since: Date; readonly deadline?: Date },
  lastLook: Date | undefined,
  now: Date,
  { until, ended }: Rest,
): boolean {
  if (since > now) return false
  if (!lastLook || since > lastLook) return true
  const over = deadline !== undefined && deadline <= now
  if (over && deadline > lastLook) return true
  // What would rest until it is too late does not rest: it expires at once.
  if (until && !(deadline && deadline <= until)) return false
  const from = new Date(Math.max(+since, +(ended ?? since), over ? +deadline : 0))
  return repeats(from, now) > repeats(from, lastLook)
}

/** How many times a notice of this age should have been queued again: after 10, 20, 40, 80, ... minutes. */
function repeats(since: Date, at: Date): number {
  const age = at.getTime() - since.getTime()
  return age < FIRST ? 0 : 1 + Math.floor(Math.log2(age / FIRST))
}
