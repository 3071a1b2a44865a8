import { readFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { appSettings, sandboxKeys } from '../../sandbox/app-settings.ts'
import { developmentStorage } from '../../sandbox/azurite.ts'
import { NORTHWIND_HEALTH, WOODGROVE_CLINICS } from '../../sandbox/entra/tenants.ts'
import { portsFrom } from '../../sandbox/ports.ts'
import { localSettings } from '../../sandbox/without-sandbox.ts'
import { parseSettings, type Settings, settingNames } from '../../src/core/config.ts'

export type Deployment = { readonly settings: Settings; readonly said: string }

const ROOT = fileURLToPath(new URL('../..', import.meta.url))

type Environment = Readonly<Record<string, string | undefined>>

/**
 * The deployment that a site is added to: what the environment and local.settings.json say, as they say it to the app;
 * without either, the sandbox on this machine. Throws every problem of the settings.
 */
export async function deployment(env: Environment, root = ROOT): Promise<Deployment> {
  const ports = portsFrom(env)
  const storage = developmentStorage({ blob: ports.blob, queue: ports.queue, table: ports.table })
  const given = { ...localSettings(root), ...set(env) }
  if (given.ALLOWED_TENANTS || given.PUBLIC_URL) {
    const own = given.AzureWebJobsStorage
    const local = own === 'UseDevelopmentStorage=true' || (!own && !given.AzureWebJobsStorage__accountName)
    return {
      settings: parsed(local ? { ...given, AzureWebJobsStorage: storage } : given),
      said: 'the deployment that the settings name',
    }
  }
  const keys = await sandboxKeys(await sandboxFolder(root))
  const url = `http://localhost:${ports.app}`
  const sandbox = appSettings({
    appUrl: url,
    keys,
    connectionString: storage,
    caFile: '',
    entraAuthority: `https://localhost:${ports.entra}`,
    graphUrl: `https://localhost:${ports.graph}`,
    acsEndpoint: `https://localhost:${ports.acs}`,
    teamsUrl: `http://localhost:${ports.teams}`,
    allowedTenants: [NORTHWIND_HEALTH, WOODGROVE_CLINICS],
  })
  return { settings: parsed(sandbox), said: `the sandbox at ${url}` }
}

/** Only names of settings count: everything else of the environment is none of the app's business. */
function set(env: Environment): Environment {
  return Object.fromEntries(settingNames.flatMap((name) => (env[name] ? [[name, env[name]]] : [])))
}

function parsed(values: Environment): Settings {
  const settings = parseSettings(values)
  if (settings.ok) return settings.value
  const lines = Object.entries(settings.failure.shown ?? {}).map(([name, problem]) => `  ${name} ${problem}`)
  throw new Error(`The settings are not complete:\n${lines.join('\n')}`)
}

/** Where `npm start` keeps the sandbox's keys; none, where it has not been started yet. */
async function sandboxFolder(root: string): Promise<string | undefined> {
  const folder = `${root}.data/sandbox`
  return readFile(`${folder}/keys.json`).then(
    () => folder,
    () => undefined,
  )
}
