import type { App } from './app.ts'

export type DependencyHealth = { readonly state: 'ok' | 'failing'; readonly milliseconds: number }
export type Health = {
  readonly status: 'ok' | 'failing'
  readonly geography: string
  readonly dependencies: Readonly<Record<string, DependencyHealth>>
}

/** A dependency that takes longer than this is as good as down. Milliseconds. */
const TIMEOUT = 5_000

/** Asks every dependency whether it answers at all. Nobody is signed in for it, and nothing is told about tenants. */
export async function checkHealth(app: Pick<App, 'settings' | 'store' | 'storage' | 'now'>): Promise<Health> {
  const { settings, now } = app
  const probes: Record<string, () => Promise<unknown>> = {
    tables: () => app.store.tables.siteindex.get('health', 'probe'),
    queues: () => app.storage.queue('sweeps').getProperties(),
    entra: () =>
      answers(
        `${settings.ENTRA_AUTHORITY}/${settings.ALLOWED_TENANTS[0]}/v2.0/.well-known/openid-configuration`,
      ),
    graph: () => answers(`${settings.GRAPH_BASE_URL}/v1.0/$metadata`),
    communication: () => answers(settings.ACS_ENDPOINT),
  }
  const entries = await Promise.all(
    Object.entries(probes).map(async ([name, probe]): Promise<[string, DependencyHealth]> => {
      const began = now().getTime()
      const state = await inTime(probe()).then(
        () => 'ok' as const,
        () => 'failing' as const,
      )
      return [name, { state, milliseconds: now().getTime() - began }]
    }),
  )
  const failing = entries.some(([, { state }]) => state === 'failing')
  return {
    status: failing ? 'failing' : 'ok',
    geography: settings.GEOGRAPHY,
    dependencies: Object.fromEntries(entries),
  }
}

/** The storage SDKs try again for a minute; whoever asks for our health does not wait that long. */
function inTime<T>(work: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error('no answer in time')), TIMEOUT)
  })
  return Promise.race([work, late]).finally(() => clearTimeout(timer))
}

/** Any answer below 500 will do: what counts is that somebody speaks. These are the operator's own endpoints. */
async function answers(url: string): Promise<void> {
  const response = await fetch(url, {
    method: 'GET',
    redirect: 'manual',
    signal: AbortSignal.timeout(TIMEOUT),
  })
  await response.body?.cancel()
  if (response.status >= 500) throw new Error(`status ${response.status}`)
}
