import { checkedAgents } from './outbound-agents.ts'
import { OutboundError } from './outbound-error.ts'
import { exchange, type Limits, StaleConnection } from './outbound-exchange.ts'
import { type Resolve, systemResolve } from './outbound-lookup.ts'
import type { OutboundPolicy } from './outbound-policy.ts'
import { type FetchInit, outboundRequest } from './outbound-request.ts'
import { checkUrl } from './outbound-url.ts'

export type SafeFetchOptions = {
  /** How names are resolved; the system's way unless a test brings another. */
  readonly resolve?: Resolve
  /** Milliseconds for name, TCP and TLS together; 5,000 unless said. */
  readonly connectTimeoutMs?: number
  /** Milliseconds from the call to the last byte of the body; 10,000 unless said. */
  readonly totalTimeoutMs?: number
  /** Cap of a body, decompressed, in bytes; 2 MiB unless said. */
  readonly maxBytes?: number
  /** PEM authorities instead of the system's, for tests and stand-ins. */
  readonly ca?: string | readonly string[]
}

/** What fetch takes, and the caps of this one call. */
export type SafeRequestInit = FetchInit & { readonly maxBytes?: number; readonly totalTimeoutMs?: number }

/** Usable wherever a `typeof fetch` is wanted. */
export type SafeFetch = ((input: string | URL | Request, init?: SafeRequestInit) => Promise<Response>) & {
  /** Ends the pooled connections. */
  close(): void
}

/**
 * The fetch for every URL that an administrator typed or an EHR handed out. It speaks https (http to this machine
 * where the policy says so), connects to nothing but addresses that it checked itself, follows no redirect, and caps
 * time and size. The whole body is read before it resolves. `redirect`, `mode`, `cache` and `credentials` are ignored:
 * there is one way of doing each.
 *
 * It throws {@link OutboundError}, TypeError for arguments that fetch refuses as well, or the reason of an aborted
 * signal. A GET or HEAD that meets a pooled connection which the server just closed is sent once more on another one;
 * anything else is not, since it may have had its effect.
 * @example const safeFetch = createSafeFetch(policy); await safeFetch('https://ehr.example/r4/metadata')
 */
export function createSafeFetch(policy: OutboundPolicy, options: SafeFetchOptions = {}): SafeFetch {
  const agents = checkedAgents(policy, {
    resolve: options.resolve ?? systemResolve,
    connectTimeoutMs: options.connectTimeoutMs ?? 5_000,
    ...(options.ca === undefined ? {} : { ca: options.ca }),
  })

  const safeFetch = async (input: string | URL | Request, init: SafeRequestInit = {}): Promise<Response> => {
    const url = checkUrl(policy, input instanceof Request ? input.url : input)
    const outbound = await outboundRequest(input, init)
    const limits: Limits = {
      totalTimeoutMs: init.totalTimeoutMs ?? options.totalTimeoutMs ?? 10_000,
      maxBytes: init.maxBytes ?? options.maxBytes ?? 2 * 1024 * 1024,
    }
    for (let retries = 0; ; retries++) {
      try {
        return await exchange(url, outbound, agents, limits)
      } catch (error) {
        if (!(error instanceof StaleConnection)) throw error
        const repeatable = outbound.method === 'GET' || outbound.method === 'HEAD'
        if (!repeatable || retries > 0)
          throw new OutboundError('outbound_broken', url.hostname, 'stale connection')
      }
    }
  }
  const close = () => {
    agents['http:'].destroy()
    agents['https:'].destroy()
  }
  return Object.assign(safeFetch, { close })
}
