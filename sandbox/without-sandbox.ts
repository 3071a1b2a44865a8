import { fileURLToPath } from 'node:url'
import { parseSettings } from '../src/core/config.ts'
import { createStorage } from '../src/core/store/store.ts'
import { developmentStorage, startAzurite } from './azurite.ts'
import { loadLocalSettings } from './host/settings.ts'
import { spawnHost } from './host/spawn.ts'
import { type Ports, takenPorts } from './ports.ts'
import { localStorageClients } from './storage.ts'

const ROOT = fileURLToPath(new URL('..', import.meta.url))

/**
 * The app against any other implementation of the protocols, with only the storage embedded, and not even that where
 * AzureWebJobsStorage names another one. Throws what is wrong with ports and settings, all at once, before it starts.
 */
export async function startWithoutSandbox(
  ports: Ports,
  onLog: (line: string) => void,
): Promise<{ url: string; close(): Promise<void> }> {
  const given = { ...process.env, ...localSettings(ROOT), ...setIn(process.env) }
  const own = given.AzureWebJobsStorage
  const embedded = !own || own === 'UseDevelopmentStorage=true'
  const storagePorts = { blob: ports.blob, queue: ports.queue, table: ports.table }
  const needed = embedded ? (['app', 'blob', 'queue', 'table'] as const) : (['app'] as const)
  const problems = [
    ...(await takenPorts(ports, needed)),
    ...settingProblems({ ...given, AzureWebJobsStorage: own || developmentStorage(storagePorts) }),
  ]
  if (problems.length > 0) throw new Error(problems.join('\n'))
  const azurite = embedded
    ? await startAzurite({ ports: storagePorts, dir: `${ROOT}.data/storage` })
    : undefined
  try {
    const connection = azurite?.connectionString ?? own ?? ''
    await createStorage(localStorageClients(connection))
    const env = { ...given, AzureWebJobsStorage: connection }
    const host = await spawnHost({ appRoot: ROOT, port: ports.app, env, onLog })
    return { url: host.url, close: () => host.close().then(() => azurite?.close()) }
  } catch (error) {
    await azurite?.close()
    throw error
  }
}

/** The values of local.settings.json, none without that file. */
export function localSettings(appRoot: string): Record<string, string> {
  const values: Record<string, string> = {}
  loadLocalSettings(appRoot, values)
  return values
}

/** What is set, as text: an empty variable is one that somebody meant to leave out. */
function setIn(env: NodeJS.ProcessEnv): Record<string, string> {
  return Object.fromEntries(Object.entries(env).flatMap(([name, value]) => (value ? [[name, value]] : [])))
}

function settingProblems(env: Readonly<Record<string, string | undefined>>): string[] {
  const parsed = parseSettings(env)
  if (parsed.ok) return []
  const lines = Object.entries(parsed.failure.shown ?? {}).map(([name, problem]) => `  ${name} ${problem}`)
  return [
    'The settings are not complete. They come from the environment and local.settings.json',
    '(copy local.settings.example.json; README says how its keys are made):',
    ...lines,
  ]
}
