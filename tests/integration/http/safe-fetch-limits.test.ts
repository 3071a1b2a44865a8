import { brotliCompressSync, deflateRawSync, deflateSync, gzipSync } from 'node:zlib'
import { describe, expect, test, vi } from 'vitest'
import { parseRange } from '../../../src/core/http/address-ranges.ts'
import type { OutboundPolicy } from '../../../src/core/http/outbound-policy.ts'
import { createSafeFetch } from '../../../src/core/http/safe-fetch.ts'
import { safeRequest } from '../../../src/core/http/safe-request.ts'
import { httpServer, httpsServer, safeFetch, tcpServer } from './safe-fetch-servers.ts'

const MiB = 1024 * 1024
const local = async () => [{ address: '127.0.0.1', family: 4 }]
const EHR = 'ehr.example=127.0.0.1/32'

async function codeOf(call: Promise<unknown>): Promise<unknown> {
  return call.then(
    () => 'answered',
    (error) => error.code ?? error,
  )
}

/** Status line, headers and body as they go over the wire. */
async function rawAnswer(text: string): Promise<string> {
  const { port } = await tcpServer((socket) => socket.once('data', () => socket.end(text)))
  return `http://127.0.0.1:${port}/`
}

describe('size', () => {
  const encoders = {
    gzip: gzipSync,
    'x-gzip': gzipSync,
    br: brotliCompressSync,
    deflate: deflateSync,
    identity: (b: Buffer) => b,
  }
  const all = [...Object.entries(encoders), ['deflate', deflateRawSync] as const]

  test.each(all)('%s is decoded, and its cap is that of the decoded body', async (encoding, encode) => {
    const { base } = await httpServer((request, response) => {
      response.setHeader('content-encoding', encoding)
      response.end(encode(Buffer.alloc(Number(request.url?.slice(1)), 'x')))
    })
    const fetch = safeFetch('')
    const response = await fetch(`${base}/${2 * MiB}`)
    expect((await response.arrayBuffer()).byteLength).toBe(2 * MiB)
    expect(response.headers.get('content-encoding')).toBeNull()
    expect(await codeOf(fetch(`${base}/${2 * MiB + 1}`))).toBe('outbound_too_large')
    expect(await codeOf(fetch(`${base}/${3 * MiB}`, { maxBytes: 4 * MiB }))).toBe('answered')
    expect(await codeOf(fetch(`${base}/11`, { maxBytes: 10 }))).toBe('outbound_too_large')
  })

  test('a body without end is cut off', async () => {
    const { base } = await httpServer((_, response) => {
      const more = () => {
        while (!response.destroyed && response.write('x'.repeat(65_536)));
      }
      response.on('drain', more)
      more()
    })
    expect(await codeOf(safeFetch('')(base))).toBe('outbound_too_large')
  })

  test('a header of more than 16 KiB is refused', async () => {
    const { base } = await httpServer((_, response) =>
      response.writeHead(200, { 'x-a': 'a'.repeat(17_000) }).end(),
    )
    expect(await codeOf(safeFetch('')(base))).toBe('outbound_too_large')
  })

  test.each([
    ['gzip', 'not gzip'],
    ['gzip', gzipSync('cut off').subarray(0, 15)],
    ['br', 'not brotli'],
    ['deflate', 'not deflate'],
    ['zstd', 'not offered'],
    ['gzip, gzip', gzipSync(gzipSync('twice'))],
    ['constructor', 'not an encoding'],
  ])('%s that cannot be decoded is refused', async (encoding, body) => {
    const { base } = await httpServer((_, response) =>
      response.writeHead(200, { 'content-encoding': encoding }).end(body),
    )
    expect(await codeOf(safeFetch('')(base))).toBe('outbound_encoding')
  })
})

describe('time', () => {
  test('a server that drips is cut off', async () => {
    const { base } = await httpServer((_, response) => {
      const timer = setInterval(() => response.write('x'), 5)
      response.on('close', () => clearInterval(timer))
    })
    expect(await codeOf(safeFetch('', { totalTimeoutMs: 60 })(base))).toBe('outbound_timeout')
    expect(await codeOf(safeFetch('')(base, { totalTimeoutMs: 60 }))).toBe('outbound_timeout')
  })

  test('a server that never answers is cut off', async () => {
    const { base } = await httpServer(() => {})
    expect(await codeOf(safeFetch('', { totalTimeoutMs: 40 })(base))).toBe('outbound_timeout')
  })

  test('a handshake or a name that hangs is cut off sooner', async () => {
    const { port } = await tcpServer(() => {})
    const options = { resolve: local, connectTimeoutMs: 40, totalTimeoutMs: 60_000 }
    expect(await codeOf(safeFetch(EHR, options)(`https://ehr.example:${port}/`))).toBe('outbound_timeout')
    const hanging = { ...options, resolve: () => new Promise<never>(() => {}) }
    expect(await codeOf(safeFetch('', hanging)('https://ehr.example/'))).toBe('outbound_timeout')
  })

  test("the caller's signal ends a request with the caller's reason", async () => {
    const reason = new Error('enough')
    const { base } = await httpServer(() => controller.abort(reason))
    const controller = new AbortController()
    expect(await codeOf(safeFetch('')(base, { signal: controller.signal }))).toBe(reason)
    expect(await codeOf(safeFetch('')(base, { signal: AbortSignal.abort(reason) }))).toBe(reason)
    const result = await safeRequest(safeFetch(''), base, { signal: AbortSignal.abort(reason) })
    expect(result).toMatchObject({ ok: false, failure: { code: 'outbound_aborted' } })
  })
})

