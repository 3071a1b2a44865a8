import type { Browser } from 'playwright-core'
import { launchBrowser } from '../../../sandbox/browser.ts'
import { type SpawnedHost, spawnHost } from '../../../sandbox/host/spawn.ts'
import type { Sandbox, SandboxOptions } from '../../../sandbox/sandbox.ts'
import { closeScene, openScene, type Scene } from '../../../sandbox/story/scene.ts'
import { startStorySandbox } from '../../../sandbox/story/stage.ts'
import { queueNames, tableNames } from '../../../src/core/store/store.ts'
import { makeAppFolder } from './app-folder.ts'
import { type Variant, type VariantBuilder, variantBuilder } from './variant-bundle.ts'

/** A sandbox and a browser on which the story is played again and again, each time by a bundle of one's choice. */
export type StoryRig = {
  readonly sandbox: Sandbox
  /** Opens the scene of the next story: a host with this bundle, and storage without anything of earlier stories. */
  next(variant?: Variant): Promise<Scene>
  /** Another host in place of the present one; storage and the scene's browsers stay as they are. */
  replaceHost(variant: Variant): Promise<SpawnedHost>
  close(): Promise<void>
}

export type RigOptions = Partial<SandboxOptions> & {
  /** Settings of the stories' hosts that depend on the sandbox they run in. */
  readonly hostSettings?: (sandbox: Sandbox) => Promise<Readonly<Record<string, string>>>
}

/** Starts it all with the unchanged bundle. */
export async function startStoryRig({ hostSettings, ...options }: RigOptions = {}): Promise<StoryRig> {
  const opened: (() => Promise<unknown>)[] = []
  const close = async () => {
    for (const end of opened.splice(0).reverse()) await end()
  }
  try {
    const folder = await makeAppFolder()
    opened.push(folder.remove)
    const bundler = await variantBuilder(folder.dist)
    opened.push(bundler.close)
    await bundler.build([])
    const settings = { SWEEP_HORIZON_DAYS: '1', ...options.settings }
    const sandbox = await startStorySandbox({ ...options, appRoot: folder.root, settings })
    opened.push(sandbox.close)
    const browser = await launchBrowser()
    opened.push(() => browser.close())
    const env = { ...sandbox.settings, ...(await hostSettings?.(sandbox)) }
    const { endHost, ...rest } = rig({ sandbox, browser, bundler, appRoot: folder.root, env })
    opened.push(endHost)
    return { sandbox, ...rest, close }
  } catch (error) {
    await close()
    throw error
  }
}

/** Long, for a busy machine: nothing that the stories look for is waited for in vain. */
const WITHIN_MS = 30_000

type Parts = {
  readonly sandbox: Sandbox
  readonly browser: Browser
  readonly bundler: VariantBuilder
  readonly appRoot: string
  readonly env: Readonly<Record<string, string>>
}

function rig({ sandbox, browser, bundler, appRoot, env }: Parts) {
  let host = sandbox.host
  let scene: Scene | undefined
  const spawn = async () => {
    host = await spawnHost({ appRoot, port: sandbox.host.port, env, clock: sandbox.clock })
    return host
  }
  return {
    async next(variant: Variant = []): Promise<Scene> {
      await host.kill()
      await Promise.all([bundler.build(variant), emptyStorage(sandbox), scene && leave(scene)])
      scene = await openScene({ ...sandbox, host: await spawn() }, browser, { withinMs: WITHIN_MS })
      return scene
    },
    async replaceHost(variant: Variant): Promise<SpawnedHost> {
      await host.kill()
      await bundler.build(variant)
      return spawn()
    },
    endHost: () => host.kill(),
  }
}

const CONFIGURATION = new Set<string>(['tenants', 'sites', 'senders', 'siteindex'])

async function emptyStorage({ storage }: Sandbox): Promise<void> {
  const tables = tableNames.filter((name) => !CONFIGURATION.has(name)).map((name) => storage.table(name))
  const queues = queueNames.flatMap((name) => [name, `${name}-poison`]).map((name) => storage.queue(name))
  await Promise.all([
    ...tables.map(async (table) => {
      await table.deleteTable()
      await table.createTable()
    }),
    ...queues.map((queue) => queue.clearMessages()),
  ])
}

const MINUTE = 60_000
const QUARTER = 15 * MINUTE

/** What the story booked must not be the next one's business. */
async function leave(scene: Scene): Promise<void> {
  const { sandbox, facts } = scene
  await closeScene(scene)
  for (const id of [facts.appointmentId, facts.laterAppointmentId]) if (id !== '') sandbox.ehr.cancel(id)
  // The clinic's other appointments lie on quarters of an hour: begin where none of their reminders falls due.
  const into = sandbox.clock.now().getTime() % QUARTER
  if (into < MINUTE || into > 10 * MINUTE) await sandbox.clock.advance(QUARTER - into + MINUTE)
}
