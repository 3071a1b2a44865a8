import type { IncomingMessage } from 'node:http'
import { describe, expect, test } from 'vitest'
import { safeRequest } from '../../../src/core/http/safe-request.ts'
import { httpServer, httpsServer, safeFetch } from './safe-fetch-servers.ts'

/** Answers with what arrived. */
const echo = (request: IncomingMessage): Promise<string> =>
  request.toArray().then((chunks) =>
    JSON.stringify({
      method: request.method,
      url: request.url,
      headers: request.headers,
      body: Buffer.concat(chunks).toString(),
    }),
  )

describe('a safe fetch', () => {
  test('is a fetch', async () => {
    const { base } = await httpServer(async (request, response) => {
      response.writeHead(201, { 'content-type': 'application/json', etag: 'W/"1"' }).end(await echo(request))
    })
    const fetch: typeof globalThis.fetch = safeFetch('')
    const response = await fetch(`${base}/r4/Patient?name=a b#part`, {
      headers: { accept: 'application/fhir+json' },
    })
    expect(response).toBeInstanceOf(Response)
    expect([response.status, response.statusText, response.ok]).toEqual([201, 'Created', true])
    expect(response.headers.get('etag')).toBe('W/"1"')
    expect(await response.json()).toMatchObject({
      method: 'GET',
      url: '/r4/Patient?name=a%20b',
      headers: { accept: 'application/fhir+json', 'accept-encoding': 'gzip, br, deflate' },
    })
  })

  test('sends every kind of body that FHIR and OAuth need, with its type and length', async () => {
    const { base } = await httpServer(async (request, response) => response.end(await echo(request)))
    const fetch = safeFetch('')
    const send = async (body: BodyInit | null, headers = {}, method = 'PATCH') =>
      (await fetch(base, { method, body, headers })).json()
    const patch = { 'content-type': 'application/json-patch+json', 'if-match': 'W/"3"' }
    expect(await send('[é]', patch)).toMatchObject({
      method: 'PATCH',
      body: '[é]',
      headers: { ...patch, 'content-length': '4' },
    })
    expect(await send(new URLSearchParams({ a: 'b c' }), {}, 'post')).toMatchObject({
      method: 'POST',
      body: 'a=b+c',
      headers: { 'content-type': 'application/x-www-form-urlencoded;charset=UTF-8' },
    })
    expect(await send(Buffer.from('bytes'))).toMatchObject({ body: 'bytes' })
    expect(await send(null, {}, 'DELETE')).toMatchObject({
      method: 'DELETE',
      body: '',
      headers: { 'content-length': '0' },
    })
    const request = new Request(base, { method: 'PUT', body: 'whole', headers: { 'x-a': '1' } })
    expect(await (await fetch(request)).json()).toMatchObject({
      method: 'PUT',
      body: 'whole',
      headers: { 'x-a': '1' },
    })
  })

  test('lets no caller change the host, the connection or the framing', async () => {
    const { base } = await httpServer(async (request, response) => response.end(await echo(request)))
    const headers = {
      host: 'metadata.google.internal',
      connection: 'close, x-hop',
      'transfer-encoding': 'chunked',
      'content-length': '999',
      'proxy-authorization': 'Basic x',
      upgrade: 'websocket',
      'accept-encoding': 'zstd',
    }
    const seen = await (await safeFetch('')(base, { method: 'POST', body: 'x', headers })).json()
    expect(seen.headers).toEqual({
      accept: '*/*',
      'accept-encoding': 'gzip, br, deflate',
      connection: 'keep-alive',
      'content-length': '1',
      'content-type': 'text/plain;charset=UTF-8',
      host: new URL(base).host,
      'user-agent': 'teams-ehr-connector',
    })
  })

  test('reads answers without a body', async () => {
    const { base } = await httpServer((request, response) => {
      const headers = { 'content-length': '99999999', 'content-encoding': 'gzip' }
      if (request.method === 'HEAD') response.writeHead(200, headers).end()
      else response.writeHead(Number(request.url?.slice(1))).end()
    })
    const fetch = safeFetch('')
    expect(await (await fetch(base, { method: 'HEAD' })).text()).toBe('')
    for (const status of [204, 205, 304, 404]) expect((await fetch(`${base}/${status}`)).status).toBe(status)
  })

  test.each(['TRACE', 'CONNECT', 'G E T', ''])('refuses the method %j', async (method) => {
    await expect(safeFetch('')('http://127.0.0.1:9/', { method })).rejects.toBeInstanceOf(TypeError)
  })

  test('refuses a body with GET', async () => {
    await expect(safeFetch('')('http://127.0.0.1:9/', { body: 'x' })).rejects.toBeInstanceOf(TypeError)
  })
})

