import { createServer as createHttpServer, type Server } from 'node:http'
import { createServer as createHttpsServer } from 'node:https'
import { type AddressInfo, Socket } from 'node:net'

export type TestCertificate = { readonly key: string; readonly cert: string }

/**
 * Watches for connections from two sides: http and https listeners on 127.0.0.1 and [::1], which count whoever connects;
 * and every attempt of this process to connect a socket anywhere, listener or not.
 */
export type ConnectionWatch = {
  /** Ports of the http and of the https pair. */
  readonly ports: readonly [number, number]
  /** Connections that the listeners accepted. */
  readonly accepted: string[]
  /** `address:port` of each attempt. */
  readonly attempts: string[]
  close(): Promise<void>
}

export async function watchConnections(certificate: TestCertificate): Promise<ConnectionWatch> {
  const accepted: string[] = []
  const servers: Server[] = []
  const pair = async (create: () => Server): Promise<number> => {
    let port = 0
    for (const address of ['127.0.0.1', '::1']) {
      const server = create()
      server.on('connection', (socket: Socket) => accepted.push(`${socket.localAddress}:${socket.localPort}`))
      await new Promise<void>((resolve, reject) =>
        server.once('error', reject).listen(port, address, resolve),
      )
      port = (server.address() as AddressInfo).port
      servers.push(server)
    }
    return port
  }
  const answer = (_: unknown, response: { end(text: string): void }) => response.end('reached')
  const http = await pair(() => createHttpServer(answer))
  const https = await pair(() => createHttpsServer(certificate, answer))
  const { attempts, restore } = recordAttempts()
  return {
    ports: [http, https],
    accepted,
    attempts,
    async close() {
      restore()
      for (const server of servers) {
        server.closeAllConnections()
        await new Promise((resolve) => server.close(resolve))
      }
    },
  }
}

/** Node emits `connectionAttempt` for each address that a socket tries; here from all sockets. */
function recordAttempts(): { attempts: string[]; restore(): void } {
  const attempts: string[] = []
  const original = Socket.prototype.connect
  function connect(this: Socket, ...args: unknown[]): Socket {
    this.on('connectionAttempt', (address: string, port: number) => attempts.push(`${address}:${port}`))
    return Reflect.apply(original, this, args)
  }
  Socket.prototype.connect = connect as typeof original
  return {
    attempts,
    restore: () => {
      Socket.prototype.connect = original
    },
  }
}
