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
import { app, https } from './runtime.ts'
import { errorName, firstFrame } from './unexpected.ts'

/** One request, parsed as far as every route needs it. */
export type Call = {
  readonly app: App
  readonly request: HttpRequest
  readonly params: Readonly<Record<string, string>>
  readonly cookies: ReadonlyMap<string, string>
  /** What a person quotes to support; the same in the log. */
  readonly reference: string
  readonly log: Log
}

export type Answer = HttpResponseInit & {
  /** Stable code for the log, where the answer is a failure. */
  readonly code?: string
}

/**
 * READ is a GET that changes nothing, and therefore answers HEAD too (RFC 9110, section 9.3.2), as scanners of links
 * ask. The other GETs use up a state or begin a sign-in: HEAD is not for them.
 */
type Method = 'GET' | 'READ' | 'POST'
const METHODS: Readonly<Record<Method, HttpMethod[]>> = {
  GET: ['GET'],
  READ: ['GET', 'HEAD'],
  POST: ['POST'],
}

/**
 * Registers an HTTP function and wraps it: one log line a request with the route's pattern (never the path: it holds
 * tokens), a reference, the headers that every answer has, and a page instead of an empty 500.
 *
 * No pattern may match what another one matches, since the host promises no order between them. A path that matches
 * none is answered by the host itself with a bare 404.
 */
export function route(
  name: string,
  method: Method,
  pattern: string,
  handler: (call: Call) => Promise<Answer>,
  onFailure: (
    failure: Failure,
    call: Pick<Call, 'reference' | 'request'>,
  ) => Promise<Answer> = clinicianFailure,
): void {
  functions.http(name, {
    methods: METHODS[method],
    route: pattern,
    authLevel: 'anonymous',
    async handler(request: HttpRequest, context: InvocationContext): Promise<HttpResponseInit> {
      const began = performance.now()
      const reference = randomBytes(5).toString('hex')
      const log: Log = (event, fields) =>
        jsonLog((line) => context.log(line))(event, { ...fields, reference })
      let answer: Answer
      try {
        const { params } = request
        const cookies = readCookies(request.headers.get('cookie'))
        answer = await handler({ app: await app(), request, params, cookies, reference, log })
      } catch (error) {
        // The stack has file names and no data; the message may hold what somebody sent, and stays out.
        log('unexpected', { route: name, error: errorName(error), at: firstFrame(error) })
        answer = await onFailure({ code: 'unexpected' }, { reference, request })
      }
      const { code, ...response } = answer
      const status = response.status ?? 200
      const milliseconds = Math.round(performance.now() - began)
      log('request', {
        route: name,
        method: request.method,
        pattern: `/${pattern}`,
        status,
        milliseconds,
        code,
      })
      return { ...response, headers: { ...baseHeaders(https), ...response.headers } }
    },
  })
}

export function redirect(location: string, cookies: readonly Cookie[] = []): Answer {
  return { status: 303, headers: { location }, cookies: [...cookies] }
}
