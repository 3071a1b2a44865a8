import { connect } from 'node:net'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Probed, startProbed } from './probe-host.ts'

let probed: Probed
beforeAll(async () => {
  probed = await startProbed()
})
afterAll(() => probed?.close())

const get = (path: string, init?: RequestInit) => fetch(`${probed.url}${path}`, init)
type Echo = {
  url: string
  method: string
  params: Record<string, string>
  query: Record<string, string>
  headers: Record<string, string>
  body: string
}
const echo = async (path: string, init?: RequestInit) => (await (await get(path, init)).json()) as Echo

/** Sends bytes as they are and returns the whole answer. */
function raw(request: string): Promise<string> {
  const { hostname, port } = new URL(probed.url)
  return new Promise((resolve, reject) => {
    let answer = ''
    const socket = connect(Number(port || 80), hostname, () => socket.write(request))
    socket.on('data', (chunk) => {
      answer += chunk.toString()
    })
    socket.on('end', () => resolve(answer))
    socket.on('error', reject)
  })
}
const host = () => new URL(probed.url).host

describe('routes', () => {
  test('a parameter arrives decoded', async () => {
    expect((await echo('/api/items/a%20b%C3%A9')).params).toEqual({ id: 'a bé' })
  })
  test('an encoded slash in a parameter stays encoded', async () => {
    expect((await echo('/api/items/a%2Fb')).params.id).toMatch(/^a%2fb$/i)
  })
  test('a path is found whatever its case', async () => {
    expect((await get('/API/mixedcase/PATH')).status).toBe(200)
  })
  test('an int parameter takes digits only', async () => {
    expect((await echo('/api/numbers/42')).params).toEqual({ n: '42' })
    expect((await get('/api/numbers/forty')).status).toBe(404)
  })
  test('an optional parameter may be absent', async () => {
    expect((await echo('/api/maybe/x')).params).toEqual({ p: 'x' })
    expect((await echo('/api/maybe')).params).toEqual({})
  })
  test('a catch-all takes the rest of the path', async () => {
    expect((await echo('/api/files/a/b/c.txt')).params).toEqual({ p: 'a/b/c.txt' })
    expect((await echo('/api/files')).params).toEqual({})
  })
  test('a parameter may share its segment with text', async () => {
    expect((await echo('/api/keys/site-1.json')).params).toEqual({ id: 'site-1' })
    expect((await get('/api/keys/site-1.xml')).status).toBe(404)
  })
  test('a trailing slash makes no difference', async () => {
    expect((await get('/api/echo/')).status).toBe(200)
  })
  test('a function without a route answers at its name', async () => {
    expect((await get('/api/unnamedRoute')).status).toBe(200)
  })
  test('the route prefix of host.json is required', async () => {
    expect((await get('/echo')).status).toBe(404)
  })
  test('an unknown path is 404', async () => {
    expect((await get('/api/nowhere')).status).toBe(404)
  })
  test('a wrong method is 404', async () => {
    expect((await get('/api/get-only', { method: 'POST' })).status).toBe(404)
  })
  test('HEAD is 404 where the function names GET only', async () => {
    expect((await get('/api/get-only', { method: 'HEAD' })).status).toBe(404)
  })
  test('HEAD runs a function that names it and carries no body', async () => {
    const answer = await get('/api/head', { method: 'HEAD' })
    expect(answer.status).toBe(200)
    expect(answer.headers.get('x-probe')).toBe('head')
    expect(await answer.text()).toBe('')
  })
})

describe('requests', () => {
  test('a body with Content-Length arrives', async () => {
    expect((await echo('/api/echo', { method: 'POST', body: 'héllo' })).body).toBe('héllo')
  })
  test('a chunked body arrives empty', async () => {
    const answer = await raw(
      `POST /api/echo HTTP/1.1\r\nHost: ${host()}\r\nConnection: close\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n0\r\n\r\n`,
    )
    expect(answer).toContain('"body":""')
  })
  test('query keys given twice arrive joined by a comma', async () => {
    expect((await echo('/api/echo?a=1&a=2&b=x%20y')).query).toEqual({ a: '1,2', b: 'x y' })
  })
  test('a header given twice arrives joined by a comma', async () => {
    const answer = await raw(
      `GET /api/echo HTTP/1.1\r\nHost: ${host()}\r\nConnection: close\r\nX-Twice: a\r\nX-Twice: b\r\n\r\n`,
    )
    expect(answer).toMatch(/"x-twice":"a, ?b"/)
  })
  test('the function sees the URL that was asked', async () => {
    expect((await echo('/api/echo?x=1')).url).toBe(`${probed.url}/api/echo?x=1`)
  })
})

describe('answers', () => {
  test('status, headers and body are the function’s', async () => {
    const answer = await get('/api/status')
    expect([answer.status, answer.headers.get('x-probe'), await answer.text()]).toEqual([418, 'yes', 'short'])
  })
  test('bytes arrive unchanged', async () => {
    expect([...new Uint8Array(await (await get('/api/bytes')).arrayBuffer())]).toEqual([0, 255, 10])
  })
  test('nothing returned is 204', async () => {
    expect((await get('/api/nothing')).status).toBe(204)
  })
  test('a returned string is 500', async () => {
    expect((await get('/api/text')).status).toBe(500)
  })
  test('an uncaught error is 500 with an empty body', async () => {
    const answer = await get('/api/throws')
    expect([answer.status, await answer.text()]).toEqual([500, ''])
  })
  test('several cookies come from the response’s cookies, values encoded and path / by default', async () => {
    const cookies = (await get('/api/cookies')).headers.getSetCookie()
    expect(cookies).toHaveLength(2)
    expect(cookies[0]).toMatch(/^one=a%20b%3D; /)
    for (const part of ['max-age=60', 'path=/x', 'secure', 'samesite=lax', 'httponly']) {
      expect(cookies[0]?.toLowerCase().split('; ')).toContain(part)
    }
    expect(cookies[1]).toBe('two=2; path=/')
  })
  test('two set-cookie headers collapse into the last', async () => {
    expect((await get('/api/cookie-headers')).headers.getSetCookie()).toEqual(['last=2'])
  })
})

describe('hooks', () => {
  test('a pre-invocation hook can change the inputs', async () => {
    expect(await (await get('/api/hooked')).text()).toBe('from the hook')
  })
  test('a post-invocation hook can mend an error', async () => {
    expect(await (await get('/api/hooked-error')).text()).toBe('mended')
  })
})

describe('the host’s own endpoints', () => {
  test('the status endpoint says Running', async () => {
    expect(await (await get('/admin/host/status')).json()).toMatchObject({ state: 'Running' })
  })
  test('the function list names every function', async () => {
    const list = (await (await get('/admin/functions')).json()) as { name: string }[]
    expect(list.map((fn) => fn.name)).toEqual(
      expect.arrayContaining(['echo', 'onSchedule', 'fromQueue', 'onEvent']),
    )
  })
  test('a reserved route is never the app’s', async () => {
    expect((await get('/admin/mine')).status).toBe(404)
  })
})
