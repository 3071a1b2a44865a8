import { afterAll, afterEach, beforeAll, beforeEach, vi } from 'vitest'
import { newOrder, type Order } from '../../../src/core/senders/order.ts'
import { advanceOrder, type OrderPorts } from '../../../src/core/senders/order-steps.ts'
import { orderStore } from '../../../src/core/senders/order-store.ts'
import { phoneNumbers } from '../../../src/core/senders/phone-numbers-client.ts'
import { senderStore } from '../../../src/core/senders/sender-store.ts'
import { history } from '../../../src/core/sites/history.ts'
import { siteStore } from '../../../src/core/sites/site-store.ts'
import { credential, type Fixture, startFixture } from '../sandbox/acs.fixture.ts'
import { type Storage, startStorage } from '../store/storage.fixture.ts'

/** One storage for a file; a vendor and a tenant for each test. */
export let storage: Storage
export let vendor: Fixture
export let tenants = 0
export let tenant = ''

/** To be called once by a file whose tests order numbers. */
export function orderNumbers(): void {
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
}

export const orders = () => orderStore(storage.store)
export const senders = () => senderStore(storage.store, siteStore(storage.store), vendor.clock.now)
export const ports = (): OrderPorts => ({
  orders: orders(),
  senders: senders(),
  history: history(storage.store, vendor.clock.now),
  numbers: async () => phoneNumbers(vendor.acs.endpoint, credential),
  now: vendor.clock.now,
})
export async function ordered(shown = { amount: 2, currency: 'USD' }) {
  const order = newOrder({ orderId: 'o1', by: 'ana', country: 'US', shown }, vendor.clock.now())
  return orders().open(tenant, order)
}
/** Takes the order on as its messages would, until nothing is left to do; the clock goes by what is waited for. */
export async function worked(messages = 60): Promise<Order | undefined> {
  for (let looks = 0; looks < messages; looks++) {
    const { again } = await advanceOrder(ports(), tenant, 'o1')
    if (again === undefined) break
    vendor.clock.advance(again)
  }
  return orders().read(tenant)
}
export const searches = () => vendor.acs.ledger.filter(({ path }) => path.includes(':search')).length
