const FIRST = 10 * 60_000

/**
 * Whether a notice that is owed and not taken up goes on the queue at this look. Pure.
 * Once at the first look after it came to be owed; should its message have been lost, again ten minutes later, and then
 * at ages that double: looks come every minute, and a queue that is slow or a sender that is down must not be buried.
 * @param lastLook when the look before began; one that broke off does not count.
 * @param quiet whether texts rest now: nothing is queued again that would only be held until the morning.
 */
export function isQueueTime(since: Date, lastLook: Date | undefined, now: Date, quiet: boolean): boolean {
  if (since > now) return false
  if (!lastLook || since > lastLook) return true
  return !quiet && repeats(since, now) > repeats(since, lastLook)
}

/** How many times a notice of this age should have been queued again: after 10, 20, 40, 80, ... minutes. */
function repeats(since: Date, at: Date): number {
  const age = at.getTime() - since.getTime()
  return age < FIRST ? 0 : 1 + Math.floor(Math.log2(age / FIRST))
}