describe('connections', () => {
  test('are kept and used again, so that a bulk read resolves and shakes hands once', async () => {
    let connections = 0
    let resolved = 0
    const { port, ca, server } = await httpsServer((_, response) => response.end('{}'))
    server.on('secureConnection', () => connections++)
    const resolve = async () => {
      resolved++
      return [{ address: '127.0.0.1', family: 4 }]
    }
    const fetch = safeFetch('ehr.example=127.0.0.1/32', { ca, resolve })
    for (let i = 0; i < 50; i++) await (await fetch(`https://ehr.example:${port}/r4/Patient/${i}`)).json()
    expect({ connections, resolved }).toEqual({ connections: 1, resolved: 1 })
  })

  test('are not shared with another host at the same address', async () => {
    const { base, server } = await httpServer((_, response) => response.end())
    let connections = 0
    server.on('connection', () => connections++)
    const port = new URL(base).port
    const fetch = safeFetch('', { resolve: async () => [{ address: '127.0.0.1', family: 4 }] })
    await fetch(base)
    await fetch(`http://localhost:${port}/`)
    await fetch(base)
    expect(connections).toBe(2)
  })

  test('that the server closed in between cost a GET nothing, and a POST is not sent twice', async () => {
    let received: string[] = []
    const { base, server } = await httpServer((request, response) => {
      received.push(`${request.method}`)
      // The second request of a connection meets a server that has just given up on it.
      const { socket } = request as { socket: { second?: boolean; destroy(): void } }
      if (socket.second) socket.destroy()
      else response.end('ok')
      socket.second = true
    })
    server.keepAliveTimeout = 60_000
    const fetch = safeFetch('')
    await fetch(base)
    expect(await (await fetch(base)).text()).toBe('ok')
    expect(received).toEqual(['GET', 'GET', 'GET'])
    received = []
    await expect(fetch(base, { method: 'POST', body: 'x' })).rejects.toMatchObject({
      code: 'outbound_broken',
    })
    expect(received).toEqual(['POST'])
  })
})

describe('a failure', () => {
  test('is a value with safeRequest, and names no more than the host', async () => {
    const { base } = await httpServer((_, response) =>
      response.writeHead(302, { location: '/x?code=canary-1' }).end('canary-2'),
    )
    const url = `${base}/canary-3?patient=canary-4`
    const result = await safeRequest(safeFetch(''), url, { method: 'POST', body: 'canary-5' })
    expect(result).toEqual({
      ok: false,
      failure: { code: 'outbound_redirect', detail: 'outbound_redirect at 127.0.0.1' },
    })
    const error: Error = await safeFetch('')(url).catch((thrown) => thrown)
    expect(`${error.stack} ${JSON.stringify(error)} ${String(error.cause)}`).not.toContain('canary')
  })

  test('leaves the URL out of the answer too, since libraries quote it in their errors', async () => {
    const { base } = await httpServer((_, response) => response.writeHead(500, 'canary').end())
    const result = await safeRequest(safeFetch(''), `${base}/canary`)
    expect(result.ok && [result.value.url, result.value.statusText]).toEqual(['', 'Internal Server Error'])
  })

  test('over a bad header does not quote it', async () => {
    const headers = { authorization: 'Bearer canary\nx' }
    const call = safeFetch('')('http://127.0.0.1:9/', { headers })
    await expect(call).rejects.toThrow(/^a header is not valid$/)
  })

  test('of our own making is thrown, not returned', async () => {
    await expect(
      safeRequest(safeFetch(''), 'http://127.0.0.1:9/', { method: 'TRACE' }),
    ).rejects.toBeInstanceOf(TypeError)
  })
})
