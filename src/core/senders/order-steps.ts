import type { Failure } from '../result.ts'
import type { History } from '../sites/history.ts'
import {
  backOff,
  failed,
  isExpired,
  LEASE_MS,
  MOST_TRIES,
  moved,
  nextStep,
  type Order,
  type OrderState,
  WATCH_MS,
} from './order.ts'
import type { OrderStore, StoredOrder } from './order-store.ts'
import type { FoundNumber, NumbersFailure, PhoneNumbers } from './phone-numbers.ts'
import type { SenderStore } from './sender-store.ts'

export type OrderPorts = {
  readonly orders: Pick<OrderStore, 'read' | 'save'>
  readonly senders: Pick<SenderStore, 'add'>
  readonly numbers: () => Promise<PhoneNumbers>
  readonly history: Pick<History, 'add'>
  readonly now: () => Date
}

/** Seconds between two looks at a work of the vendor's. */
const LOOK_SECONDS = 2
/** More steps than an order has: a loop is a defect. */
const MOST_STEPS = 12

/** What became of an order by one message: nothing more to do, or to be looked at again after so many seconds. */
export type Advanced = { readonly state: OrderState | undefined; readonly again?: number | undefined }

/**
 * Takes an order on as far as it goes now. Each state is written before what follows from it is done, under the row's
 * ETag: of two that do so one goes on, and whoever comes after a crash goes on from what was written.
 */
export async function advanceOrder(ports: OrderPorts, tenantId: string, orderId: string): Promise<Advanced> {
  let order = await ports.orders.read(tenantId)
  for (let steps = 0; steps < MOST_STEPS; steps++) {
    if (!order || order.orderId !== orderId) return { state: undefined }
    const result = await step(ports, order)
    if (result === 'rest') return { state: order.state }
    if (typeof result === 'number') return { state: order.state, again: result }
    order = result
  }
  return { state: order?.state, again: LOOK_SECONDS }
}

/** The row as it was written; seconds until the next look; or nothing to do. Undefined: somebody else went on. */
type Stepped = StoredOrder | undefined | number | 'rest'

async function step(ports: OrderPorts, order: StoredOrder): Promise<Stepped> {
  const { now, orders } = ports
  const next = nextStep(order, now())
  const save = (after: Order) => orders.save(order, after)
  switch (next.do) {
    case 'search':
      return search(ports, order)
    case 'follow_search': {
      const found = await (await ports.numbers()).followSearch(order.operation ?? '')
      if (!found.ok) return troubled(ports, order, found.failure)
      return found.value.done ? save(foundOrder(order, found.value.value, now())) : LOOK_SECONDS
    }
    case 'ask_price':
      return save(moved(order, 'price_changed', now()))
    case 'purchase':
      return purchase(ports, order)
    case 'look':
      return look(ports, order)
    case 'follow_purchase': {
      const bought = await (await ports.numbers()).followPurchase(order.operation ?? '')
      // The vendor forgot the operation: whether the number is ours is what counts.
      if (!bought.ok && bought.failure.code === 'numbers_gone') return save(watched(order, now()))
      if (!bought.ok) return troubled(ports, order, bought.failure)
      return bought.value.done ? save(moved(order, 'bought', now())) : LOOK_SECONDS
    }
    case 'keep':
      return keep(ports, order)
    case 'fail':
      return save(failed(order, next.code, now()))
    case 'wait':
      return Math.max(1, Math.ceil((next.until.getTime() - now().getTime()) / 1000))
    case 'rest':
      return 'rest'
  }
}

async function search(ports: OrderPorts, order: StoredOrder): Promise<Stepped> {
  const { now, orders } = ports
  const { tries } = order
  const searching = moved(order, 'searching', now(), { searches: order.searches + 1, tries, ...lease(now()) })
  const marked = await orders.save(order, searching)
  if (!marked) return undefined
  const found = await (await ports.numbers()).search(order.country)
  if (!found.ok) return troubled(ports, marked, found.failure)
  if (found.value.done) return orders.save(marked, foundOrder(marked, found.value.value, now()))
  const { operation } = found.value
  return orders.save(marked, moved(marked, 'searching', now(), { operation }))
}

