import { TableServiceClient } from '@azure/data-tables'
import { QueueServiceClient } from '@azure/storage-queue'
import { localStorageClients } from '../../../sandbox/storage.ts'
import { blobService } from './blob-service.ts'
import type { Place } from './leak-search.ts'

/** Every value that a storage account holds at this moment: all tables, all queues, all blobs, whoever made them. */
export async function storedPlaces(connectionString: string): Promise<Place[]> {
  const kinds = [inTables(connectionString), inQueues(connectionString), inBlobs(connectionString)]
  return (await Promise.all(kinds)).flat()
}

/** The host's lines, one place each. */
export function loggedPlaces(lines: readonly string[]): Place[] {
  return lines.map((line) => ({ where: 'the log', value: Buffer.from(line) }))
}

/** Columns that the storage itself writes. */
const OWN = new Set(['etag', 'timestamp'])

async function inTables(connectionString: string): Promise<Place[]> {
  const options = { allowInsecureConnection: true }
  const service = TableServiceClient.fromConnectionString(connectionString, options)
  const clients = localStorageClients(connectionString)
  const places: Place[] = []
  for await (const { name = '' } of service.listTables()) {
    const where = `table ${name}`
    places.push({ where, value: Buffer.from(name) })
    for await (const row of clients.table(name).listEntities())
      for (const [column, value] of Object.entries(row)) {
        if (OWN.has(column)) continue
        const data = value instanceof Uint8Array ? Buffer.from(value) : Buffer.from(String(value))
        places.push({ where, value: data }, { where, value: Buffer.from(column) })
      }
  }
  return places
}

/** Most messages that a look without taking them off shows ("Peek Messages"). */
const PEEKED = 32

async function inQueues(connectionString: string): Promise<Place[]> {
  const service = QueueServiceClient.fromConnectionString(connectionString)
  const places: Place[] = []
  for await (const { name, metadata } of service.listQueues({ includeMetadata: true })) {
    const where = `queue ${name}`
    places.push({ where, value: Buffer.from(JSON.stringify({ name, metadata })) })
    const { peekedMessageItems } = await service
      .getQueueClient(name)
      .peekMessages({ numberOfMessages: PEEKED })
    if (peekedMessageItems.length === PEEKED) throw new Error(`queue ${name} holds more than a peek shows`)
    for (const { messageText } of peekedMessageItems) places.push({ where, value: Buffer.from(messageText) })
  }
  return places
}

async function inBlobs(connectionString: string): Promise<Place[]> {
  const blobs = blobService(connectionString)
  const paths = await blobs.list()
  const read = paths.map(async (path): Promise<Place[]> => {
    const where = `blob ${path}`
    return [
      { where, value: Buffer.from(path) },
      { where, value: await blobs.read(path) },
    ]
  })
  return (await Promise.all(read)).flat()
}
