import { type Azurite, startAzurite } from '../../../sandbox/azurite.ts'
import { localStorageClients } from '../../../sandbox/storage.ts'
import { createStorage, type StorageClients, type Store, store } from '../../../src/core/store/store.ts'

export type Storage = { readonly store: Store; readonly clients: StorageClients; close(): Promise<void> }

/** A real Azurite of its own, with every table and queue. */
export async function startStorage(): Promise<Storage> {
  const azurite: Azurite = await startAzurite()
  const clients = localStorageClients(azurite.connectionString)
  await createStorage(clients)
  return { store: store(clients), clients, close: () => azurite.close() }
}
