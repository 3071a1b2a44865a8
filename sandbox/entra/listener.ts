import http from 'node:http'
import https from 'node:https'
import type { AddressInfo } from 'node:net'
import { closeServer } from '../close-server.ts'
import type { Certificate } from '../contracts.ts'

const BODY_LIMIT = 64 * 1024

/** One request, read whole. `form` is empty unless the body is application/x-www-form-urlencoded. */
export type Call = {
  readonly method: string
  readonly url: URL
  readonly form: Readonly<Record<string, string>>
  readonly cookies: string | undefined
}

export type Answer = {
  readonly status: number
  readonly headers: Readonly<Record<string, string>>
  readonly body: string
}

export type Handle = (call: Call) => Promise<Answer>

/**
 * Listens on 127.0.0.1 and, where the machine has it, on ::1, so that `localhost` reaches it either way.
 * Port 0 takes a free one. Rejects with the socket's error (EADDRINUSE) when the port is taken.
 */
export async function listen(
  port: number,
  handle: Handle,
  certificate?: Certificate,
): Promise<{ port: number; close(): Promise<void> }> {
  const serve: http.RequestListener = (request, response) => void reply(handle, request, response)
  const make = () =>
    certificate
      ? https.createServer({ key: certificate.key, cert: certificate.cert }, serve)
      : http.createServer(serve)
  const first = make()
  const bound = await open(first, port, '127.0.0.1')
  const second = make()
  const servers = [first]
  try {
    await open(second, bound, '::1')
    servers.push(second)
  } catch (error) {
    if (codeOf(error) === 'EADDRINUSE' && port !== 0) {
      await closeServer(first)
      throw error
    }
  }
  return {
    port: bound,
    close: async () => void (await Promise.all(servers.map(closeServer))),
  }
}

function open(server: http.Server, port: number, host: string): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', reject)
    server.listen(port, host, () => resolve((server.address() as AddressInfo).port))
  })
}

async function reply(handle: Handle, request: http.IncomingMessage, response: http.ServerResponse) {
  const answer = await read(request)
    .then((call) => (call ? handle(call) : text(413, 'The request is too large.')))
    .catch((error: unknown) => text(500, `The sandbox failed: ${String(error)}`))
  response.writeHead(answer.status, { 'cache-control': 'no-store', ...answer.headers })
  response.end(answer.body)
}

async function read(request: http.IncomingMessage): Promise<Call | undefined> {
  const chunks: Buffer[] = []
  let size = 0
  for await (const chunk of request as AsyncIterable<Buffer>) {
    size += chunk.length
    if (size > BODY_LIMIT) return undefined
    chunks.push(chunk)
  }
  const isForm = (request.headers['content-type'] ?? '').startsWith('application/x-www-form-urlencoded')
  const form = isForm ? new URLSearchParams(Buffer.concat(chunks).toString('utf8')) : []
  return {
    method: request.method ?? 'GET',
    url: new URL(request.url ?? '/', 'http://localhost'),
    form: Object.fromEntries(form),
    cookies: request.headers.cookie,
  }
}

function text(status: number, body: string): Answer {
  return { status, headers: { 'content-type': 'text/plain; charset=utf-8' }, body }
}

function codeOf(error: unknown): string | undefined {
  return error instanceof Error && 'code' in error ? String(error.code) : undefined
}
