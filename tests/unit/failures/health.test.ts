import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { checkHealth } from '../../../src/core/health.ts'

type Asked = Parameters<typeof checkHealth>[0]

const NEVER = new Promise<never>(() => {})

/** What health looks at, everything answering unless told otherwise. */
function app(more: { tables?: () => Promise<unknown>; queues?: () => Promise<unknown> } = {}): Asked {
  return {
    settings: {
      GEOGRAPHY: 'emea',
      ALLOWED_TENANTS: ['11111111-1111-4111-8111-111111111111'],
      ENTRA_AUTHORITY: 'https://entra.test',
      GRAPH_BASE_URL: 'https://graph.test',
      ACS_ENDPOINT: 'https://acs.test',
    },
    store: { tables: { siteindex: { get: more.tables ?? (async () => undefined) } } },
    storage: { queue: () => ({ getProperties: more.queues ?? (async () => ({})) }) },
    now: () => new Date('2031-03-04T16:00:00Z'),
  } as unknown as Asked
}

describe('health', () => {
  const asked: string[] = []
  let status = 200
  beforeEach(() => {
    asked.length = 0
    status = 200
    vi.stubGlobal('fetch', async (url: string) => {
      asked.push(url)
      return new Response('', { status })
    })
  })
  afterEach(() => {
    vi.unstubAllGlobals()
    vi.useRealTimers()
  })

  test('names every dependency and the geography, and nothing of tenants', async () => {
    const health = await checkHealth(app())
    expect(health.status).toBe('ok')
    expect(Object.keys(health.dependencies)).toEqual(['tables', 'queues', 'entra', 'graph', 'communication'])
    expect(JSON.stringify(health)).not.toContain('1111')
    expect(asked.map((url) => new URL(url).host)).toEqual(['entra.test', 'graph.test', 'acs.test'])
  })

  test('one dependency that fails makes the whole failing, and the others still tell', async () => {
    const health = await checkHealth(app({ tables: () => Promise.reject(new Error('no')) }))
    expect(health.status).toBe('failing')
    expect(health.dependencies.tables?.state).toBe('failing')
    expect(health.dependencies.queues?.state).toBe('ok')
  })

  test('a refusal is an answer, an error of the other side is none', async () => {
    status = 401
    expect((await checkHealth(app())).status).toBe('ok')
    status = 503
    expect((await checkHealth(app())).dependencies.graph?.state).toBe('failing')
  })

  test('a dependency that never answers holds nobody up for longer than five seconds', async () => {
    vi.useFakeTimers()
    const health = checkHealth(app({ queues: () => NEVER }))
    await vi.advanceTimersByTimeAsync(5_000)
    expect((await health).dependencies.queues?.state).toBe('failing')
  })
})
