import { describe, expect, test } from 'vitest'
import type { NumberOrderError } from '../../../sandbox/acs/faults.ts'
import { resumed } from '../../../src/core/senders/order.ts'
import { advanceOrder, type OrderPorts } from '../../../src/core/senders/order-steps.ts'
import { history } from '../../../src/core/sites/history.ts'

import {
  ordered,
  orderNumbers,
  orders,
  ports,
  searches,
  senders,
  storage,
  tenant,
  vendor,
  worked,
} from './order.fixture.ts'

orderNumbers()

describe('an order', () => {
  test('becomes one sender of its tenant, and says so in the history', async () => {
    await ordered()
    const done = await worked()
    expect(done).toMatchObject({ state: 'done', searches: 1 })
    expect(await senders().list(tenant)).toMatchObject([
      { sender: done?.number, kind: 'tollFree', verification: 'not_submitted', perMinute: 200 },
    ])
    const [entry] = await history(storage.store, vendor.clock.now).read(tenant, 5)
    expect(entry).toMatchObject({ what: 'sender_added', by: 'ana' })
  })

  test('that was asked for twice is one', async () => {
    const both = await Promise.all([ordered(), ordered()])
    expect(both.map(({ ok }) => ok).sort()).toEqual([false, true])
    await Promise.all([worked(), worked()])
    expect((await orders().read(tenant))?.state).toBe('done')
    expect(vendor.acs.purchases()).toHaveLength(1)
    expect(searches()).toBe(1)
  })

  test.each<[NumberOrderError, string]>([
    ['OutOfStock', 'numbers_out_of_stock'],
    ['AuthorizationDenied', 'numbers_denied'],
  ])(
    'whose search ends with %s fails, costs nothing and is searched anew when tried again',
    async (error, code) => {
      vendor.acs.faults.searchError = error
      await ordered()
      const end = await worked()
      expect(end).toMatchObject({ state: 'failed', failure: code, failedIn: 'searching' })
      expect(vendor.acs.purchases()).toEqual([])
      expect(end && resumed(end, vendor.clock.now())).toBeUndefined()
      expect((await ordered()).ok).toBe(true)
    },
  )

  test.each<[NumberOrderError, string]>([
    ['NoWallet', 'numbers_no_wallet'],
    ['NotEnoughCredit', 'numbers_no_credit'],
    ['BillingUnavailable', 'numbers_billing_down'],
  ])(
    'that could not be paid (%s) buys the very number that is held when tried again',
    async (error, code) => {
      vendor.acs.faults.purchaseError = error
      await ordered()
      const end = await worked()
      expect(end).toMatchObject({ state: 'failed', failure: code, failedIn: 'purchasing' })
      vendor.acs.faults.purchaseError = undefined
      const stored = await orders().read(tenant)
      const again = stored && resumed(stored, vendor.clock.now())
      if (!stored || !again) throw new Error('nothing to try again')
      await orders().save(stored, again)
      expect(await worked()).toMatchObject({ state: 'done', number: end?.number })
      expect(searches()).toBe(1)
      expect(vendor.acs.purchases()).toHaveLength(1)
    },
  )

  test.each<[NumberOrderError, string]>([
    ['PurchaseFailed', 'numbers_purchase_failed'],
    ['ProvisioningFailed', 'numbers_provisioning_failed'],
  ])('whose purchase ends with %s needs another number', async (error, code) => {
    vendor.acs.faults.purchaseError = error
    await ordered()
    const end = await worked()
    expect(end).toMatchObject({ state: 'failed', failure: code })
    expect(end && resumed(end, vendor.clock.now())).toBeUndefined()
  })

  test('beyond the week’s searches says when it is possible again', async () => {
    vendor.acs.faults.searchesPerWeek = 0
    await ordered()
    const end = await worked()
    expect(end).toMatchObject({ state: 'failed', failure: 'numbers_search_quota' })
    expect(Date.parse(end?.retryAt ?? '')).toBeGreaterThan(vendor.clock.now().getTime() + 86_400_000)
  })

  test('beyond the numbers that a subscription may have is told so', async () => {
    vendor.acs.faults.purchaseQuota = 0
    await ordered()
    expect(await worked()).toMatchObject({ state: 'failed', failure: 'numbers_purchase_quota' })
  })

  test('at another price than the one shown stops and asks; nothing is bought until somebody agrees', async () => {
    await ordered({ amount: 1, currency: 'USD' })
    const asked = await worked()
    expect(asked).toMatchObject({ state: 'price_changed', amount: 2, shownAmount: 1 })
    expect(vendor.acs.purchases()).toEqual([])
    const stored = await orders().read(tenant)
    if (!stored) throw new Error('no order')
    await orders().save(stored, { ...stored, state: 'found', shownAmount: 2 })
    expect(await worked()).toMatchObject({ state: 'done', searches: 1 })
  })

  test('whose agreement comes too late is not bought', async () => {
    await ordered({ amount: 1, currency: 'USD' })
    await worked()
    vendor.clock.advance(16 * 60)
    const stored = await orders().read(tenant)
    if (!stored) throw new Error('no order')
    await orders().save(stored, { ...stored, state: 'found', shownAmount: 2 })
    expect(await worked()).toMatchObject({ state: 'failed', failure: 'numbers_reservation_expired' })
    expect(vendor.acs.purchases()).toEqual([])
  })

  test('goes on by itself after the service was down, with one search', async () => {
    vendor.acs.faults.unavailable = true
    await ordered()
    await worked(2)
    expect(await orders().read(tenant)).toMatchObject({ state: 'searching', tries: 2 })
    vendor.acs.faults.unavailable = false
    expect(await worked()).toMatchObject({ state: 'done', searches: 1 })
  })

  test('ends when the service stays down, and says so', async () => {
    vendor.acs.faults.unavailable = true
    await ordered()
    expect(await worked()).toMatchObject({ state: 'failed', failure: 'numbers_unavailable' })
  })

  /** As a process that ended after its writes, before the order's own. */
  async function crashesAtTheEnd(): Promise<void> {
    const crashing = ports()
    const save: OrderPorts['orders']['save'] = async (before, after) => {
      if (after.state === 'done' || after.state === 'failed') throw new Error('the process ended')
      return crashing.orders.save(before, after)
    }
    for (let looks = 0; looks < 60; looks++)
      try {
        const { again } = await advanceOrder({ ...crashing, orders: { ...orders(), save } }, tenant, 'o1')
        vendor.clock.advance(again ?? 0)
      } catch {
        return
      }
    throw new Error('it never came to the end')
  }
  const entries = async () =>
    (await history(storage.store, vendor.clock.now).read(tenant, 50)).map(({ what }) => what)

  test('whose last step is done again after a crash is one entry of the history', async () => {
    await ordered()
    await crashesAtTheEnd()
    vendor.clock.advance(90)
    expect(await worked()).toMatchObject({ state: 'done' })
    expect(await entries()).toEqual(['sender_added'])
  })

  test('whose bought number another tenant attached is not bought again by “Again”, and is kept once it is free', async () => {
    const other = `${tenant}-other`
    await ordered()
    const taking: OrderPorts = {
      ...ports(),
      senders: {
        // Between the purchase and the sender's row.
        add: async (of, given) => {
          await senders().add(other, { ...given, kind: 'attached', by: 'ben' })
          return senders().add(of, given)
        },
      },
    }
    for (let looks = 0; looks < 60; looks++) {
      const { again } = await advanceOrder(taking, tenant, 'o1')
      if (again === undefined) break
      vendor.clock.advance(again)
    }
    const again = async () => {
      const stored = await orders().read(tenant)
      const next = stored && resumed(stored, vendor.clock.now())
      if (!stored || !next) throw new Error('nothing to try again but a new purchase')
      await orders().save(stored, next)
      return worked()
    }
    const end = await orders().read(tenant)
    expect(end).toMatchObject({ state: 'failed', failure: 'numbers_taken', failedIn: 'bought' })
    expect(await entries()).toEqual(['number_not_kept'])
    expect(await again()).toMatchObject({ state: 'failed', failure: 'numbers_taken', number: end?.number })
    await senders().remove(other, end?.number ?? '')
    expect(await again()).toMatchObject({ state: 'done', number: end?.number })
    expect(await senders().list(tenant)).toMatchObject([{ sender: end?.number, kind: 'tollFree' }])
    expect(vendor.acs.purchases()).toHaveLength(1)
    expect(searches()).toBe(1)
  })

  test('of which a message is of an earlier one is left alone', async () => {
    await ordered()
    expect(await advanceOrder(ports(), tenant, 'o0')).toEqual({ state: undefined })
    expect(searches()).toBe(0)
  })
})
