import { TableClient } from '@azure/data-tables'
import { QueueClient } from '@azure/storage-queue'
import { type StorageClients, type Store, store } from '../src/core/store/store.ts'
import { deployment } from './site-add/deployment.ts'
import { storageAnswers } from './site-add/storage-answers.ts'

/**
 * The tables that a command works on: of the storage account whose table endpoint is given, as whoever is signed in to
 * the Azure CLI (Storage Table Data Contributor), else of the deployment that the settings name, else of the sandbox.
 */
export async function commandStorage(
  url: string | undefined,
  env: Readonly<Record<string, string | undefined>>,
): Promise<{ readonly store: Store; readonly said: string }> {
  if (url !== undefined) return { store: store(await byCli(url)), said: url }
  const { settings, said } = await deployment(env)
  await storageAnswers(settings)
  const connection = settings.AzureWebJobsStorage
  if (!connection)
    throw new Error('Say which storage account: --storage https://<account>.table.core.windows.net')
  const allowInsecureConnection = true
  const clients: StorageClients = {
    table: (name) => TableClient.fromConnectionString(connection, name, { allowInsecureConnection }),
    queue: (name) => new QueueClient(connection, name),
  }
  return { store: store(clients), said }
}

async function byCli(url: string): Promise<StorageClients> {
  if (!/^https:\/\/[a-z0-9.-]+\/?$/.test(url))
    throw new Error('--storage is a table endpoint such as https://<account>.table.core.windows.net')
  const { AzureCliCredential } = await import('@azure/identity')
  const credential = new AzureCliCredential()
  const queues = url.replace('.table.', '.queue.').replace(/\/$/, '')
  return {
    table: (name) => new TableClient(url, name, credential),
    queue: (name) => new QueueClient(`${queues}/${name}`, credential),
  }
}
