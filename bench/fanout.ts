import { startAzurite } from '../sandbox/azurite.ts'
import { localStorageClients } from '../sandbox/storage.ts'
import { createStorage, type StorageClients, store } from '../src/core/store/store.ts'
import { ceiling } from './fanout/ceiling.ts'
import { clinicDay } from './fanout/clinic-day.ts'
import { naive } from './fanout/naive.ts'
import { ours } from './fanout/ours.ts'
import { median } from './measuring/interleaved.ts'
import type { BenchResult } from './measuring/result.ts'

export const about =
  'reminders handed over a second, against the shortest correct sender, on the same storage emulator'

const TEXTS = 300
const ROUNDS = 3

/** `ratio` = our texts a second over the naive sender's. Both text the same people the same words, which is compared first. */
export async function bench(): Promise<BenchResult> {
  const azurite = await startAzurite()
  try {
    let operations = 0
    const clients = counted(localStorageClients(azurite.connectionString), () => operations++)
    await createStorage(clients)
    const tables = store(clients)
    const sides = { ours, naive }
    const rates = { ours: [] as number[], naive: [] as number[] }
    const each = { ours: 0, naive: 0 }
    for (let round = -1; round < ROUNDS; round++) {
      const ledgers: string[][] = []
      for (const side of round % 2 === 0 ? (['ours', 'naive'] as const) : (['naive', 'ours'] as const)) {
        const day = await clinicDay(tables, clients, TEXTS)
        operations = 0
        const began = performance.now()
        await sides[side](day)
        const seconds = (performance.now() - began) / 1000
        ledgers.push(day.ledger())
        if (round < 0) continue
        rates[side].push(TEXTS / seconds)
        each[side] = (operations / TEXTS) * 1000
      }
      if (JSON.stringify(ledgers[0]) !== JSON.stringify(ledgers[1]) || ledgers[0]?.length !== TEXTS)
        throw new Error('the two senders did not send the same texts')
    }
    const raw = await ceiling(tables)
    const [mine, theirs] = [median(rates.ours), median(rates.naive)]
    process.stdout.write(
      [
        `${TEXTS} reminders, ${ROUNDS} rounds     texts a second   storage operations per 1,000`,
        `ours                            ${mine.toFixed(0).padStart(8)}   ${each.ours.toFixed(0).padStart(10)}`,
        `claim, send, record one by one  ${theirs.toFixed(0).padStart(8)}   ${each.naive.toFixed(0).padStart(10)}`,
        `the emulator alone: ${raw.toFixed(0)} inserts a second, 16 at once`,
        '',
      ].join('\n'),
    )
    return {
      ours: mine,
      baseline: theirs,
      ratio: mine / theirs,
      unit: 'texts a second',
      operationsPer1000: each.ours,
      naiveOperationsPer1000: each.naive,
      ceilingInsertsASecond: raw,
    }
  } finally {
    await azurite.close()
  }
}

/** The same clients, every request of which is counted. */
function counted(clients: StorageClients, count: () => void): StorageClients {
  return {
    table(name) {
      const client = clients.table(name)
      client.pipeline.addPolicy({
        name: 'counting',
        sendRequest(request, next) {
          count()
          return next(request)
        },
      })
      return client
    },
    queue(name) {
      const client = clients.queue(name)
      for (const call of ['sendMessage', 'receiveMessages', 'deleteMessage'] as const) {
        const before = client[call].bind(client) as (...given: unknown[]) => Promise<unknown>
        Object.assign(client, {
          [call]: (...given: unknown[]) => {
            count()
            return before(...given)
          },
        })
      }
      return client
    },
  }
}
