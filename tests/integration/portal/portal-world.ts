import tls from 'node:tls'
import { type HttpHandler, HttpRequest, type HttpResponseInit } from '@azure/functions'
import { appSettings, ENTRA_CLIENT_ID, publicHalf, sandboxKeys } from '../../../sandbox/app-settings.ts'
import { startAzurite } from '../../../sandbox/azurite.ts'
import { certificateFor } from '../../../sandbox/certificates/authority.ts'
import { startEntra } from '../../../sandbox/entra/entra.ts'
import { ACCOUNTS, NORTHWIND_HEALTH, WOODGROVE_CLINICS } from '../../../sandbox/entra/tenants.ts'
import { startGraph } from '../../../sandbox/graph/graph.ts'
import { localStorageClients } from '../../../sandbox/storage.ts'
import { type App, createApp } from '../../../src/core/app.ts'
import { parseSettings } from '../../../src/core/config.ts'
import { csrfToken } from '../../../src/core/http/csrf.ts'
import { newPortalSession, writePortalSession } from '../../../src/core/portal/session.ts'
import { createStorage } from '../../../src/core/store/store.ts'
import { invocation } from '../functions/registered.ts'

type Options = { readonly methods: readonly string[]; readonly handler: HttpHandler }
/** Filled by the mocks of a test file: what the functions library was given, and the app that the functions use. */
export type Held = { readonly http: Map<string, Options>; app: App | undefined }

const APP_URL = 'http://localhost:7071'

/** Who is at the browser: an account of a tenant, and what they may do. */
export type Visitor = { readonly tenantId: string; readonly userId: string; readonly configure: boolean }
export const grace: Visitor = {
  tenantId: WOODGROVE_CLINICS,
  userId: ACCOUNTS.woodgrove.administrator,
  configure: true,
}
export const ana: Visitor = {
  tenantId: NORTHWIND_HEALTH,
  userId: ACCOUNTS.northwind.administrator,
  configure: true,
}
export const omar: Visitor = {
  tenantId: WOODGROVE_CLINICS,
  userId: ACCOUNTS.woodgrove.clinician,
  configure: false,
}

/**
 * The portal's functions with the app behind them, against the stand-ins of Entra and Graph and a storage emulator. The
 * clock is the test's.
 */
export async function portalWorld(held: Held) {
  const clock = { at: new Date('2031-03-10T15:00:00Z') }
  const now = () => clock.at
  const certificate = await certificateFor(undefined)
  tls.setDefaultCACertificates([...tls.getCACertificates('default'), certificate.ca])
  const [azurite, keys] = await Promise.all([startAzurite(), sandboxKeys(undefined)])
  const entra = await startEntra({ httpsPort: 0, httpPort: 0, certificate, now })
  const graph = await startGraph({
    port: 0,
    certificate,
    now,
    verify: entra.verify,
    tenants: entra.tenants,
    appId: ENTRA_CLIENT_ID,
    teamsUrl: 'http://localhost:7078',
    signWithEntra: entra.sign,
  })
  entra.register({
    clientId: ENTRA_CLIENT_ID,
    redirectUris: ['/portal/signin', '/portal/consent'].map((path) => `${APP_URL}${path}`),
    assertionJwks: { keys: [publicHalf(keys.entraAssertionKey) as Record<string, unknown>] },
  })
  await createStorage(localStorageClients(azurite.connectionString))
  const { NODE_EXTRA_CA_CERTS: _ca, ...settings } = appSettings({
    appUrl: APP_URL,
    keys,
    connectionString: azurite.connectionString,
    caFile: '',
    entraAuthority: entra.authority,
    graphUrl: graph.baseUrl,
    acsEndpoint: 'https://localhost:7077',
    teamsUrl: 'http://localhost:7078',
    allowedTenants: [NORTHWIND_HEALTH, WOODGROVE_CLINICS],
  })
  const parsed = parseSettings(settings)
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.failure.shown))
  const app = await createApp(parsed.value, now)
  held.app = app
  const signedIn = (visitor: Visitor) => sessionOf(app, visitor)

  /** Calls a function as the host would, and gives what a browser would see of the answer. */
  const call = async (
    name: string,
    path: string,
    { session, browser = '', fields }: Asked = {},
  ): Promise<Answered> => {
    const cookies = [session?.cookie, browser].filter(Boolean).join('; ')
    const body = fields && new URLSearchParams({ csrf: session?.csrf ?? '', ...fields }).toString()
    const request = new HttpRequest({
      method: body === undefined ? 'GET' : 'POST',
      url: `${APP_URL}${path}`,
      headers: { cookie: cookies, ...(body === undefined ? {} : { origin: APP_URL }) },
      params: { name: path.split('/').at(-1) ?? '' },
      ...(body === undefined ? {} : { body: { string: body } }),
    })
    const { context } = invocation(name)
    const answer = ((await held.http.get(name)?.handler(request, context)) ?? {}) as HttpResponseInit
    const headers = answer.headers as Record<string, string>
    const set = (answer.cookies ?? []).map(({ name: of, value }) => `${of}=${value}`)
    return {
      status: answer.status ?? 0,
      location: headers?.location ?? '',
      html: String(answer.body ?? ''),
      policy: headers?.['content-security-policy'] ?? '',
      browser: set.find((one) => one.startsWith('__Host-browser')) ?? browser,
    }
  }
  /** An administrator signs in at Entra and consents, as the portal's page would lead them. */
  const consent = async (tenantId: string, account: string) => {
    const query = new URLSearchParams({
      client_id: ENTRA_CLIENT_ID,
      redirect_uri: `${APP_URL}/portal/consent`,
      scope: 'https://graph.microsoft.com/.default',
      state: 'a state',
    })
    const url = `${entra.signInUrl}/${tenantId}/v2.0/adminconsent?${query}`
    const post = (form: Record<string, string>, cookie = '') =>
      fetch(url, { method: 'POST', redirect: 'manual', body: new URLSearchParams(form), headers: { cookie } })
    const chosen = await post({ account })
    await post({ decision: 'accept' }, chosen.headers.get('set-cookie')?.split(';')[0] ?? '')
  }
  return {
    clock,
    entra,
    graph,
    app,
    call,
    consent,
    signedIn,
    close: async () => {
      await Promise.all([graph.close(), entra.close()])
      await azurite.close()
    },
  }
}

export type PortalWorld = Awaited<ReturnType<typeof portalWorld>>
type Session = { readonly cookie: string; readonly csrf: string }
type Asked = { session?: Session; browser?: string; fields?: Record<string, string> }
export type Answered = {
  readonly status: number
  readonly location: string
  readonly html: string
  readonly policy: string
  readonly browser: string
}

/** The session that a sign-in would have made. */
function sessionOf({ keys, now }: App, { tenantId, userId, configure }: Visitor): Session {
  const person = { tenantId, userId, name: 'Synthetic', upn: 'synthetic@example.com' }
  const session = newPortalSession(person, { configure, reports: configure }, now())
  const written = writePortalSession(keys.session, session, now())
  if (!written.ok) throw new Error(written.failure.code)
  return {
    cookie: written.value.map(({ name, value }) => `${name}=${value}`).join('; '),
    csrf: csrfToken(keys.session, `portal|${session.id}`),
  }
}
