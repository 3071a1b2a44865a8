import { type ClientRequest, request as httpRequest, type IncomingMessage, STATUS_CODES } from 'node:http'
import { request as httpsRequest } from 'node:https'
import type { Agents } from './outbound-agents.ts'
import { readBody } from './outbound-body.ts'
import { OutboundError, outboundError, systemCode } from './outbound-error.ts'
import type { OutboundRequest } from './outbound-request.ts'
import { addressOf } from './outbound-url.ts'

export type Limits = { readonly totalTimeoutMs: number; readonly maxBytes: number }

/** A pooled connection that the server had closed just before it was used again: nothing was answered. */
export class StaleConnection extends Error {}

/** Largest answer header in bytes, Node's own default; said here so that no command line flag changes it. */
const MAX_HEADER_BYTES = 16_384

/**
 * One request and its whole answer on a checked connection.
 * @param url as returned by checkUrl
 * @throws OutboundError; the signal's reason when the caller aborts; StaleConnection
 */
export async function exchange(
  url: URL,
  outbound: OutboundRequest,
  agents: Agents,
  limits: Limits,
): Promise<Response> {
  const { signal } = outbound
  signal?.throwIfAborted()
  const host = url.hostname
  const request = open(url, outbound, agents)
  let stopped: { readonly why: unknown } | undefined
  const stop = (why: unknown) => {
    stopped ??= { why }
    request.destroy()
  }
  const timer = setTimeout(() => stop(new OutboundError('outbound_timeout', host)), limits.totalTimeoutMs)
  const onAbort = () => stop(signal?.reason)
  signal?.addEventListener('abort', onAbort)
  let response: IncomingMessage | undefined
  try {
    response = await answerOf(request, outbound.body)
    const status = response.statusCode ?? 0
    // Not followed, and not handed back either: a Location may lead anywhere, and callers need no second check.
    if (status >= 300 && status < 400 && status !== 304) throw new OutboundError('outbound_redirect', host)
    const body = await readBody(response, host, limits.maxBytes)
    if (stopped) throw stopped.why
    return webResponse(response, status, body)
  } catch (error) {
    request.destroy()
    if (stopped) throw stopped.why
    if (
      response === undefined &&
      request.reusedSocket &&
      /^(ECONNRESET|EPIPE)$/.test(systemCode(error) ?? '')
    )
      throw new StaleConnection()
    throw outboundError(error, host)
  } finally {
    clearTimeout(timer)
    signal?.removeEventListener('abort', onAbort)
  }
}

function open(url: URL, outbound: OutboundRequest, agents: Agents): ClientRequest {
  const options = {
    method: outbound.method,
    hostname: addressOf(url),
    port: url.port,
    path: `${url.pathname}${url.search}`,
    headers: outbound.headers,
    maxHeaderSize: MAX_HEADER_BYTES,
    insecureHTTPParser: false,
  }
  return url.protocol === 'https:'
    ? httpsRequest({ ...options, agent: agents['https:'] })
    : httpRequest({ ...options, agent: agents['http:'] })
}

function answerOf(request: ClientRequest, body: Uint8Array | undefined): Promise<IncomingMessage> {
  return new Promise((resolve, reject) => {
    request.on('response', resolve)
    request.on('error', reject)
    request.on('close', () => reject(new Error('closed')))
    request.end(body)
  })
}

const BODILESS: ReadonlySet<number> = new Set([204, 205, 304])

/**
 * `url` stays empty on purpose: libraries put it into the messages of their errors, and FHIR URLs name patients. The
 * status text is the standard's, not the server's, for the same reason.
 */
function webResponse(from: IncomingMessage, status: number, body: Uint8Array<ArrayBuffer>): Response {
  const headers = new Headers()
  const raw = from.rawHeaders
  for (let i = 0; i + 1 < raw.length; i += 2) {
    const name = raw[i] ?? ''
    // They described the body on the wire; this one is decoded.
    if (!/^content-(encoding|length)$/i.test(name)) headers.append(name, raw[i + 1] ?? '')
  }
  const statusText = STATUS_CODES[status] ?? ''
  return new Response(BODILESS.has(status) ? null : body, { status, statusText, headers })
}
