import { readFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { z } from 'zod'
import { createStorage } from '../src/core/store/store.ts'
import { startAzurite } from './azurite.ts'
import { spawnHost } from './host/spawn.ts'
import type { Ports } from './ports.ts'
import { localStorageClients } from './storage.ts'

const file = z.object({ Values: z.record(z.string(), z.string()) })

/** The app against any other implementation of the protocols, with only the storage embedded. */
export async function startWithoutSandbox(
  ports: Ports,
  onLog: (line: string) => void,
): Promise<{ url: string; close(): Promise<void> }> {
  const appRoot = fileURLToPath(new URL('..', import.meta.url))
  const settings = { ...(await localSettings(appRoot)), ...process.env } as Record<string, string>
  const own =
    settings.AzureWebJobsStorage === undefined ||
    settings.AzureWebJobsStorage === 'UseDevelopmentStorage=true'
  const azurite = own
    ? await startAzurite({
        ports: { blob: ports.blob, queue: ports.queue, table: ports.table },
        dir: `${appRoot}.data/storage`,
      })
    : undefined
  try {
    const connection = azurite?.connectionString ?? settings.AzureWebJobsStorage ?? ''
    await createStorage(localStorageClients(connection))
    const host = await spawnHost({
      appRoot,
      port: ports.app,
      env: { ...settings, AzureWebJobsStorage: connection },
      onLog,
    })
    return { url: host.url, close: () => host.close().then(() => azurite?.close()) }
  } catch (error) {
    await azurite?.close()
    throw error
  }
}

/** The values of local.settings.json, none without that file. */
export async function localSettings(appRoot: string): Promise<Record<string, string>> {
  const text = await readFile(`${appRoot}local.settings.json`, 'utf8').catch(() => undefined)
  return text === undefined ? {} : file.parse(JSON.parse(text)).Values
}
