/**
 * A sliding window per sender: "Service limits for Azure Communication Services", rate limits. Time comes from the
 * sandbox clock.
 */
export class Pace {
  readonly #taken = new Map<string, number[]>()
  readonly #windowMs: number

  constructor(windowSeconds = 60) {
    this.#windowMs = windowSeconds * 1000
  }

  /** Takes `count` places at `at`, or says after how many seconds there would be room. Nothing is taken in that case. */
  take(
    sender: string,
    count: number,
    limit: number,
    at: Date,
  ): { ok: true } | { ok: false; waitSeconds: number } {
    const waitSeconds = this.wait(sender, count, limit, at)
    if (waitSeconds > 0) return { ok: false, waitSeconds }
    const recent = this.#recent(sender, at)
    for (let place = 0; place < count; place += 1) recent.push(at.getTime())
    this.#taken.set(sender, recent)
    return { ok: true }
  }

  /** Seconds until there is room for `count`; 0 = now. */
  wait(sender: string, count: number, limit: number, at: Date): number {
    const recent = this.#recent(sender, at)
    const excess = recent.length + count - limit
    if (excess <= 0) return 0
    const freed = recent[Math.min(excess, recent.length) - 1] ?? at.getTime()
    return Math.ceil((freed + this.#windowMs - at.getTime()) / 1000)
  }

  #recent(sender: string, at: Date): number[] {
    const windowStart = at.getTime() - this.#windowMs
    return (this.#taken.get(sender) ?? []).filter((time) => time > windowStart)
  }
}
