import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { closeServer } from '../close-server.ts'
import { application } from './application.tsx'
import type { Zone } from './times.ts'
import type { Parts } from './view.ts'

export type ConsoleOptions = {
  /** 0 takes a free port. */
  readonly port: number
  readonly parts: Parts
  /** The clinic's time zone, for every time shown; Central time, where the synthetic clinic is, by default. */
  readonly timeZone?: Zone
}

/**
 * Starts the sandbox console: the board of the EHR, the patient's phone, the clock, faults and the latest calls on one
 * page. Rejects with the system's error (`EADDRINUSE`) when the port is taken.
 */
export async function startConsole(
  options: ConsoleOptions,
): Promise<{ url: string; close(): Promise<void> }> {
  const zone = options.timeZone ?? 'America/Chicago'
  const app = application(options.parts, zone)
  const server = createServer((request, response) => {
    answer(app.fetch, request, response).catch(() => response.destroy())
  })
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(options.port, 'localhost', resolve)
  })
  const address = server.address()
  const port = typeof address === 'object' && address !== null ? address.port : options.port
  return { url: `http://localhost:${port}`, close: () => closeServer(server) }
}

async function answer(
  handle: (request: Request) => Response | Promise<Response>,
  incoming: IncomingMessage,
  outgoing: ServerResponse,
): Promise<void> {
  const chunks: Buffer[] = []
  for await (const chunk of incoming) chunks.push(chunk)
  const method = incoming.method ?? 'GET'
  const headers = new Headers()
  for (const [name, value] of Object.entries(incoming.headers)) headers.set(name, String(value))
  const response = await handle(
    new Request(new URL(incoming.url ?? '/', `http://${incoming.headers.host ?? 'localhost'}`), {
      method,
      headers,
      ...(method === 'GET' || method === 'HEAD' ? {} : { body: Buffer.concat(chunks) }),
    }),
  )
  outgoing.writeHead(response.status, Object.fromEntries(response.headers))
  outgoing.end(Buffer.from(await response.arrayBuffer()))
}
