import type { SmsFailure, Text } from '../src/core/messaging/sms.ts'
import { fail, ok, type Result } from '../src/core/result.ts'
import type { Process } from './process.ts'
import type { Random } from './random.ts'
import type { World } from './world.ts'

export type Accepted = Text & { readonly requestedAt: number; readonly acceptedAt: number }
/** Seconds after which our client gives a request up (messaging/sms-client.ts); it then never arrives any more. */
const TIMEOUT = 15
type Sent = Result<void, SmsFailure>

/** A texting vendor that remembers repeatability ids for so many seconds, and limits each sender by the minute. */
export type SimulatedVendor = {
  /** What phones will show. */
  readonly accepted: Accepted[]
  readonly throttled: number
  send(of: Process, text: Text): Promise<Sent>
}

export type VendorRules = {
  readonly remembersSeconds: number
  readonly perMinute: number
  /** Probability that a text was taken and the answer is lost, or that the request never arrives. */
  doubt: number
}

/** @param report what becomes of an accepted text, a while later. */
export function simulatedVendor(
  world: World,
  random: Random,
  rules: VendorRules,
  report: (text: Text) => void,
): SimulatedVendor {
  const remembered = new Map<string, number>()
  const perMinute = new Map<string, number>()
  const accepted: Accepted[] = []
  let throttled = 0
  const now = () => world.now().getTime()
  const minuteOf = (from: string) => `${from}|${Math.floor(now() / 60_000)}`
  function take(text: Text, requestedAt: number): Sent {
    const before = remembered.get(text.repeatabilityId)
    const known = before !== undefined && now() - before <= rules.remembersSeconds * 1000
    if (known && rules.remembersSeconds > 0) return ok(undefined)
    const sent = (perMinute.get(minuteOf(text.from)) ?? 0) + 1
    if (sent > rules.perMinute) {
      throttled++
      return fail('sms_throttled', { retryAfterSeconds: random.between(5, 60) })
    }
    perMinute.set(minuteOf(text.from), sent)
    remembered.set(text.repeatabilityId, now())
    accepted.push({ ...text, requestedAt, acceptedAt: now() })
    report(text)
    return ok(undefined)
  }
  return {
    accepted,
    get throttled() {
      return throttled
    },
    send(of, text) {
      const requestedAt = now()
      return of.do<Sent>(
        'vendor.send',
        () => {
          const lost = random.chance(rules.doubt)
          if (lost && random.chance(0.5)) return fail('sms_outcome_unknown')
          const answer = take(text, requestedAt)
          return lost ? fail('sms_outcome_unknown') : answer
        },
        { once: true, longestSeconds: TIMEOUT },
      )
    },
  }
}
