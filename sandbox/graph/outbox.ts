import type { Now } from '../contracts.ts'
import { endpointHealth } from './endpoint-health.ts'
import { postToWebhook } from './webhook.ts'

/** What became of one attempt to notify; tests read these as evidence. */
export type Delivery = {
  readonly at: string
  readonly url: string
  readonly kind: string
  readonly subscriptionId: string
  readonly attempt: number
  readonly outcome: number | 'slow' | 'unreachable' | 'delayed' | 'dropped'
}

export type Notice = {
  readonly url: string
  readonly kind: string
  readonly subscriptionId: string
  /** Made at each attempt: tokens are fresh. */
  body(): Promise<string>
}

export type OutboxSettings = {
  /** A webhook that has not answered by then is slow, and the attempt counts as failed. */
  readonly timeoutMs?: number
  /** Waiting time before each further attempt; when they are used up the notification is discarded. */
  readonly retryAfterMs?: readonly number[]
  /** Notifications before the share of slow answers counts. */
  readonly minimum?: number
}

/** An answer is called slow from 2,900 of the 3,000 ms on. */
const SLOW_SHARE = 2900 / 3000

type Waiting = Notice & { readonly attempt: number; readonly due: number; readonly tried: () => void }

/**
 * Notifications on their way, in order. The real service tries again for up to 4 hours; here a few attempts within
 * two minutes stand for that, by the sandbox's clock.
 */
export function outbox(now: Now, ca: string | undefined, settings: OutboxSettings = {}) {
  const { timeoutMs = 3000, retryAfterMs = [2_000, 15_000, 60_000], minimum } = settings
  const health = endpointHealth(minimum)
  const deliveries: Delivery[] = []
  let waiting: Waiting[] = []
  let running = false
  let pumping: Promise<void> = Promise.resolve()

  async function attempt(notice: Waiting): Promise<void> {
    const at = now().getTime()
    const log = (outcome: Delivery['outcome']) => {
      const { url, kind, subscriptionId } = notice
      deliveries.push({
        at: new Date(at).toISOString(),
        url,
        kind,
        subscriptionId,
        attempt: notice.attempt,
        outcome,
      })
    }
    const again = (delayMs: number | undefined) => {
      if (delayMs === undefined) return
      waiting.push({
        ...notice,
        attempt: notice.attempt + 1,
        due: now().getTime() + delayMs,
        tried: () => {},
      })
    }
    const verdict = health.verdict(notice.url, at)
    if (verdict === 'drop') return log('dropped')
    if (verdict === 'delay') {
      log('delayed')
      return again(health.windowMs)
    }
    try {
      const body = await notice.body()
      const sent = performance.now()
      const answer = await postToWebhook(notice.url, body, { contentType: 'application/json', timeoutMs, ca })
      health.record(notice.url, at, performance.now() - sent > timeoutMs * SLOW_SHARE)
      log(answer.status)
      if (answer.status < 200 || answer.status > 299) again(retryAfterMs[notice.attempt - 1])
    } catch (error) {
      const slow = error instanceof Error && ['TimeoutError', 'AbortError'].includes(error.name)
      health.record(notice.url, at, slow)
      log(slow ? 'slow' : 'unreachable')
      again(retryAfterMs[notice.attempt - 1])
    }
  }

  async function pump(): Promise<void> {
    running = true
    try {
      for (;;) {
        const at = now().getTime()
        const next = waiting.find((notice) => notice.due <= at)
        if (!next) return
        waiting = waiting.filter((notice) => notice !== next)
        await attempt(next)
        next.tried()
      }
    } finally {
      running = false
    }
  }

  /** Sends whatever is due; resolves when nothing due is left. */
  function flush(): Promise<void> {
    if (!running) pumping = pump()
    return pumping
  }

  return {
    deliveries: deliveries as readonly Delivery[],
    /** Resolves after the first attempt, whatever came of it. */
    send: (notice: Notice): Promise<void> =>
      new Promise((resolve) => {
        waiting.push({ ...notice, attempt: 1, due: now().getTime(), tried: resolve })
        void flush()
      }),
    flush,
    clear: () => {
      waiting = []
    },
  }
}

export type Outbox = ReturnType<typeof outbox>
