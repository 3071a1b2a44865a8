import { type HttpHandler, HttpRequest, type HttpResponseInit, InvocationContext } from '@azure/functions'
import { vi } from 'vitest'
import { appSettings, sandboxKeys } from '../../../sandbox/app-settings.ts'

/** What the functions library was given; filled by the mock that a test file sets up. */
export type Registered = Map<string, { readonly methods: readonly string[]; readonly handler: HttpHandler }>

/** Settings with which the functions load; nothing listens behind them. */
export async function stubSettings(): Promise<void> {
  const settings = appSettings({
    appUrl: 'http://localhost:7071',
    keys: await sandboxKeys(undefined),
    connectionString: 'UseDevelopmentStorage=true',
    caFile: '',
    entraAuthority: 'https://localhost:7075',
    graphUrl: 'https://localhost:7076',
    acsEndpoint: 'https://localhost:7077',
    teamsUrl: 'http://localhost:7078',
    allowedTenants: ['3f6c1d52-7b1e-4a8d-9c55-0a6b8f1e2d01'],
  })
  for (const [name, value] of Object.entries(settings)) vi.stubEnv(name, value)
}

/** An invocation whose log lines are kept. */
export function invocation(functionName: string): { context: InvocationContext; lines: string[] } {
  const lines: string[] = []
  const logHandler = (_level: string, ...parts: unknown[]) => void lines.push(parts.join(' '))
  return { context: new InvocationContext({ functionName, logHandler }), lines }
}

export function request(method: string, path: string, body?: string): HttpRequest {
  return new HttpRequest({
    method,
    url: `http://localhost:7071${path}`,
    ...(body === undefined ? {} : { body: { string: body } }),
  })
}

export function headersOf(answer: HttpResponseInit): Record<string, string> {
  return answer.headers as Record<string, string>
}
