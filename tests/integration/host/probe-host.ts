import { fileURLToPath } from 'node:url'
import { type Azurite, startAzurite } from '../../../sandbox/azurite.ts'
import { type ClockWithFollowers, createClock } from '../../../sandbox/clock/clock.ts'
import { type SpawnedHost, type SpawnHostOptions, spawnHost } from '../../../sandbox/host/spawn.ts'

export const PROBE_APP = fileURLToPath(new URL('./probe-app/', import.meta.url))
export const PROBE_QUEUE = 'probe-messages'

/** The host under probe: the one at PROBE_URL (Microsoft's, say), else ours with an Azurite of its own. */
export type Probed = {
  readonly url: string
  readonly connectionString: string
  close(): Promise<void>
}

/** A host that we started, whose clock can be moved and whose process can be killed. */
export type OwnHost = Probed & {
  readonly host: SpawnedHost
  readonly azurite: Azurite
  readonly clock: ClockWithFollowers
}

/** True where the probes run against a host that somebody else started. */
export const FOREIGN_HOST = process.env.PROBE_URL !== undefined

export async function startProbed(): Promise<Probed> {
  const url = process.env.PROBE_URL
  if (url === undefined) return startOwn()
  return {
    url: url.replace(/\/$/, ''),
    connectionString: process.env.AzureWebJobsStorage ?? '',
    close: async () => {},
  }
}

export async function startOwn(schedule = '0 0 */6 * * *'): Promise<OwnHost> {
  const clock = createClock()
  const azurite = await startAzurite({ clock })
  try {
    const host = await spawnHost({ ...probeApp(azurite.connectionString, schedule), clock })
    const close = async () => {
      await host.close()
      await azurite.close()
    }
    return { url: host.url, connectionString: azurite.connectionString, host, azurite, clock, close }
  } catch (error) {
    await azurite.close()
    throw error
  }
}

export function probeApp(connectionString: string, schedule: string): SpawnHostOptions {
  return {
    appRoot: PROBE_APP,
    env: { AzureWebJobsStorage: connectionString, PROBE_QUEUE, PROBE_SCHEDULE: schedule },
  }
}

export type Seen = {
  readonly queue: { entry: unknown; metadata: Record<string, unknown> }[]
  readonly poison: unknown[]
  readonly timer: { isPastDue: boolean; scheduleStatus: Record<string, string> | null }[]
  readonly events: { id: string }[]
}

export async function readSeen(url: string): Promise<Seen> {
  return (await (await fetch(`${url}/api/seen`)).json()) as Seen
}

const BOUND_MS = 30_000

/** Asks until the answer is there; a bound, not a duration, so that a slow machine changes nothing. */
export async function until<T>(ask: () => Promise<T | undefined | false>, what: string): Promise<T> {
  const started = performance.now()
  while (performance.now() - started < BOUND_MS) {
    const answer = await ask()
    if (answer !== undefined && answer !== false) return answer
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
  throw new Error(`Never happened: ${what}`)
}
