import type { TokenCredential } from '@azure/identity'
import {
  AuthenticationHandler,
  Client,
  type Context,
  HTTPMessageHandler,
  type Middleware,
  RetryHandler,
  RetryHandlerOptions,
  TelemetryHandler,
} from '@microsoft/microsoft-graph-client'
import { graphToken } from './graph-token.ts'

export type Graph = Client

/** For each try; somebody is looking at a page meanwhile. */
const TIMEOUT_MS = 15_000
/** A second try is made where Graph asks for no longer a wait than this; else the page says so and is loaded again. */
const SHORT_WAIT_SECONDS = 3

export type GraphOptions = {
  /** The package's own, on the platform's fetch, unless a test brings another. */
  readonly fetch?: typeof globalThis.fetch
  /** Tries after the first one where Graph is busy; one unless said. */
  readonly retries?: number
  /** Graph refused for want of a right: a token that was made before the right was granted lacks it. */
  readonly onDenied?: () => void
}

/** @param baseUrl the operator's GRAPH_BASE_URL; the SDK sends the token to hosts of Graph and to this one only. */
export function graphClient(baseUrl: string, credential: TokenCredential, options: GraphOptions = {}): Graph {
  const authentication = new AuthenticationHandler({ getAccessToken: () => graphToken(credential) })
  const retries = new RetryHandlerOptions(
    1,
    options.retries ?? 1,
    (_delay, _try, _request, _options, answer) => {
      const wait = Number(answer.headers.get('retry-after') ?? 0)
      return wait <= SHORT_WAIT_SECONDS
    },
  )
  return Client.initWithMiddleware({
    middleware: [
      authentication,
      new RetryHandler(retries),
      new TelemetryHandler(),
      new Denied(options.onDenied ?? (() => {})),
      new Deadline(),
      options.fetch ? new Sender(options.fetch) : new HTTPMessageHandler(),
    ],
    baseUrl: `${baseUrl}/`,
    customHosts: new Set([new URL(baseUrl).hostname]),
    defaultVersion: 'v1.0',
  })
}

/** Every try ends in time, and none follows a redirect: Graph answers itself. */
class Deadline implements Middleware {
  #next: Middleware | undefined

  execute(context: Context): Promise<void> {
    context.options = { ...context.options, signal: AbortSignal.timeout(TIMEOUT_MS), redirect: 'error' }
    return this.#next?.execute(context) ?? Promise.resolve()
  }

  setNext(next: Middleware): void {
    this.#next = next
  }
}

/** Says that an answer was a refusal; the answer itself goes on as it is. */
class Denied implements Middleware {
  #next: Middleware | undefined
  readonly #say: () => void

  constructor(say: () => void) {
    this.#say = say
  }

  async execute(context: Context): Promise<void> {
    await this.#next?.execute(context)
    if (context.response?.status === 401 || context.response?.status === 403) this.#say()
  }

  setNext(next: Middleware): void {
    this.#next = next
  }
}

class Sender implements Middleware {
  readonly #fetch: typeof globalThis.fetch

  constructor(fetch: typeof globalThis.fetch) {
    this.#fetch = fetch
  }

  async execute(context: Context): Promise<void> {
    context.response = await this.#fetch(context.request, context.options)
  }
}
