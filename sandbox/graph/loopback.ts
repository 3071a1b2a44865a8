import type { Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { closeServer } from '../close-server.ts'

/** A server bound to both loopback addresses under one port. */
export type LoopbackServer = { readonly port: number; close(): Promise<void> }

/**
 * Listens on 127.0.0.1 and, where the machine has it, on ::1: `localhost` resolves to either, and a browser must not
 * depend on which. Port 0 takes a free port. Rejects with the socket's error, a taken port (EADDRINUSE) included.
 */
export async function listenOnLoopback(create: () => Server, port: number): Promise<LoopbackServer> {
  const first = create()
  await listen(first, '127.0.0.1', port)
  const bound = (first.address() as AddressInfo).port
  const second = create()
  try {
    await listen(second, '::1', bound)
  } catch (error) {
    // A machine without IPv6 is served by 127.0.0.1 alone; somebody else on ::1 would answer in our place.
    if (code(error) === 'EADDRINUSE') {
      await closeServer(first)
      throw error
    }
    return { port: bound, close: () => closeServer(first) }
  }
  return {
    port: bound,
    close: async () => {
      await Promise.all([closeServer(first), closeServer(second)])
    },
  }
}

function listen(server: Server, host: string, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject)
    server.listen(port, host, () => {
      server.removeListener('error', reject)
      resolve()
    })
  })
}

function code(error: unknown): unknown {
  return error instanceof Error && 'code' in error ? error.code : undefined
}
