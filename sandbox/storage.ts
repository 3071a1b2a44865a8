import { TableClient } from '@azure/data-tables'
import { QueueClient } from '@azure/storage-queue'
import type { StorageClients } from '../src/core/store/store.ts'

/** Clients of a local storage account, for setting the sandbox up and for reading evidence. */
export function localStorageClients(connectionString: string): StorageClients {
  return {
    table: (name) =>
      TableClient.fromConnectionString(connectionString, name, { allowInsecureConnection: true }),
    queue: (name) => new QueueClient(connectionString, name),
  }
}