async function purchase(ports: OrderPorts, order: StoredOrder): Promise<Stepped> {
  const { now, orders } = ports
  const { tries } = order
  const marked = await orders.save(order, moved(order, 'purchasing', now(), { tries, ...lease(now()) }))
  if (!marked) return undefined
  const bought = await (await ports.numbers()).purchase(order.searchId ?? '')
  if (!bought.ok && bought.failure.code === 'numbers_conflict')
    return orders.save(marked, watched(marked, now()))
  // The vendor holds the search no longer.
  if (!bought.ok && bought.failure.code === 'numbers_gone')
    return orders.save(marked, failed(marked, 'numbers_reservation_expired', now()))
  if (!bought.ok) return troubled(ports, marked, bought.failure)
  if (bought.value.done) return orders.save(marked, moved(marked, 'bought', now()))
  const { operation } = bought.value
  return orders.save(marked, moved(marked, 'purchasing', now(), { operation }))
}

/** A purchase that may or may not have been asked for: the resource says whether it has the number. */
async function look(ports: OrderPorts, order: StoredOrder): Promise<Stepped> {
  const { now, orders } = ports
  const there = await (await ports.numbers()).find(order.number ?? '')
  if (!there.ok) return troubled(ports, order, there.failure)
  if (there.value) return orders.save(order, moved(order, 'bought', now()))
  const { watchUntil } = order
  if (watchUntil !== undefined && Date.parse(watchUntil) > now().getTime()) return LOOK_SECONDS
  if (watchUntil !== undefined) return orders.save(order, failed(order, 'numbers_unanswered', now()))
  if (isExpired(order, now())) return orders.save(order, failed(order, 'numbers_reservation_expired', now()))
  return purchase(ports, order)
}

/** The number is bought: it becomes a sender of the tenant, once. */
async function keep({ senders, history, orders, now }: OrderPorts, order: StoredOrder): Promise<Stepped> {
  const { partitionKey: tenantId, number = '', country, askedBy: by } = order
  const added = await senders.add(tenantId, { sender: number, kind: 'tollFree', country, by })
  const what = added.ok ? 'sender_added' : 'number_not_kept'
  // A message that comes again after a crash writes the same entry, not a second one.
  const once = { at: new Date(order.changedAt), name: `${order.orderId}|${what}` }
  await history.add(tenantId, { by, what, changes: [{ field: 'sender', to: number }] }, once)
  if (!added.ok) return orders.save(order, failed(order, 'numbers_taken', now()))
  return orders.save(order, moved(order, 'done', now()))
}

/** The vendor did not answer, or has no time: again later. Anything else ends the order. */
const PASSING: ReadonlySet<NumbersFailure> = new Set([
  'numbers_unavailable',
  'numbers_no_answer',
  'numbers_throttled',
  'numbers_not_asked',
])

async function troubled(
  { orders, now }: OrderPorts,
  order: StoredOrder,
  { code, retryAfterSeconds }: Failure<NumbersFailure>,
): Promise<Stepped> {
  const tries = order.tries + 1
  if (!PASSING.has(code) || tries >= MOST_TRIES)
    return orders.save(order, failed(order, code, now(), retryAfterSeconds))
  const { leaseUntil: _lease, ...rest } = order
  // A search that the vendor refused was not made; one without an answer may have been.
  const unasked = order.state === 'searching' && order.operation === undefined && code !== 'numbers_no_answer'
  const searches = unasked ? order.searches - 1 : order.searches
  const saved = await orders.save(order, { ...rest, searches, tries, changedAt: now().toISOString() })
  return saved && Math.max(backOff(tries), Math.min(retryAfterSeconds ?? 0, 300))
}

function foundOrder(order: Order, { searchId, number, price, expiresBy }: FoundNumber, now: Date): Order {
  const { amount, currency } = price
  return moved(order, 'found', now, {
    searchId,
    number,
    amount,
    currency,
    expiresBy: expiresBy.toISOString(),
  })
}

function watched(order: Order, now: Date): Order {
  return moved(order, 'purchasing', now, { watchUntil: new Date(now.getTime() + WATCH_MS).toISOString() })
}

function lease(now: Date): { leaseUntil: string } {
  return { leaseUntil: new Date(now.getTime() + LEASE_MS).toISOString() }
}
