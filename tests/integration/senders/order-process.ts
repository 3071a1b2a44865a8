// A process that takes one order on and may be killed at any of its writes. Run by order-crash.test.ts.

import { localStorageClients } from '../../../sandbox/storage.ts'
import { advanceOrder } from '../../../src/core/senders/order-steps.ts'
import { orderStore } from '../../../src/core/senders/order-store.ts'
import { phoneNumbers } from '../../../src/core/senders/phone-numbers-client.ts'
import { senderStore } from '../../../src/core/senders/sender-store.ts'
import { history } from '../../../src/core/sites/history.ts'
import { siteStore } from '../../../src/core/sites/site-store.ts'
import { store } from '../../../src/core/store/store.ts'

const env = (name: string) => process.env[name] ?? ''
const now = () => new Date(Date.now() + Number(env('LATER_MS')))
const tables = store(localStorageClients(env('CONNECTION')))
const credential = { getToken: async () => ({ token: 'good', expiresOnTimestamp: Date.now() + 3_600_000 }) }

let writes = 0
/** SIGKILL: nothing is flushed, closed or caught. */
function die(): Promise<never> {
  process.kill(process.pid, 'SIGKILL')
  return new Promise(() => {})
}
async function write<T>(work: () => Promise<T>): Promise<T> {
  const mine = writes++ === Number(env('DIE_AT'))
  if (mine && env('DIE_WHEN') === 'before') await die()
  const done = await work()
  if (mine && env('DIE_WHEN') === 'after') await die()
  return done
}

const orders = orderStore(tables)
const senders = senderStore(tables, siteStore(tables), now)
const log = history(tables, now)
const ports = {
  orders: {
    read: orders.read,
    save: (...given: Parameters<typeof orders.save>) => write(() => orders.save(...given)),
  },
  senders: { add: (...given: Parameters<typeof senders.add>) => write(() => senders.add(...given)) },
  history: { add: (...given: Parameters<typeof log.add>) => write(() => log.add(...given)) },
  numbers: async () => phoneNumbers(env('ACS_ENDPOINT'), credential),
  now,
}
for (let looks = 0; looks < 20; looks++) {
  const { again } = await advanceOrder(ports, env('TENANT'), env('ORDER'))
  if (again === undefined) break
  // What is leased to a process that died is taken up once its lease is over: the next run begins later.
  if (again > 5) break
}
process.stdout.write(`writes:${writes}`)
