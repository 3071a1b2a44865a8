import { startAzurite } from '../../../sandbox/azurite.ts'
import { localStorageClients } from '../../../sandbox/storage.ts'
import { createStorage, store } from '../../../src/core/store/store.ts'

/** An empty storage account of its own, with every table and queue. */
export async function startStorage() {
  const azurite = await startAzurite()
  const clients = localStorageClients(azurite.connectionString)
  await createStorage(clients)
  return { clients, store: store(clients), close: () => azurite.close() }
}

export type Storage = Awaited<ReturnType<typeof startStorage>>

export async function collect<T>(rows: AsyncIterable<T>): Promise<T[]> {
  const all: T[] = []
  for await (const row of rows) all.push(row)
  return all
}
