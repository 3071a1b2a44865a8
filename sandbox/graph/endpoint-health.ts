const WINDOW_MS = 10 * 60_000
/** The share of slow answers is looked at only once an endpoint has had so many notifications. */
const MINIMUM = 100

export type Verdict = 'deliver' | 'delay' | 'drop'

/**
 * How slowly each webhook answers (Receive change notifications through webhooks, "Throttling"): answers later than
 * 2,900 ms are slow; after 100 notifications in a 10-minute window, 10 % slow delays what comes next by 10 minutes and
 * 15 % drops it.
 */
export function endpointHealth(minimum = MINIMUM) {
  const windows = new Map<string, { since: number; count: number; slow: number }>()
  const windowOf = (url: string, at: number) => {
    const current = windows.get(url)
    if (current && at - current.since < WINDOW_MS) return current
    const fresh = { since: at, count: 0, slow: 0 }
    windows.set(url, fresh)
    return fresh
  }
  return {
    record(url: string, at: number, slow: boolean): void {
      const window = windowOf(url, at)
      window.count += 1
      if (slow) window.slow += 1
    },
    verdict(url: string, at: number): Verdict {
      const { count, slow } = windowOf(url, at)
      if (count < minimum || slow / count < 0.1) return 'deliver'
      return slow / count >= 0.15 ? 'drop' : 'delay'
    },
    windowMs: WINDOW_MS,
  }
}