describe('an answer that is none', () => {
  test.each([
    ['not HTTP', 'SSH-2.0-OpenSSH_9.6\r\n'],
    ['cut off', 'HTTP/1.1 200 OK\r\ncontent-length: 10\r\n\r\nx'],
    ['two lengths', 'HTTP/1.1 200 OK\r\ncontent-length: 1\r\ncontent-length: 2\r\n\r\nxx'],
    [
      'length and chunks',
      'HTTP/1.1 200 OK\r\ncontent-length: 3\r\ntransfer-encoding: chunked\r\n\r\n0\r\n\r\n',
    ],
    ['another protocol', 'HTTP/1.1 101 Switching Protocols\r\nupgrade: x\r\nconnection: upgrade\r\n\r\n'],
    ['an impossible status', 'HTTP/1.1 999 X\r\ncontent-length: 0\r\n\r\n'],
    ['nothing', ''],
  ])('%s is a broken one', async (_, text) => {
    expect(await codeOf(safeFetch('')(await rawAnswer(text)))).toBe('outbound_broken')
  })

  test('a closed port is refused', async () => {
    const { base, server } = await httpServer(() => {})
    await new Promise((resolve) => server.close(resolve))
    expect(await codeOf(safeFetch('')(base))).toBe('outbound_refused')
  })
})

describe('TLS', () => {
  test('an unknown authority or another name on the certificate is refused, whatever the environment says', async () => {
    const { port, ca } = await httpsServer((_, response) => response.end('secret'))
    vi.stubEnv('NODE_TLS_REJECT_UNAUTHORIZED', '0')
    const call = (host: string, options: object) =>
      codeOf(safeFetch(`${host}=127.0.0.1/32`, { resolve: local, ...options })(`https://${host}:${port}/`))
    expect(await call('ehr.example', {})).toBe('outbound_tls')
    expect(await call('other.example', { ca })).toBe('outbound_tls')
    expect(await call('ehr.example', { ca })).toBe('answered')
    vi.unstubAllEnvs()
  })

  test('an older TLS than 1.2 is refused', async () => {
    const serve = async (maxVersion: 'TLSv1.1' | 'TLSv1.2') => {
      const old = { minVersion: 'TLSv1', maxVersion, ciphers: 'DEFAULT@SECLEVEL=0' } as const
      const { port, ca } = await httpsServer((_, response) => response.end(), old)
      return codeOf(safeFetch(EHR, { resolve: local, ca })(`https://ehr.example:${port}/`))
    }
    expect(await serve('TLSv1.1')).toBe('outbound_tls')
    expect(await serve('TLSv1.2')).toBe('answered')
  })

  test('a server without TLS is refused', async () => {
    const { base } = await httpServer((_, response) => response.end())
    const url = `https://ehr.example:${new URL(base).port}/`
    expect(await codeOf(safeFetch(EHR, { resolve: local })(url))).toBe('outbound_tls')
  })
})

describe('rebinding', () => {
  test('a name is resolved once for a connection, and a second answer is checked like the first', async () => {
    const { port, ca } = await httpsServer((_, response) =>
      response.setHeader('connection', 'close').end('ok'),
    )
    const answers = ['127.0.0.1', '169.254.169.254', '127.0.0.1']
    const resolve = async () => [{ address: answers.shift() ?? '', family: 4 }]
    const fetch = safeFetch(EHR, { resolve, ca })
    const url = `https://ehr.example:${port}/`
    expect(await codeOf(fetch(url))).toBe('answered')
    expect(await codeOf(fetch(url))).toBe('outbound_address')
    expect(await codeOf(fetch(url))).toBe('answered')
    expect(answers).toEqual([])
  })

  test('the address that a socket reached is checked again before a byte is sent', async () => {
    const received: Buffer[] = []
    const closed = Promise.withResolvers<void>()
    const { port } = await tcpServer((socket) => {
      socket.on('data', (bytes) => received.push(bytes)).on('close', () => closed.resolve())
    })
    const range = parseRange('127.0.0.1/32')
    // Allows the address for the lookup and takes it back for the socket.
    const asked: string[] = []
    const rules = new Map([['ehr.example', range ? [range] : []]])
    rules.get = (host) => (asked.push(host) === 1 && range ? [range] : [])
    const policy: OutboundPolicy = { rules, allowHttpLoopback: false }
    const fetch = createSafeFetch(policy, { resolve: local })
    expect(await codeOf(fetch(`https://ehr.example:${port}/`))).toBe('outbound_address')
    await closed.promise
    expect(received).toEqual([])
    expect(asked).toHaveLength(2)
    fetch.close()
  })
})
