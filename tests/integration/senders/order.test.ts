import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest'
import type { NumberOrderError } from '../../../sandbox/acs/faults.ts'
import { newOrder, type Order, resumed } from '../../../src/core/senders/order.ts'
import { advanceOrder, type OrderPorts } from '../../../src/core/senders/order-steps.ts'
import { orderStore } from '../../../src/core/senders/order-store.ts'
import { phoneNumbers } from '../../../src/core/senders/phone-numbers-client.ts'
import { advanceRelease, markRelease } from '../../../src/core/senders/release.ts'
import { senderStore } from '../../../src/core/senders/sender-store.ts'
import { history } from '../../../src/core/sites/history.ts'
import { siteStore } from '../../../src/core/sites/site-store.ts'
import { site as siteOf } from '../../unit/sites/site.fixture.ts'
import { credential, type Fixture, startFixture } from '../sandbox/acs.fixture.ts'
import { type Storage, startStorage } from '../store/storage.fixture.ts'

let storage: Storage
let vendor: Fixture
let tenants = 0
let tenant = ''
beforeAll(async () => {
  storage = await startStorage()
})
afterAll(() => storage?.close())
beforeEach(async () => {
  vendor = await startFixture()
  vi.stubEnv('NODE_TLS_REJECT_UNAUTHORIZED', '0')
  tenant = `tenant-${++tenants}`
})
afterEach(async () => {
  vi.unstubAllEnvs()
  // The next test's vendor sells the same numbers again.
  for (const { sender } of await senders().list(tenant)) await senders().remove(tenant, sender)
  await vendor.acs.close()
})

const orders = () => orderStore(storage.store)
const senders = () => senderStore(storage.store, siteStore(storage.store), vendor.clock.now)
const ports = (): OrderPorts => ({
  orders: orders(),
  senders: senders(),
  history: history(storage.store, vendor.clock.now),
  numbers: async () => phoneNumbers(vendor.acs.endpoint, credential),
  now: vendor.clock.now,
})
async function ordered(shown = { amount: 2, currency: 'USD' }) {
  const order = newOrder({ orderId: 'o1', by: 'ana', country: 'US', shown }, vendor.clock.now())
  return orders().open(tenant, order)
}
/** Takes the order on as its messages would, until nothing is left to do; the clock goes by what is waited for. */
async function worked(messages = 60): Promise<Order | undefined> {
  for (let looks = 0; looks < messages; looks++) {
    const { again } = await advanceOrder(ports(), tenant, 'o1')
    if (again === undefined) break
    vendor.clock.advance(again)
  }
  return orders().read(tenant)
}
const searches = () => vendor.acs.ledger.filter(({ path }) => path.includes(':search')).length

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

