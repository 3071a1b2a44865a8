import type { TableClient } from '@azure/data-tables'
import type { QueueClient } from '@azure/storage-queue'
import { type Message, messageSchemas, type QueueName } from './messages.ts'
import { type Queue, queue } from './queue.ts'
import { type Row, rowSchemas, type TableName } from './rows.ts'
import { type Table, table } from './table.ts'

export type Store = {
  readonly tables: { readonly [Name in TableName]: Table<Row<Name>> }
  readonly queues: { readonly [Name in QueueName]: Queue<Message<Name>> }
}

/** How the SDK clients are made is the app's business (app.ts): by connection string or by managed identity. */
export type StorageClients = {
  table(name: string): TableClient
  queue(name: string): QueueClient
}

export const tableNames = Object.keys(rowSchemas) as TableName[]
export const queueNames = Object.keys(messageSchemas) as QueueName[]

export function store(clients: StorageClients): Store {
  const tables = tableNames.map((name) => [name, table(clients.table(name), rowSchemas[name])])
  const queues = queueNames.map((name) => [name, queue(clients.queue(name), messageSchemas[name])])
  return { tables: Object.fromEntries(tables), queues: Object.fromEntries(queues) } as Store
}

/** Creates what is missing. In Azure the deployment does this; on a developer's machine the start does. */
export async function createStorage(clients: StorageClients): Promise<void> {
  await Promise.all([
    ...tableNames.map((name) => clients.table(name).createTable()),
    ...queueNames
      .flatMap((name) => [name, `${name}-poison`])
      .map((name) => clients.queue(name).createIfNotExists()),
  ])
}
