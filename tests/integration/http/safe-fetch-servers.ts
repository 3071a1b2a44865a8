import { createServer as createHttpServer, type RequestListener, type Server } from 'node:http'
import { createServer as createHttpsServer, type ServerOptions } from 'node:https'
import {
  type AddressInfo,
  createServer as createTcpServer,
  type Socket,
  type Server as TcpServer,
} from 'node:net'
import { generate } from 'selfsigned'
import { onTestFinished } from 'vitest'
import { parseOutboundPolicy } from '../../../src/core/http/outbound-policy.ts'
import { createSafeFetch, type SafeFetch, type SafeFetchOptions } from '../../../src/core/http/safe-fetch.ts'

/** Servers and safe fetches that end with the test that made them. */

export async function httpServer(answer: RequestListener): Promise<{ base: string; server: Server }> {
  const server = createHttpServer(answer)
  return { base: `http://127.0.0.1:${await listen(server)}`, server }
}

export async function tcpServer(onSocket: (socket: Socket) => void): Promise<{ port: number }> {
  const sockets = new Set<Socket>()
  const server = createTcpServer((socket) => {
    sockets.add(socket.on('error', () => {}))
    onSocket(socket)
  })
  const port = await listen(server)
  // Hooks run last one first: the server waits for its sockets.
  onTestFinished(() => {
    for (const socket of sockets) socket.destroy()
  })
  return { port }
}

/** An https server for `ehr.example` with a certificate that only `ca` vouches for. */
export async function httpsServer(
  answer: RequestListener,
  more: ServerOptions = {},
): Promise<{ port: number; ca: string; server: Server }> {
  const made = await generate([{ name: 'commonName', value: 'ehr.example' }], {
    keyType: 'ec',
    algorithm: 'sha256',
    extensions: [{ name: 'subjectAltName', altNames: [{ type: 2, value: 'ehr.example' }] }],
  })
  const server = createHttpsServer({ key: made.private, cert: made.cert, ...more }, answer)
  return { port: await listen(server), ca: made.cert, server }
}

export function safeFetch(allow: string, options: SafeFetchOptions = {}): SafeFetch {
  const policy = parseOutboundPolicy(allow, { allowHttpLoopback: true })
  if (!policy.ok) throw new Error(policy.failure.detail)
  const made = createSafeFetch(policy.value, options)
  onTestFinished(() => made.close())
  return made
}

function listen(server: Server | TcpServer): Promise<number> {
  onTestFinished(async () => {
    if ('closeAllConnections' in server) server.closeAllConnections()
    await new Promise((resolve) => server.close(resolve))
  })
  return new Promise((resolve) =>
    server.listen(0, '127.0.0.1', () => resolve((server.address() as AddressInfo).port)),
  )
}
