/**
 * A sliding window of one minute per sender: "Service limits for Azure Communication Services", SMS rate limits. Time
 * comes from the sandbox clock.
 */
export class Pace {
  readonly #taken = new Map<string, number[]>()

  /** Takes `count` places at `at`, or says after how many seconds there would be room. Nothing is taken in that case. */
  take(
    sender: string,
    count: number,
    limit: number,
    at: Date,
  ): { ok: true } | { ok: false; waitSeconds: number } {
    const windowStart = at.getTime() - 60_000
    const recent = (this.#taken.get(sender) ?? []).filter((time) => time > windowStart)
    const excess = recent.length + count - limit
    if (excess > 0) {
      const freed = recent[Math.min(excess, recent.length) - 1] ?? at.getTime()
      return { ok: false, waitSeconds: Math.ceil((freed + 60_000 - at.getTime()) / 1000) }
    }
    for (let place = 0; place < count; place += 1) recent.push(at.getTime())
    this.#taken.set(sender, recent)
    return { ok: true }
  }
}
