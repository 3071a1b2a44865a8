import { describe, expect, test } from 'vitest'
import {
  backOff,
  failed,
  isOpen,
  moved,
  newOrder,
  nextStep,
  type Order,
  resumed,
} from '../../../src/core/senders/order.ts'

const now = new Date('2031-03-01T09:30:00.000Z')
const later = (seconds: number) => new Date(now.getTime() + seconds * 1000).toISOString()
const order = (more: Partial<Order> = {}): Order => ({
  ...newOrder({ orderId: 'o1', by: 'somebody', country: 'US', shown: { amount: 2, currency: 'USD' } }, now),
  ...more,
})
const found = {
  searchId: 's1',
  number: '+18335551001',
  amount: 2,
  currency: 'USD',
  expiresBy: later(900),
} as const

describe('the next step of an order', () => {
  test.each<[string, Partial<Order>, string]>([
    ['a new one searches', {}, 'search'],
    ['a search that is under way is followed', { state: 'searching', operation: '{}' }, 'follow_search'],
    [
      'one that somebody has just asked for is waited for',
      { state: 'searching', leaseUntil: later(30) },
      'wait',
    ],
    [
      'one whose answer was lost is made once more',
      { state: 'searching', searches: 1, leaseUntil: later(-1) },
      'search',
    ],
    ['and not a third time', { state: 'searching', searches: 2, leaseUntil: later(-1) }, 'fail'],
    ['a number at the price that was shown is bought', { state: 'found', ...found }, 'purchase'],
    ['at another price nothing is bought', { state: 'found', ...found, amount: 2.5 }, 'ask_price'],
    ['in another currency nothing is bought', { state: 'found', ...found, currency: 'CAD' }, 'ask_price'],
    [
      'a number that is held no longer is not bought',
      { state: 'found', ...found, expiresBy: later(10) },
      'fail',
    ],
    ['a person is waited for', { state: 'price_changed', ...found }, 'rest'],
    ['a purchase that is under way is followed', { state: 'purchasing', operation: '{}' }, 'follow_purchase'],
    [
      'one that may have been asked for is looked at before it is asked again',
      { state: 'purchasing', leaseUntil: later(-1) },
      'look',
    ],
    ['what is bought is kept', { state: 'bought' }, 'keep'],
    ['what is done rests', { state: 'done' }, 'rest'],
    ['what failed rests', { state: 'failed' }, 'rest'],
  ])('%s', (_words, more, step) => expect(nextStep(order(more), now).do).toBe(step))

  test('a third search fails as unanswered', () =>
    expect(nextStep(order({ state: 'searching', searches: 2 }), now)).toEqual({
      do: 'fail',
      code: 'numbers_unanswered',
    }))
})

describe('trying again', () => {
  const broken = (code: string, more: Partial<Order> = {}) =>
    failed(order({ state: 'purchasing', ...found, ...more }), code, now)

  test.each(['numbers_no_wallet', 'numbers_no_credit', 'numbers_billing_down', 'numbers_purchase_quota'])(
    'after %s buys the number that is still held, without a search',
    (code) =>
      expect(resumed(broken(code), now)).toMatchObject({ state: 'purchasing', searchId: 's1', tries: 0 }),
  )

  test.each(['numbers_purchase_failed', 'numbers_provisioning_failed', 'numbers_reservation_expired'])(
    'after %s needs a new order',
    (code) => expect(resumed(broken(code), now)).toBeUndefined(),
  )

  test('of a purchase in doubt looks for the number, however long ago', () => {
    const old = broken('numbers_unanswered', { expiresBy: later(-3600) })
    const again = resumed(old, now)
    expect(again && nextStep(again, now)).toEqual({ do: 'look' })
  })

  test('of a search that failed needs a new order', () =>
    expect(resumed(failed(order({ state: 'searching' }), 'numbers_out_of_stock', now), now)).toBeUndefined())

  test('of an order that did not fail is nothing', () => expect(resumed(order(), now)).toBeUndefined())
})

test('a next state leaves out what held for the one before', () => {
  const before = order({ state: 'searching', leaseUntil: later(60), operation: '{}', failure: 'x', tries: 3 })
  const after = moved(before, 'found', now)
  expect(after).not.toHaveProperty('leaseUntil')
  expect(after).not.toHaveProperty('operation')
  expect(after).not.toHaveProperty('failure')
  expect(after.tries).toBe(0)
})

test('a failure keeps where it happened and when the vendor said to come back', () =>
  expect(failed(order({ state: 'searching' }), 'numbers_search_quota', now, 3600)).toMatchObject({
    state: 'failed',
    failedIn: 'searching',
    failure: 'numbers_search_quota',
    retryAt: later(3600),
  }))

test('waits grow, and end', () => {
  expect([1, 2, 3, 4].map(backOff)).toEqual([5, 10, 20, 40])
  expect(backOff(20)).toBe(120)
})

test('only what is done, failed or cancelled makes way for another order', () =>
  expect(
    (
      [
        'asked',
        'searching',
        'found',
        'price_changed',
        'purchasing',
        'bought',
        'done',
        'failed',
        'cancelled',
      ] as const
    ).filter((state) => !isOpen({ state })),
  ).toEqual(['done', 'failed', 'cancelled']))
