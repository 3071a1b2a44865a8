import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http'
import { answerAdmin } from './admin.ts'
import { type Answer, answerEventGrid } from './event-grid.ts'
import { readBody, toRpcRequest, writeRpcResponse } from './http-function.ts'
import type { FindRoute } from './http-routes.ts'
import type { Invoker } from './invocation.ts'
import type { Log } from './logging.ts'
import { ofType, type TriggeredFunction } from './triggers.ts'

export type Dispatch = {
  readonly functions: readonly TriggeredFunction[]
  readonly findRoute: FindRoute
  readonly invoker: Invoker
  readonly now: () => Date
  readonly log: Log
}

/** Sends a request to the administrative endpoints, the Event Grid webhook or the function whose route it matches. */
export function dispatch(parts: Dispatch): RequestListener {
  return (request, response) => {
    answer(parts, request, response).catch(() => {
      // A broken connection, nothing that the app or its caller could learn from.
      parts.log('Warning', 'Host.Http', 'A request ended before it was answered')
      response.destroy()
    })
  }
}

async function answer(parts: Dispatch, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const target = request.url ?? '/'
  const path = target.split('?', 1)[0] ?? '/'
  const method = (request.method ?? 'GET').toUpperCase()
  const body = await readBody(request)
  if (!body) return write(response, { status: 413 })

  if (/^\/admin(\/|$)/i.test(path)) {
    return write(response, answerAdmin(method, path, body, parts.functions, parts.invoker, parts.now))
  }
  if (/^\/runtime(\/|$)/i.test(path)) {
    if (method !== 'POST' || !/^\/runtime\/webhooks\/eventgrid\/?$/i.test(path))
      return write(response, { status: 404 })
    const name = new URL(target, 'http://localhost').searchParams.get('functionName')
    const events = ofType(parts.functions, 'eventGridTrigger')
    return write(response, await answerEventGrid(request, name, body, events, parts.invoker))
  }
  return runHttpFunction(parts, request, response, method, path, body)
}

async function runHttpFunction(
  parts: Dispatch,
  request: IncomingMessage,
  response: ServerResponse,
  method: string,
  path: string,
  body: Buffer,
): Promise<void> {
  const match = parts.findRoute(method, path)
  if (!match) return write(response, { status: 404 })
  const announced = request.headers['content-length'] === undefined ? Buffer.alloc(0) : body
  const outcome = await parts.invoker.invoke(match.fn.fn, {
    reason: 'This function was programmatically called via the host APIs.',
    data: { http: toRpcRequest(request, match.params, announced) },
    traceParent: request.headersDistinct.traceparent?.[0],
  })
  if (!outcome.ok) return write(response, { status: 500 })
  writeRpcResponse(response, outcome.response.returnValue?.http)
}

function write(response: ServerResponse, answer: Answer): void {
  if (answer.json !== undefined) {
    response.writeHead(answer.status, { 'content-type': 'application/json; charset=utf-8' })
    response.end(JSON.stringify(answer.json))
  } else if (answer.body !== undefined) {
    response.writeHead(answer.status, { 'content-type': 'text/plain; charset=utf-8' }).end(answer.body)
  } else {
    response.writeHead(answer.status).end()
  }
}
