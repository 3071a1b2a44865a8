import { randomBytes } from 'node:crypto'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { type Cookie, readCookies } from '../../src/core/http/cookies.ts'
import { parseOutboundPolicy } from '../../src/core/http/outbound-policy.ts'
import { createSafeFetch } from '../../src/core/http/safe-fetch.ts'
import { keyRing } from '../../src/core/keys/key-ring.ts'
import {
  beginLaunch,
  finishLaunch,
  type LaunchPorts,
  type Step,
} from '../../src/core/launches/provider-launch.ts'
import { fail, ok, type Result } from '../../src/core/result.ts'
import type { Site } from '../../src/core/sites/site.ts'
import type { SiteStore } from '../../src/core/sites/site-store.ts'
import { createDiscoveryCache } from '../../src/core/smart/discovery.ts'
import { createJwksCache } from '../../src/core/smart/jwks.ts'
import type { SmartSite } from '../../src/core/smart/types.ts'
import type { Store } from '../../src/core/store/store.ts'

/** Our own launch and callback behind node:http; what a table does is done in memory, as the sessions of the other side. */
export async function startOwnApp(site: Site, smart: Omit<SmartSite, 'fhirBaseUrl'>) {
  const policy = parseOutboundPolicy('', { allowHttpLoopback: true })
  if (!policy.ok) throw new Error(policy.failure.detail)
  const fetch = createSafeFetch(policy.value)
  const used = new Set<string>()
  const sites = {
    byIssuer: async () => site,
    get: async () => site,
    claimClient: async () => ok(undefined),
  } as unknown as SiteStore
  const insert = async ({ rowKey }: { rowKey: string }) =>
    used.has(rowKey) ? fail('row_conflict') : ok(void used.add(rowKey))
  const ports: LaunchPorts = {
    sites,
    store: { tables: { consumed: { insert } } } as unknown as Pick<Store, 'tables'>,
    sessionKeys: keyRing(randomBytes(32)),
    smartSite: async () => ({ ...smart, fhirBaseUrl: site.fhirBaseUrl }),
    discovery: createDiscoveryCache(),
    jwks: createJwksCache(),
    outbound: { fetch, allowHttp: true },
    allowedTenants: [site.tenantId],
    redirectUri: '',
    now: () => new Date(),
  }
  const server = createServer((request, response) => {
    const url = new URL(request.url ?? '/', own)
    const cookies = readCookies(request.headers.cookie)
    const step = url.pathname === '/launch' ? beginLaunch : finishLaunch
    step({ ...ports, redirectUri: `${own}/callback` }, url.searchParams, cookies).then(
      (done) => answer(response, done),
      (error: Error) => response.writeHead(500).end(error.message),
    )
  })
  await new Promise<void>((resolve) => server.listen(0, 'localhost', resolve))
  const own = `http://localhost:${(server.address() as AddressInfo).port}`
  const close = async () => {
    fetch.close()
    await new Promise((resolve) => server.close(resolve))
  }
  return { url: own, close }
}

type Response = Parameters<Parameters<typeof createServer>[1] & object>[1]

function answer(response: Response, done: Result<Step, string>): void {
  if (!done.ok) {
    response.writeHead(400).end(done.failure.code)
    return
  }
  const set = done.value.cookies.map(({ name, value, path }: Cookie) => `${name}=${value}; Path=${path}`)
  response.writeHead(303, { location: done.value.location, 'set-cookie': set }).end()
}
