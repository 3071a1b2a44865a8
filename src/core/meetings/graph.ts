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

class Sender implements Middleware {
  readonly #fetch: typeof globalThis.fetch

  constructor(fetch: typeof globalThis.fetch) {
    this.#fetch = fetch
  }

  async execute(context: Context): Promise<void> {
    context.response = await this.#fetch(context.request, context.options)
  }
}

/** Entra gives our application no token in this tenant: nobody consented there, or somebody withdrew it. */
class TokenRefused extends Error {
  override readonly name = 'TokenRefused'
}

async function graphToken(credential: TokenCredential): Promise<string> {
  try {
    // The scope names the service, wherever it is reached.
    return (await credential.getToken('https://graph.microsoft.com/.default'))?.token ?? ''
  } catch (error) {
    const { statusCode } = error as { statusCode?: unknown }
    const refused =
      typeof statusCode === 'number' && statusCode >= 400 && statusCode < 500 && statusCode !== 429
    throw refused ? new TokenRefused('no token') : error
  }
}
