import { randomBytes } from 'node:crypto'
import type { HttpResponseInit } from '@azure/functions'
import { HttpRequest } from '@azure/functions'
import type { App } from '../../../src/core/app.ts'
import type { Ehr } from '../../../src/core/ehr/ehr.ts'
import { csrfToken } from '../../../src/core/http/csrf.ts'
import { keyRing } from '../../../src/core/keys/key-ring.ts'
import { newPortalSession, writePortalSession } from '../../../src/core/portal/session.ts'
import { fail, type Result } from '../../../src/core/result.ts'
import { orderStore } from '../../../src/core/senders/order-store.ts'
import { phoneNumbers } from '../../../src/core/senders/phone-numbers-client.ts'
import { senderStore } from '../../../src/core/senders/sender-store.ts'
import { checkStore } from '../../../src/core/setup/check-store.ts'
import { history } from '../../../src/core/sites/history.ts'
import { siteStore } from '../../../src/core/sites/site-store.ts'
import { tenantStore } from '../../../src/core/sites/tenant-store.ts'
import { credential, type Fixture } from '../sandbox/acs.fixture.ts'
import type { Storage } from '../store/storage.fixture.ts'
import { invocation, type Registered } from './registered.ts'

export const APP_URL = 'http://localhost:7071'

/** What the portal's routes stand on: real tables and a stand-in of the vendor; Entra and Graph are not asked. */
export function portalApp(storage: Storage, vendor: Fixture, tenants: readonly string[]) {
  const { now } = vendor.clock
  const sites = siteStore(storage.store, now)
  const world = { ehr: fail('ehr_unavailable') as Result<Ehr, string> }
  const app = {
    settings: { ALLOWED_TENANTS: tenants, PUBLIC_URL: APP_URL, ACS_ENDPOINT: vendor.acs.endpoint },
    now,
    store: storage.store,
    keys: { session: keyRing(randomBytes(32)) },
    sites,
    tenants: tenantStore(storage.store),
    checks: checkStore(storage.store, now),
    history: history(storage.store, now),
    senders: senderStore(storage.store, sites, now),
    orders: orderStore(storage.store),
    phoneNumbers: async () => phoneNumbers(vendor.acs.endpoint, credential),
    portalSignIn: { servers: { ofTenant: async () => fail('signin_unavailable') } },
    linkUrl: 'https://visits.lakeside.example',
    systemEhr: async () => world.ehr,
    graph: async () => ({}),
  } as unknown as App
  return { app, world }
}

export type Visitor = {
  get(name: string, path: string, params?: Record<string, string>): Promise<Page>
  post(name: string, path: string, fields: Fields, params?: Record<string, string>): Promise<Page>
}
type Fields = Readonly<Record<string, string | readonly string[]>>
export type Page = { readonly status: number; readonly html: string; readonly to: string | undefined }

/** An administrator of a tenant, signed in. */
export function visitor(app: App, registered: Registered, tenantId: string, configure = true): Visitor {
  const person = {
    tenantId,
    userId: `admin-of-${tenantId}`,
    name: 'Ana Synthetic',
    upn: 'ana@lakeside.example',
  }
  const session = newPortalSession(person, { configure, reports: configure }, app.now())
  const cookies = writePortalSession(app.keys.session, session, app.now())
  if (!cookies.ok) throw new Error('no session')
  const cookie = cookies.value.map(({ name, value }) => `${name}=${value}`).join('; ')
  const csrf = csrfToken(app.keys.session, `portal|${session.id}`)
  const ask = async (name: string, init: ConstructorParameters<typeof HttpRequest>[0]): Promise<Page> => {
    const { context, lines } = invocation(name)
    const answer = (await registered.get(name)?.handler(new HttpRequest(init), context)) as HttpResponseInit
    if (!answer) throw new Error(`no route ${name}`)
    if (answer.status === 500) throw new Error(lines.join('\n'))
    const to = (answer.headers as Record<string, string> | undefined)?.location
    return { status: answer.status ?? 200, html: String(answer.body ?? ''), to }
  }
  const headers = { cookie, origin: APP_URL, 'content-type': 'application/x-www-form-urlencoded' }
  return {
    get: (name, path, params = {}) => {
      const url = new URL(path, APP_URL)
      const query = Object.fromEntries(url.searchParams)
      return ask(name, { method: 'GET', url: url.href, headers: { cookie }, params, query })
    },
    post: (name, path, fields, params = {}) => {
      const body = new URLSearchParams({ csrf })
      for (const [field, value] of Object.entries(fields))
        for (const one of [value].flat()) body.append(field, one)
      return ask(name, {
        method: 'POST',
        url: `${APP_URL}${path}`,
        headers,
        params,
        body: { string: body.toString() },
      })
    },
  }
}
