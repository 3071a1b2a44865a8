import type { Row } from '../store/rows.ts'
import { type Price, samePrice } from './price.ts'

/** A tenant's wish for a new number: one row, one step at a time. */
export type Order = Row<'orders'>
export type OrderState = Order['state']

/** What is to be done next. `wait` until somebody else has surely ended; `rest`: nothing, until a person decides. */
export type Step =
  | {
      readonly do:
        | 'search'
        | 'follow_search'
        | 'ask_price'
        | 'purchase'
        | 'follow_purchase'
        | 'look'
        | 'keep'
        | 'rest'
    }
  | { readonly do: 'wait'; readonly until: Date }
  | { readonly do: 'fail'; readonly code: string }

/** A search without an answer is made again once, and not more: five a week are all that there are. */
const MOST_SEARCHES = 2
/** What is asked of the vendor has an end within this time, or nobody knows what became of it. */
export const LEASE_MS = 60_000
/** Tries of a request that the vendor did not answer, with growing waits: some ten minutes together. */
export const MOST_TRIES = 8
/** A purchase that is under way without our knowing its operation is looked for so long. */
export const WATCH_MS = 15 * 60_000

const OPEN: readonly OrderState[] = ['asked', 'searching', 'found', 'price_changed', 'purchasing', 'bought']

/** Whether the order is still on its way. */
export function isOpen({ state }: Pick<Order, 'state'>): boolean {
  return OPEN.includes(state)
}

/** What to do next with an order, from what is stored of it alone. Pure. */
export function nextStep(order: Order, now: Date): Step {
  const held = order.leaseUntil === undefined ? undefined : new Date(order.leaseUntil)
  const busy = held !== undefined && held > now
  switch (order.state) {
    case 'asked':
      return { do: 'search' }
    case 'searching':
      if (order.operation !== undefined) return { do: 'follow_search' }
      if (busy) return { do: 'wait', until: held }
      return order.searches < MOST_SEARCHES ? { do: 'search' } : { do: 'fail', code: 'numbers_unanswered' }
    case 'found':
      if (isExpired(order, now)) return { do: 'fail', code: 'numbers_reservation_expired' }
      return samePrice(shownOf(order), foundOf(order)) ? { do: 'purchase' } : { do: 'ask_price' }
    case 'purchasing':
      if (order.operation !== undefined) return { do: 'follow_purchase' }
      // A request may have reached the vendor: it is asked what the resource has before it is asked to buy.
      return busy ? { do: 'wait', until: held } : { do: 'look' }
    case 'bought':
      return { do: 'keep' }
    default:
      return { do: 'rest' }
  }
}

export function shownOf({ shownAmount, shownCurrency }: Order): Price {
  return { amount: shownAmount, currency: shownCurrency }
}

export function foundOf({ amount, currency, ...order }: Order): Price {
  return amount === undefined || currency === undefined ? shownOf(order as Order) : { amount, currency }
}

/** Whether the vendor no longer holds the number that the search found; a little early rather than late. */
export function isExpired({ expiresBy }: Order, now: Date): boolean {
  return expiresBy !== undefined && Date.parse(expiresBy) - 15_000 <= now.getTime()
}

/** A new order. `shown`: the price that the administrator saw when they agreed. Pure. */
export function newOrder(
  asked: { readonly orderId: string; readonly by: string; readonly country: string; readonly shown: Price },
  now: Date,
): Order {
  const at = now.toISOString()
  return {
    schema: 1,
    orderId: asked.orderId,
    state: 'asked',
    country: asked.country,
    askedAt: at,
    askedBy: asked.by,
    changedAt: at,
    shownAmount: asked.shown.amount,
    shownCurrency: asked.shown.currency,
    searches: 0,
    tries: 0,
  }
}

/** The order in its next state; what only held for the state before is left out. Pure. */
export function moved(order: Order, state: OrderState, now: Date, more: Partial<Order> = {}): Order {
  const { leaseUntil: _lease, operation: _operation, failure: _failure, retryAt: _retry, ...kept } = order
  return { ...kept, state, tries: 0, changedAt: now.toISOString(), ...more }
}

/** The order at a failure. Pure. @param wait seconds that the vendor asked for. */
export function failed(order: Order, code: string, now: Date, wait?: number): Order {
  const { watchUntil: _watch, ...rest } = order
  const retryAt = wait === undefined ? {} : { retryAt: new Date(now.getTime() + wait * 1000).toISOString() }
  return moved(rest, 'failed', now, { failure: code, failedIn: order.state, ...retryAt })
}

/** Failures after which the number that was found can still be bought, while the vendor holds it. */
const HELD = new Set([
  'numbers_no_wallet',
  'numbers_no_credit',
  'numbers_billing_down',
  'numbers_unavailable',
  'numbers_no_answer',
  'numbers_unanswered',
  'numbers_not_asked',
  'numbers_purchase_quota',
  'numbers_denied',
  'numbers_not_allowed',
  'numbers_throttled',
])
/** Failures after which nobody knows whether the number was bought: that is looked at before anything is searched. */
const IN_DOUBT = new Set(['numbers_unavailable', 'numbers_no_answer', 'numbers_unanswered'])

/**
 * The order that a failed one becomes when it is tried again: the number that is held is bought, and nothing searched
 * twice for nothing. Undefined where a new order is the only way. Pure.
 */
export function resumed(order: Order, now: Date): Order | undefined {
  const { state, failure = '', failedIn, searchId } = order
  // It is bought and paid for: no other one is bought for it, it is only tried to be made the tenant's.
  if (state === 'failed' && failedIn === 'bought') return moved(order, 'bought', now)
  if (state !== 'failed' || failedIn !== 'purchasing' || searchId === undefined) return undefined
  const held = HELD.has(failure) && !isExpired(order, now)
  return held || IN_DOUBT.has(failure) ? moved(order, 'purchasing', now) : undefined
}

/** Seconds before the next try of what was not answered. */
export function backOff(tries: number): number {
  return Math.min(5 * 2 ** Math.max(0, tries - 1), 120)
}
