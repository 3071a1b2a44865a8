import { randomBytes } from 'node:crypto'
import {
  app as functions,
  type HttpMethod,
  type HttpRequest,
  type HttpResponseInit,
  type InvocationContext,
} from '@azure/functions'
import type { App } from '../core/app.ts'
import type { Cookie } from '../core/http/cookies.ts'
import { readCookies } from '../core/http/cookies.ts'
import { baseHeaders } from '../core/http/security-headers.ts'
import { jsonLog, type Log } from '../core/log.ts'
import type { Failure } from '../core/result.ts'
import { clinicianFailure } from './failure-response.ts'
import { app, settings } from './runtime.ts'

/** One request, parsed as far as every route needs it. */
export type Call = {
  readonly app: App
  readonly request: HttpRequest
  readonly params: Readonly<Record<string, string>>
  readonly cookies: ReadonlyMap<string, string>
  /** The fields of a posted form. */
  readonly form: () => Promise<URLSearchParams>
  /** What a person quotes to support; the same in the log. */
  readonly reference: string
  readonly log: Log
}

export type Answer = HttpResponseInit & {
  /** Stable code for the log, where the answer is a failure. */
  readonly code?: string
}

const FORM_BYTES = 16_384
export const https = settings.PUBLIC_URL.startsWith('https:')

/**
 * Registers an HTTP function and wraps it: one log line a request with the route's pattern (never the path: it holds
 * tokens), a reference, the headers that every answer has, and a page instead of an empty 500.
 */
export function route(
  name: string,
  method: HttpMethod,
  pattern: string,
  handler: (call: Call) => Promise<Answer>,
  onFailure: (
    failure: Failure,
    call: Pick<Call, 'reference' | 'request'>,
  ) => Promise<Answer> = clinicianFailure,
): void {
  functions.http(name, {
    methods: [method],
    route: pattern,
    authLevel: 'anonymous',
    async handler(request: HttpRequest, context: InvocationContext): Promise<HttpResponseInit> {
      const began = performance.now()
      const reference = randomBytes(5).toString('hex')
      const log = jsonLog((line) => context.log(line))
      let answer: Answer
      try {
        answer = await handler({
          app: await app(),
          request,
          params: request.params,
          cookies: readCookies(request.headers.get('cookie')),
          form: () => readForm(request),
          reference,
          log: (event, fields) => log(event, { ...fields, reference }),
        })
      } catch (error) {
        // The stack has file names and no data; the message may hold what somebody sent, and stays out.
        log('unexpected', { route: name, reference, error: errorName(error), at: firstFrame(error) })
        answer = await onFailure({ code: 'unexpected' }, { reference, request })
      }
      const { code, ...response } = answer
      const status = response.status ?? 200
      const milliseconds = Math.round(performance.now() - began)
      log('request', { route: name, method, pattern: `/${pattern}`, status, milliseconds, code, reference })
      return { ...response, headers: { ...baseHeaders(https), ...response.headers } }
    },
  })
}

export function redirect(location: string, cookies: readonly Cookie[] = []): Answer {
  return { status: 303, headers: { location }, cookies: [...cookies] }
}

async function readForm(request: HttpRequest): Promise<URLSearchParams> {
  const text = await request.text()
  return new URLSearchParams(text.length > FORM_BYTES ? '' : text)
}

export function errorName(error: unknown): string {
  const { name, code, statusCode } = error as { name?: string; code?: string; statusCode?: number }
  return [name ?? 'Error', code, statusCode].filter((part) => part !== undefined).join(' ')
}

export function firstFrame(error: unknown): string | undefined {
  const frame = (error as Error | undefined)?.stack?.split('\n').find((line) => /^\s+at /.test(line))
  return frame?.trim().replace(/\(?(?:file:\/\/)?\/\S*\/([^/]+)\)?$/, '$1')
}
