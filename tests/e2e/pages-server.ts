import { createServer, type IncomingMessage, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { pageHeaders } from '../../src/core/http/security-headers.ts'
import type { Rendered } from '../../src/pages/layout/document.ts'

type Answer = Rendered | 'broken' | 'unchanged' | undefined

/** Serves pages as the product does, its security headers included. `broken` drops the connection, `unchanged`
 * answers a look for news. */
export async function servePages(
  answer: (path: string, request: IncomingMessage) => Answer,
): Promise<{ readonly url: string; close(): Promise<void> }> {
  const server: Server = createServer((request, response) => {
    const page = answer((request.url ?? '/').slice(1), request)
    if (page === 'broken') {
      request.socket.destroy()
      return
    }
    if (page === undefined || page === 'unchanged') {
      response.writeHead(page === undefined ? 404 : 304).end()
      return
    }
    response.writeHead(200, pageHeaders({ ...page, https: false })).end(page.html)
  })
  await new Promise<void>((resolve) => server.listen(0, 'localhost', resolve))
  const { port } = server.address() as AddressInfo
  return {
    url: `http://localhost:${port}`,
    close: () => {
      server.closeAllConnections()
      return new Promise((resolve) => server.close(() => resolve()))
    },
  }
}
