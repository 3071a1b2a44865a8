import { createServer, type RequestListener, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'

const ATTEMPTS = 5

/**
 * Listens on both loopback addresses, because a browser may resolve `localhost` to either; a machine without IPv6 gets
 * 127.0.0.1 alone. Port 0 takes a free one. A taken port is an error that says so and names the setting.
 */
export async function listenOnLoopback(
  handler: RequestListener,
  port: number,
): Promise<{ port: number; servers: Server[] }> {
  for (let attempt = 1; ; attempt += 1) {
    const first = createServer(handler)
    await listen(first, '127.0.0.1', port).catch((error: unknown) => {
      throw isCode(error, 'EADDRINUSE') ? taken(port) : error
    })
    const chosen = (first.address() as AddressInfo).port
    const second = createServer(handler)
    try {
      await listen(second, '::1', chosen)
      return { port: chosen, servers: [first, second] }
    } catch (error) {
      if (isCode(error, 'EADDRNOTAVAIL') || isCode(error, 'EAFNOSUPPORT'))
        return { port: chosen, servers: [first] }
      first.close()
      if (!isCode(error, 'EADDRINUSE')) throw error
      if (port !== 0 || attempt === ATTEMPTS) throw taken(chosen)
    }
  }
}

function listen(server: Server, host: string, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject)
    server.listen({ host, port }, () => {
      server.off('error', reject)
      resolve()
    })
  })
}

function taken(port: number): Error {
  return new Error(
    `Port ${port} is taken by another program. Stop it or choose another port with --port or the setting PORT.`,
  )
}

function isCode(error: unknown, code: string): boolean {
  return error instanceof Error && 'code' in error && error.code === code
}
