import { createServer, type Server } from 'node:https'
import type { AddressInfo } from 'node:net'
import { generate } from 'selfsigned'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { useFetch } from '../../../src/core/http/cross-fetch.ts'
import { parseOutboundPolicy } from '../../../src/core/http/outbound-policy.ts'
import { createSafeFetch, type SafeFetch } from '../../../src/core/http/safe-fetch.ts'
import { outboundFailure } from '../../../src/core/http/safe-request.ts'
import { type ConnectionWatch, watchConnections } from './connection-watch.ts'
import { type OutboundPath, outboundPaths } from './outbound-paths.ts'
import { REDIRECTOR, type Vector, type VectorTable, vectorTable, WIDE } from './ssrf-vectors.ts'

let watch: ConnectionWatch
let redirector: Server
let redirected: string[]
let table: VectorTable
let safeFetch: SafeFetch
let paths: readonly OutboundPath[]

beforeAll(async () => {
  const made = await generate([{ name: 'commonName', value: REDIRECTOR }], {
    keyType: 'ec',
    algorithm: 'sha256',
    extensions: [{ name: 'subjectAltName', altNames: [{ type: 2, value: REDIRECTOR }] }],
  })
  const certificate = { key: made.private, cert: made.cert }
  watch = await watchConnections(certificate)
  const targets = redirectTargets(watch.ports)
  redirected = []
  redirector = createServer(certificate, (request, response) => {
    const [, status, target] =
      /^\/(\d+)\/(\d+)/.exec(request.url?.replace('/.well-known/openid-configuration', '') ?? '') ?? []
    redirected.push(`${status}/${target}`)
    response.writeHead(Number(status), { location: targets[Number(target)] ?? '' }).end()
  })
  await new Promise<void>((resolve) => redirector.listen(0, '127.0.0.1', resolve))
  table = vectorTable(watch.ports, (redirector.address() as AddressInfo).port, targets.length)

  const policy = parseOutboundPolicy(`${REDIRECTOR}=127.0.0.1/32,${WIDE}=169.0.0.0/8|100.64.0.0/10`)
  if (!policy.ok) throw new Error(policy.failure.detail)
  safeFetch = createSafeFetch(policy.value, { resolve: table.resolve, ca: certificate.cert })
  paths = outboundPaths(safeFetch)
})

afterAll(async () => {
  useFetch(undefined)
  safeFetch.close()
  redirector.closeAllConnections()
  await new Promise((resolve) => redirector.close(resolve))
  await watch.close()
})

function redirectTargets([http, https]: readonly [number, number]): string[] {
  return [
    ...[
      `http://127.0.0.1:${http}/`,
      `https://127.0.0.1:${https}/`,
      `http://[::1]:${http}/`,
      `https://[::1]:${https}/`,
    ],
    ...[
      `http://localhost:${http}/`,
      `https://localhost:${https}/`,
      `//127.0.0.1:${https}/`,
      `https://0:${https}/`,
    ],
    ...[
      'http://169.254.169.254/latest/meta-data/',
      'http://168.63.129.16/machine?comp=goalstate',
      'http://10.0.0.1/',
    ],
    ...[
      'http://[::ffff:169.254.169.254]/',
      'http://metadata.google.internal/',
      'file:///etc/passwd',
      '/301/0',
    ],
    ...['https://ehr.example/', `https://user@127.0.0.1:${https}/`, `gopher://127.0.0.1:${http}/_x`, ''],
  ]
}

/** What a path did with a vector, as a line; undefined where it refused as it should. */
async function misjudged(path: OutboundPath, vector: Vector): Promise<string | undefined> {
  const line = `${path.name}: ${JSON.stringify(vector.url)} (${vector.family}) `
  try {
    await path.reach(vector.url)
    return `${line}was let through`
  } catch (error) {
    const code = outboundFailure(error)?.code ?? (error as { code?: string }).code
    if (code === vector.code) return undefined
    // A library may stumble over the notation itself, or join what it takes for a relative link to its base.
    const odd = !/^https:\/\/[^\\\s/]/.test(vector.url) || vector.code === 'outbound_url'
    return odd && !path.raw ? undefined : `${line}${String(error)}, expected ${vector.code}`
  }
}

async function run(path: OutboundPath, vectors: readonly Vector[]): Promise<string[]> {
  const wrong: string[] = []
  for (let at = 0; at < vectors.length; at += 50) {
    const lines = await Promise.all(vectors.slice(at, at + 50).map((vector) => misjudged(path, vector)))
    wrong.push(...lines.filter((line) => line !== undefined))
  }
  return wrong
}

describe('URLs that must not be reached', () => {
  test('there are at least 600 different ones', () => {
    expect(new Set(table.vectors.map((vector) => vector.url)).size).toBeGreaterThanOrEqual(600)
  })

  test('every outbound path refuses every one with its code and opens no connection', async () => {
    const redirects = table.vectors.filter((vector) => vector.family === 'redirects')
    const others = table.vectors.filter((vector) => vector.family !== 'redirects')
    for (const path of paths) {
      watch.attempts.length = 0
      expect(await run(path, others)).toEqual([])
      expect(watch.attempts, path.name).toEqual([])
    }
    for (const path of paths) {
      watch.attempts.length = 0
      redirected.length = 0
      expect(await run(path, redirects)).toEqual([])
      // Each was asked for once, and nothing was connected to but the server that redirects.
      expect([...redirected].sort(), path.name).toEqual(
        redirects.map(({ url }) => new URL(url).pathname.slice(1)).sort(),
      )
      expect([...new Set(watch.attempts)]).toEqual([
        `127.0.0.1:${(redirector.address() as AddressInfo).port}`,
      ])
    }
    expect(watch.accepted).toEqual([])
  })
})

describe('the watch itself', () => {
  test('sees what an unguarded fetch does with the same URLs', async () => {
    const [http, https] = watch.ports
    watch.attempts.length = 0
    for (const url of [`http://127.0.0.1:${http}/`, `http://2130706433:${http}/`, `http://[::1]:${http}/`])
      expect(await (await fetch(url)).text()).toBe('reached')
    await expect(fetch(`https://[::1]:${https}/`)).rejects.toThrow('fetch failed')
    expect(watch.accepted).toEqual(
      expect.arrayContaining([`127.0.0.1:${http}`, `::1:${http}`, `::1:${https}`]),
    )
    expect(watch.attempts).toEqual(
      expect.arrayContaining([`127.0.0.1:${http}`, `::1:${http}`, `::1:${https}`]),
    )
    watch.accepted.length = 0
  })
})

describe('fhirclient', () => {
  test('sends its requests through the fetch that the application set, and through no other', async () => {
    const path = paths.find(({ name }) => name === 'fhirclient, base URL')
    const seen: unknown[] = []
    useFetch(async (url) => {
      seen.push(url)
      return Response.json({ resourceType: 'CapabilityStatement' })
    })
    expect(await path?.reach('https://ehr.example/r4')).toEqual({ resourceType: 'CapabilityStatement' })
    expect(seen).toEqual(['https://ehr.example/r4/metadata'])
  })

  test('reaches nothing before the application set one', async () => {
    useFetch(undefined)
    for (const path of paths.filter(({ name }) => name.startsWith('fhirclient')))
      await expect(path.reach('https://ehr.example/r4'), path.name).rejects.toMatchObject({
        code: 'outbound_not_ready',
      })
  })
})
