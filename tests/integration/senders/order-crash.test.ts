import { spawn } from 'node:child_process'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type AcsStandIn, startAcs } from '../../../sandbox/acs/acs.ts'
import { startAzurite } from '../../../sandbox/azurite.ts'
import { localStorageClients } from '../../../sandbox/storage.ts'
import { inParallel } from '../../../src/core/messaging/in-parallel.ts'
import { newOrder } from '../../../src/core/senders/order.ts'
import { orderStore } from '../../../src/core/senders/order-store.ts'
import { createStorage, type Store, store } from '../../../src/core/store/store.ts'
import { throwAwayCertificate } from '../sandbox/acs.fixture.ts'
import { collect } from '../store/storage.fixture.ts'

let acs: AcsStandIn
let azurite: Awaited<ReturnType<typeof startAzurite>>
let tables: Store
let folder: string

beforeAll(async () => {
  const certificate = await throwAwayCertificate()
  folder = await mkdtemp(join(tmpdir(), 'orders-'))
  await writeFile(join(folder, 'ca.pem'), certificate.ca)
  acs = await startAcs({ port: 0, certificate, now: () => new Date(), verify: async () => ({}) })
  Object.assign(acs.faults, { searchesPerWeek: 1000, purchaseQuota: 1000, operationSeconds: 0 })
  azurite = await startAzurite()
  const clients = localStorageClients(azurite.connectionString)
  await createStorage(clients)
  tables = store(clients)
})
afterAll(async () => {
  await acs?.close()
  await azurite?.close()
  await rm(folder, { recursive: true, force: true })
})

const PROGRAM = fileURLToPath(new URL('order-process.ts', import.meta.url))
const BY = '0d4f5a10-6c1b-4f0e-8a51-1b7c2e9d0001'

type Death = { readonly dieAt: number; readonly when: 'before' | 'after' }

/** Runs the order in a process of its own. @returns what it printed and the signal that ended it. */
function run(
  tenant: string,
  laterMs: number,
  death?: Death,
): Promise<{ said: string; signal: string | null }> {
  const child = spawn(process.execPath, [PROGRAM], {
    env: {
      PATH: process.env.PATH,
      CONNECTION: azurite.connectionString,
      ACS_ENDPOINT: acs.endpoint,
      NODE_EXTRA_CA_CERTS: join(folder, 'ca.pem'),
      TENANT: tenant,
      ORDER: 'order-1',
      LATER_MS: String(laterMs),
      DIE_AT: String(death?.dieAt ?? -1),
      DIE_WHEN: death?.when ?? '',
    },
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  let said = ''
  child.stdout.on('data', (part) => {
    said += part
  })
  return new Promise((resolve) => child.on('exit', (_code, signal) => resolve({ said, signal })))
}

async function ordered(tenant: string) {
  const shown = { amount: 2, currency: 'USD' }
  const order = newOrder({ orderId: 'order-1', by: BY, country: 'US', shown }, new Date())
  await orderStore(tables).open(tenant, order)
}
const searches = () =>
  acs.ledger.filter(({ method, path }) => method === 'POST' && path.includes(':search')).length

test('a process killed before or after any write of an order leaves one number, bought once', async () => {
  await ordered('immortal')
  const whole = await run('immortal', 0)
  const writes = Number(/writes:(\d+)/.exec(whole.said)?.[1])
  // searching, its operation, found, purchasing, its operation, bought, sender, history, done.
  expect(writes).toBeGreaterThanOrEqual(7)
  expect(acs.purchases()).toHaveLength(1)
  expect(searches()).toBe(1)

  const deaths = Array.from({ length: writes }, (_, dieAt) =>
    (['before', 'after'] as const).map((when) => ({ dieAt, when })),
  ).flat()
  await inParallel(deaths, 3, async (death) => {
    const where = `${death.when} write ${death.dieAt}`
    const tenant = `tenant-${death.when}-${death.dieAt}`
    await ordered(tenant)
    expect((await run(tenant, 0, death)).signal, where).toBe('SIGKILL')
    // The next process comes once nobody can be at work on it any more.
    const later = await run(tenant, 61_000)
    expect(later.signal, where).toBeNull()
    const order = await orderStore(tables).read(tenant)
    expect(order, where).toMatchObject({ state: 'done' })
    const senders = await collect(tables.tables.senders.list(tenant))
    expect(
      senders.map(({ sender }) => sender),
      where,
    ).toEqual([order?.number])
    expect(
      acs.purchases().filter(({ phoneNumber }) => phoneNumber === order?.number),
      where,
    ).toHaveLength(1)
    // One search is lost where its answer could not be written down; nowhere else is searched twice.
    expect(order?.searches, where).toBeLessThanOrEqual(death.dieAt <= 1 ? 2 : 1)
    const entries = await collect(tables.tables.history.list(tenant))
    expect(entries.length, where).toBeGreaterThanOrEqual(1)
  })
  // What the vendor sold: one number for each tenant, and no other.
  expect(acs.purchases()).toHaveLength(deaths.length + 1)
  expect(new Set(acs.purchases().map(({ phoneNumber }) => phoneNumber)).size).toBe(deaths.length + 1)
}, 300_000)
