import type { IncomingMessage, ServerResponse } from 'node:http'
import { setTimeout as wait } from 'node:timers/promises'
import type { VerifyToken } from '../contracts.ts'
import { type Answer, type Call, refuse } from './answer.ts'
import type { NumberOrders } from './number-orders.ts'
import { route, type Services } from './routes.ts'
import type { AcsState } from './state.ts'

/** The audience of tokens for Communication Services ("Authenticate to Azure Communication Services"). */
const audience = 'https://communication.azure.com'
/** "Service limits": a request, attachments included, is at most 10 MB. */
const bodyLimit = 10 * 1024 * 1024

/** Answers one https request: faults, token, route; then writes the ledger. */
export function listener(state: AcsState, orders: NumberOrders, services: Services, verify: VerifyToken) {
  return async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const url = new URL(request.url ?? '/', 'https://localhost')
    const path = decodePath(url.pathname)
    const read = await readBody(request)
    if (state.settings.slowMs > 0) await wait(state.settings.slowMs)
    const call: Call = {
      method: request.method ?? 'GET',
      path,
      query: url.searchParams,
      headers: singleHeaders(request),
      body: read.ok ? read.body : undefined,
    }
    orders.settle()
    const answer = await decide(state, services, verify, call, read)
    state.ledger.push({
      at: state.now().toISOString(),
      method: call.method,
      path,
      status: answer.status,
      ...(call.body === undefined ? {} : { body: call.body }),
      ...noteOf(answer),
    })
    if (answer.breakConnection) request.socket.destroy()
    else write(response, answer)
    if (answer.afterwards !== undefined) setImmediate(answer.afterwards)
  }
}

type Read = { ok: true; body: unknown } | { ok: false; answer: Answer }

async function decide(
  state: AcsState,
  services: Services,
  verify: VerifyToken,
  call: Call,
  read: Read,
): Promise<Answer> {
  if (state.settings.unavailable) {
    return refuse(503, 'ServiceUnavailable', 'The service is unavailable.', { 'retry-after': '10' })
  }
  const [scheme, token] = (call.headers.authorization ?? '').split(' ')
  const authorized =
    scheme === 'Bearer' && token !== undefined && (await verify(token, audience).then(yes, () => false))
  // Signed requests (shared keys) end here too: deployments switch local authentication off.
  if (!authorized) return refuse(401, 'Denied', 'Denied by the resource provider.')
  if (state.settings.throttled) {
    return refuse(429, 'TooManyRequests', 'Request limit exceeded.', { 'retry-after': '10' })
  }
  return read.ok ? route(services, call) : read.answer
}

function yes(): true {
  return true
}

function noteOf(answer: Answer): { note?: string } {
  if (answer.breakConnection) return { note: 'connection broken after acceptance' }
  return answer.note === undefined ? {} : { note: answer.note }
}

function decodePath(pathname: string): string {
  try {
    return decodeURIComponent(pathname)
  } catch {
    return pathname
  }
}

function singleHeaders(request: IncomingMessage): Record<string, string | undefined> {
  return Object.fromEntries(
    Object.entries(request.headers).map(([name, value]) => [name, Array.isArray(value) ? value[0] : value]),
  )
}

async function readBody(request: IncomingMessage): Promise<Read> {
  const chunks: Buffer[] = []
  let size = 0
  for await (const chunk of request) {
    size += chunk.length
    if (size <= bodyLimit) chunks.push(chunk)
  }
  if (size > bodyLimit) {
    return { ok: false, answer: refuse(413, 'RequestEntityTooLarge', 'The request exceeds 10 MB.') }
  }
  if (size === 0) return { ok: true, body: undefined }
  try {
    return { ok: true, body: JSON.parse(Buffer.concat(chunks).toString('utf8')) }
  } catch {
    return { ok: false, answer: refuse(400, 'BadRequest', 'The request body is no JSON.') }
  }
}

function write(response: ServerResponse, answer: Answer): void {
  const body = answer.body === undefined ? '' : JSON.stringify(answer.body)
  response.writeHead(answer.status, {
    ...(body === '' ? {} : { 'content-type': 'application/json; charset=utf-8' }),
    ...answer.headers,
  })
  response.end(body)
}