describe('a number', () => {
  const [sandboxNumber] = ['+18335550100']
  const number = { sender: sandboxNumber ?? '', kind: 'attached', country: 'US', by: 'ana' } as const

  test('belongs to the tenant that took it first; another tenant does not get or see it', async () => {
    const other = `${tenant}-other`
    expect((await senders().add(tenant, number)).ok).toBe(true)
    expect((await senders().add(tenant, number)).ok).toBe(true)
    expect(await senders().add(other, number)).toMatchObject({ ok: false, failure: { code: 'sender_taken' } })
    expect(await senders().isElsewhere(other, number.sender)).toBe(true)
    expect(await senders().isElsewhere(tenant, number.sender)).toBe(false)
    await senders().remove(tenant, number.sender)
    expect((await senders().add(other, number)).ok).toBe(true)
    await senders().remove(other, number.sender)
  })

  test('that a site of another tenant texts from is theirs, claimed or not', async () => {
    const sites = siteStore(storage.store)
    const made = siteOf({ siteId: 'texting00001', fhirBaseUrl: 'https://ehr.example.org/texting' })
    await sites.save({ ...made, texts: { ...made.texts, sender: '+18335550111' } })
    const theirs = { ...number, sender: '+18335550111' }
    expect(await senders().add(tenant, theirs)).toMatchObject({
      ok: false,
      failure: { code: 'sender_taken' },
    })
    expect((await senders().add(made.tenantId, theirs)).ok).toBe(true)
  })

  test('goes back to the vendor once, and only where an administrator marked it', async () => {
    await ordered()
    const bought = await worked()
    const sender = bought?.number ?? ''
    const release = { senders: senders(), sites: siteStore(storage.store), numbers: ports().numbers }
    expect(await advanceRelease(release, tenant, sender)).toBeUndefined()
    expect(vendor.acs.numbers().map(({ phoneNumber }) => phoneNumber)).toContain(sender)
    const read = await senders().read(tenant, sender)
    if (!read) throw new Error('no sender')
    const marked = { ...read.value, releasingAt: vendor.clock.now().toISOString() }
    await senders().save(tenant, marked, read.version)
    for (let looks = 0; looks < 10; looks++) {
      const again = await advanceRelease(release, tenant, sender)
      if (again === undefined) break
      vendor.clock.advance(again)
    }
    expect(vendor.acs.numbers().map(({ phoneNumber }) => phoneNumber)).not.toContain(sender)
    expect(await senders().list(tenant)).toEqual([])
  })

  describe('that a site is linked to while it is being given back', () => {
    async function boughtAndSite() {
      await ordered()
      const sender = (await worked())?.number ?? ''
      const sites = siteStore(storage.store)
      const siteId = String(tenants).padStart(12, '0')
      const base = siteOf({ tenantId: tenant, siteId, fhirBaseUrl: `https://ehr.example.org/${siteId}` })
      const link = async () => {
        const saved = await sites.save({ ...base, texts: { ...base.texts, sender } })
        if (!saved.ok) throw new Error(saved.failure.code)
      }
      const read = await senders().read(tenant, sender)
      if (!read) throw new Error('no sender')
      const there = () => vendor.acs.numbers().map(({ phoneNumber }) => phoneNumber)
      return { sender, sites, siteId, link, read, there, now: vendor.clock.now }
    }

    test('is asked of again behind the mark: it stays, and the mark is gone', async () => {
      const { sender, sites, siteId, link, read, there, now } = await boughtAndSite()
      const linking = {
        ...senders(),
        save: async (...given: Parameters<ReturnType<typeof senders>['save']>) => {
          await link()
          return senders().save(...given)
        },
      }
      const marked = await markRelease({ senders: linking, sites, now }, tenant, read)
      expect(marked).toMatchObject({ ok: false, failure: { code: 'sender_linked' } })
      expect((await senders().read(tenant, sender))?.value.releasingAt).toBeUndefined()
      expect(there()).toContain(sender)
      await sites.remove(tenant, siteId, (await sites.read(tenant, siteId))?.version ?? '')
    })

    test('or after the mark is not given back by its message either', async () => {
      const { sender, sites, siteId, link, read, there, now } = await boughtAndSite()
      expect((await markRelease({ senders: senders(), sites, now }, tenant, read)).ok).toBe(true)
      await link()
      const release = { senders: senders(), sites, numbers: ports().numbers }
      expect(await advanceRelease(release, tenant, sender)).toBeUndefined()
      expect((await senders().read(tenant, sender))?.value.releasingAt).toBeUndefined()
      expect(there()).toContain(sender)
      await sites.remove(tenant, siteId, (await sites.read(tenant, siteId))?.version ?? '')
    })
  })

  test('of which two administrators edit at once keeps the first edit', async () => {
    await senders().add(tenant, { ...number, sender: '+18335550122' })
    const read = await senders().read(tenant, '+18335550122')
    if (!read) throw new Error('no sender')
    const first = await senders().save(tenant, { ...read.value, perMinute: 300 }, read.version)
    const second = await senders().save(tenant, { ...read.value, perMinute: 400 }, read.version)
    expect([first.ok, second.ok]).toEqual([true, false])
  })
})
