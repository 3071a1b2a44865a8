import { parseOutboundPolicy } from '../src/core/http/outbound-policy.ts'
import { createSafeFetch } from '../src/core/http/safe-fetch.ts'
import { interleaved } from './measuring/interleaved.ts'
import { serveJson } from './measuring/json-server.ts'
import type { BenchResult } from './measuring/result.ts'

export const about = 'the guarded fetch against the built-in one, GET of 4 KB of JSON over loopback'

/** `ratio` = time of the built-in fetch / ours: 1 is as fast, more is faster. */
export async function bench(): Promise<BenchResult> {
  const policy = parseOutboundPolicy('', { allowHttpLoopback: true })
  if (!policy.ok) throw new Error(policy.failure.detail)
  const safeFetch = createSafeFetch(policy.value)
  const server = await serveJson(JSON.stringify({ resourceType: 'Bundle', note: 'x'.repeat(4_096) }))
  try {
    const get = (send: typeof fetch) => async () => (await send(server.url)).json()
    const { ours, baseline } = await interleaved(
      { ours: get(safeFetch as typeof fetch), baseline: get(fetch) },
      { rounds: 40, calls: 50 },
    )
    return { ours, baseline, ratio: baseline / ours, unit: 'ms', rounds: 40, calls: 50 }
  } finally {
    safeFetch.close()
    await server.close()
  }
}
