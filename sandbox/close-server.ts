import type { Server } from 'node:http'

/** Closes a server and every connection that it still holds. */
export function closeServer(server: Server): Promise<void> {
  server.closeAllConnections()
  return new Promise((resolve) => server.close(() => resolve()))
}
