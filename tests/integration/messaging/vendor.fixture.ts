import type { SendText, Text } from '../../../src/core/messaging/sms.ts'
import { fail, ok } from '../../../src/core/result.ts'

/**
 * `lost`: taken, and the answer never came. `unheard`: the request never arrived. `refused`, `misconfigured`: a clear no.
 */
export type Answer = 'accepted' | 'lost' | 'unheard' | 'throttled' | 'refused' | 'misconfigured' | 'no_token'

export type Vendor = {
  readonly sendText: SendText
  /** What phones will show. */
  readonly accepted: Text[]
  /** Every request that was made. */
  readonly requests: Text[]
  answer: (text: Text, request: number) => Answer
  /** How many requests were under way at once, at most. */
  busiest: number
}

/** A texting vendor that remembers repeatability ids for so many seconds; 0 = not at all. */
export function vendor(now: () => Date, remembersSeconds: number): Vendor {
  const remembered = new Map<string, number>()
  let underWay = 0
  const made: Vendor = {
    accepted: [],
    requests: [],
    answer: () => 'accepted',
    busiest: 0,
    async sendText(text) {
      const request = made.requests.push(text)
      made.busiest = Math.max(made.busiest, ++underWay)
      await new Promise((resolve) => setImmediate(resolve))
      underWay--
      return answered(text, made.answer(text, request))
    },
  }
  function take(text: Text): void {
    const before = remembered.get(text.repeatabilityId)
    const known = before !== undefined && now().getTime() - before <= remembersSeconds * 1000
    if (known && remembersSeconds > 0) return
    remembered.set(text.repeatabilityId, now().getTime())
    made.accepted.push(text)
  }
  function answered(text: Text, answer: Answer): Awaited<ReturnType<SendText>> {
    if (answer === 'accepted' || answer === 'lost') take(text)
    switch (answer) {
      case 'accepted':
        return ok(undefined)
      case 'lost':
      case 'unheard':
        return fail('sms_outcome_unknown')
      case 'throttled':
        return fail('sms_throttled', { retryAfterSeconds: 7 })
      case 'no_token':
        return fail('sms_not_asked')
      case 'refused':
        return fail('sms_recipient_refused')
      case 'misconfigured':
        return fail('sms_request_refused')
    }
  }
  return made
}
