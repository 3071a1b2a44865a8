import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import type { NumberOrderError } from '../../../sandbox/acs/faults.ts'
import type { PhoneNumbers } from '../../../src/core/senders/phone-numbers.ts'
import { phoneNumbers } from '../../../src/core/senders/phone-numbers-client.ts'
import { credential, type Fixture, startFixture } from '../sandbox/acs.fixture.ts'

let vendor: Fixture
let numbers: PhoneNumbers

beforeEach(async () => {
  vendor = await startFixture()
  numbers = phoneNumbers(vendor.acs.endpoint, credential)
  // The stand-in's certificate is its own; the SDK takes the process's word for it.
  vi.stubEnv('NODE_TLS_REJECT_UNAUTHORIZED', '0')
})
afterEach(async () => {
  vi.unstubAllEnvs()
  await vendor.acs.close()
})

/** Follows a search or a purchase to its end, as the clock brings it. */
async function ended<T>(
  first: Awaited<ReturnType<PhoneNumbers['search']>> | Awaited<ReturnType<PhoneNumbers['purchase']>>,
  follow: (operation: string) => Promise<unknown>,
): Promise<T> {
  let now: unknown = first
  for (let looks = 0; looks < 5; looks++) {
    const { ok, value } = now as { ok: boolean; value?: { done: boolean; operation: string } }
    if (!ok || !value || value.done) break
    vendor.clock.advance(3)
    now = await follow(value.operation)
  }
  return now as T
}

describe('the numbers of the resource', () => {
  test('a price is told without using up a search', async () => {
    expect(await numbers.offering('US')).toEqual({ ok: true, value: { amount: 2, currency: 'USD' } })
    expect(await numbers.offering('FR')).toEqual({ ok: true, value: undefined })
    expect(vendor.acs.ledger.filter(({ path }) => path.includes(':search'))).toEqual([])
  })

  test('a search and a purchase go on from what was stored of them, and buy one number', async () => {
    const search = await ended<Awaited<ReturnType<PhoneNumbers['search']>>>(
      await numbers.search('US'),
      // Another process: nothing but the text is left of the first.
      (operation) => phoneNumbers(vendor.acs.endpoint, credential).followSearch(operation),
    )
    if (!search.ok || !search.value.done) throw new Error(`no number was found: ${JSON.stringify(search)}`)
    const { searchId, number, price } = search.value.value
    expect(price).toEqual({ amount: 2, currency: 'USD' })
    const bought = await ended(await numbers.purchase(searchId), (operation) =>
      phoneNumbers(vendor.acs.endpoint, credential).followPurchase(operation),
    )
    expect(bought).toMatchObject({ ok: true, value: { done: true } })
    expect(vendor.acs.purchases()).toMatchObject([{ searchId, phoneNumber: number }])
    expect(await numbers.find(number)).toMatchObject({
      ok: true,
      value: { number, tollFree: true, texts: true },
    })
    expect(await numbers.owned()).toMatchObject({ ok: true, value: [{}, { number }] })
    // The same search bought again is a conflict, not a second number.
    expect(await numbers.purchase(searchId)).toMatchObject({
      ok: false,
      failure: { code: 'numbers_conflict' },
    })
  })

  test.each([
    ['OutOfStock', 'numbers_out_of_stock'],
    ['AuthorizationDenied', 'numbers_denied'],
    ['NoWallet', 'numbers_no_wallet'],
    ['NotEnoughCredit', 'numbers_no_credit'],
    ['BillingUnavailable', 'numbers_billing_down'],
    ['PurchaseFailed', 'numbers_purchase_failed'],
    ['ProvisioningFailed', 'numbers_provisioning_failed'],
    ['UnknownErrorCode', 'numbers_refused'],
  ] as const)('a search that ends with %s is told as %s', async (error, code) => {
    vendor.acs.faults.searchError = error satisfies NumberOrderError
    const end = await ended(await numbers.search('US'), numbers.followSearch)
    expect(end).toMatchObject({ ok: false, failure: { code } })
  })

  test('the sixth search of a week is told with its wait', async () => {
    vendor.acs.faults.searchesPerWeek = 1
    await numbers.search('US')
    expect(await numbers.search('US')).toMatchObject({
      ok: false,
      failure: { code: 'numbers_search_quota', retryAfterSeconds: 604_800 },
    })
  })

  test('a service that is down, in haste or unreachable is told apart', async () => {
    vendor.acs.faults.unavailable = true
    expect(await numbers.search('US')).toMatchObject({ ok: false, failure: { code: 'numbers_unavailable' } })
    vendor.acs.faults.unavailable = false
    vendor.acs.faults.throttled = true
    expect(await numbers.owned()).toMatchObject({ ok: false, failure: { code: 'numbers_throttled' } })
    vendor.acs.faults.throttled = false
    const nowhere = phoneNumbers('https://localhost:1', credential)
    expect(await nowhere.purchase('x')).toMatchObject({ ok: false, failure: { code: 'numbers_no_answer' } })
  })

  test('a released number is gone', async () => {
    const [first] = vendor.acs.numbers()
    const number = first?.phoneNumber ?? ''
    expect(await numbers.release(number)).toEqual({ ok: true, value: undefined })
    vendor.clock.advance(10)
    expect(await numbers.find(number)).toEqual({ ok: true, value: undefined })
    expect(await numbers.release(number)).toMatchObject({ ok: false, failure: { code: 'numbers_gone' } })
  })
})
