import https from 'node:https'

/**
 * A `fetch` for one process's own checks that trusts `ca` (PEM) besides nothing else, follows no redirect and keeps no
 * connection. The built-in fetch learns of an extra authority only from NODE_EXTRA_CA_CERTS, when the process starts.
 */
export function trustingFetch(ca: string): typeof fetch {
  return async (input, init) => {
    const request = new Request(input, init)
    const body = request.body ? Buffer.from(await request.arrayBuffer()) : undefined
    return new Promise((resolve, reject) => {
      const sent = https.request(
        request.url,
        { method: request.method, headers: Object.fromEntries(request.headers), ca, agent: false },
        (response) => {
          const chunks: Buffer[] = []
          response.on('data', (chunk: Buffer) => chunks.push(chunk))
          response.on('error', reject)
          response.on('end', () => {
            const headers = new Headers()
            for (const [name, values] of Object.entries(response.headersDistinct)) {
              for (const value of values ?? []) headers.append(name, value)
            }
            const status = response.statusCode ?? 500
            const withoutBody = status === 204 || status === 304
            resolve(new Response(withoutBody ? null : Buffer.concat(chunks), { status, headers }))
          })
        },
      )
      sent.on('error', reject)
      sent.end(body)
    })
  }
}
