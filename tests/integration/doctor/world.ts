import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import tls from 'node:tls'
import { type AcsStandIn, SANDBOX_EMAIL_SENDER, SANDBOX_NUMBER, startAcs } from '../../../sandbox/acs/acs.ts'
import { appSettings, ENTRA_CLIENT_ID, publicHalf, sandboxKeys } from '../../../sandbox/app-settings.ts'
import { startAzurite } from '../../../sandbox/azurite.ts'
import { certificateFor } from '../../../sandbox/certificates/authority.ts'
import { closeServer } from '../../../sandbox/close-server.ts'
import { type SandboxEhr, startEhr } from '../../../sandbox/ehr/ehr.ts'
import { startEntra } from '../../../sandbox/entra/entra.ts'
import { ACCOUNTS, NORTHWIND_HEALTH } from '../../../sandbox/entra/tenants.ts'
import { startGraph } from '../../../sandbox/graph/graph.ts'
import { northwindClients, northwindSite } from '../../../sandbox/northwind.ts'
import { localStorageClients } from '../../../sandbox/storage.ts'
import { type App, createApp } from '../../../src/core/app.ts'
import { parseSettings } from '../../../src/core/config.ts'
import { doctorPassed, readDoctor, startDoctor } from '../../../src/core/doctor/doctor.ts'
import type { DoctorRun } from '../../../src/core/doctor/doctor-store.ts'
import { sealPhone } from '../../../src/core/doctor/phone.ts'
import { workDoctor } from '../../../src/core/doctor/work-doctor.ts'
import { openEvent, receive, sealEvent } from '../../../src/core/messaging/receipts.ts'
import type { Site } from '../../../src/core/sites/site.ts'
import type { Message } from '../../../src/core/store/messages.ts'
import { createStorage } from '../../../src/core/store/store.ts'

const EVENTS = ['Microsoft.Communication.SMSDeliveryReportReceived']
const SYSTEM_SCOPES =
  'system/Appointment.read system/Appointment.write system/Encounter.read system/Patient.read system/Location.read'
export const ADMIN_PHONE = '+12065550142'
export const ADMIN = ACCOUNTS.northwind.administrator

/** Every stand-in over the wire, the real storage emulator, and the app as its functions make it: no host. */
export async function doctorWorld() {
  const now = () => new Date()
  const certificate = await certificateFor(undefined)
  tls.setDefaultCACertificates([...tls.getCACertificates('default'), certificate.ca])
  const own = await ownServer()
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
  const acs = await startAcs({ port: 0, certificate, now, verify: entra.verify })
  const ehr = await startEhr({ port: 0, now })
  entra.register({
    clientId: ENTRA_CLIENT_ID,
    redirectUris: [],
    assertionJwks: { keys: [publicHalf(keys.entraAssertionKey) as Record<string, unknown>] },
  })
  await createStorage(localStorageClients(azurite.connectionString))
  const settings = appSettings({
    appUrl: own.url,
    keys,
    connectionString: azurite.connectionString,
    caFile: certificate.caFile,
    entraAuthority: entra.authority,
    graphUrl: graph.baseUrl,
    acsEndpoint: acs.endpoint,
    teamsUrl: 'http://localhost:7078',
    allowedTenants: [NORTHWIND_HEALTH],
  })
  const parsed = parseSettings(settings)
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.failure.shown))
  // Anew for each run: tokens and documents that are kept for an hour would hide what was changed a moment ago.
  const newApp = () => createApp(parsed.value, now)
  own.serve(await newApp())
  await acs.subscribe(EVENTS, `${own.url}/events`)
  const site = doctorSite(ehr)
  for (const client of northwindClients(own.url)) {
    const system = client.clientId === site.system?.clientId
    ehr.register(system ? { ...client, scope: SYSTEM_SCOPES } : client)
  }
  for (const organizer of site.organizers) graph.accessPolicy.add(organizer)
  graph.faults.virtualAppointmentUrl = true

  /** One run as a browser starts it and the queue works it off. @param wait until every line is at its end. */
  const run = async (changed: Site = site, phone: string | undefined = ADMIN_PHONE, wait = true) => {
    const app = await newApp()
    const { message, started } = await begin(app, changed, phone)
    await workDoctor(app, changed, message)
    const read = () => readDoctor(app, site.tenantId, site.siteId)
    const ended = wait ? await until(read, (found) => found?.finishedAt !== undefined) : await read()
    if (!ended) throw new Error('the run was not kept')
    return { run: ended, started, message, passed: doctorPassed(ended, changed) }
  }
  return {
    storagePorts: azurite.ports,
    entra,
    graph,
    acs,
    ehr,
    own,
    site,
    run,
    newApp,
    close: async () => {
      for (const part of [graph, acs, ehr, entra, azurite, own]) await part.close()
    },
  }
}
export type DoctorWorld = Awaited<ReturnType<typeof doctorWorld>>

/** Starts a run; the message is what the host would hand to the queue's function. */
export async function begin(app: App, site: Site, phone: string | undefined) {
  const sent: Message<'doctor'>[] = []
  const doctor = { ...app.store.queues.doctor, send: async (one: Message<'doctor'>) => void sent.push(one) }
  const store = { ...app.store, queues: { ...app.store.queues, doctor } }
  const sealed = phone === undefined ? undefined : (runId: string) => sealPhone(app.keys.field, runId, phone)
  const started = await startDoctor({ ...app, store }, site, ADMIN, sealed)
  const message = sent[0] ?? { schema: 1, kind: 'run', tenantId: '', siteId: '', runId: '' }
  return { message, started, sent }
}

function doctorSite(ehr: SandboxEhr): Site {
  const site = northwindSite(ehr)
  if (!site.system) throw new Error('the clinic has a system account')
  return {
    ...site,
    system: { ...site.system, scopes: SYSTEM_SCOPES },
    texts: { ...site.texts, sender: SANDBOX_NUMBER },
    writeBack: { links: true, arrived: false },
    emails: { on: true, sender: SANDBOX_EMAIL_SENDER, since: new Date().toISOString() },
  }
}

/** What the deployment answers at its public address: keys, webhooks, and the events of the texts. */
async function ownServer() {
  let app: App | undefined
  const broken = new Set<'keys' | 'webhook' | 'events'>()
  const server = createServer(async (request, response) => {
    const url = new URL(request.url ?? '/', 'http://localhost')
    const chunks: Buffer[] = []
    for await (const chunk of request) chunks.push(chunk as Buffer)
    const say = (status: number, body = '', type = 'application/json') => {
      response.writeHead(status, { 'content-type': type })
      response.end(body)
    }
    const token = url.searchParams.get('validationToken')
    if (url.pathname === '/.well-known/jwks.json' && app && !broken.has('keys')) {
      return say(200, JSON.stringify(await app.smart.publicJwks()))
    }
    if (url.pathname.startsWith('/graph/') && token !== null && !broken.has('webhook')) {
      return say(200, token, 'text/plain')
    }
    if (url.pathname === '/events' && app) return say(200, await events(app, chunks, broken.has('events')))
    return say(404)
  })
  await new Promise<void>((resolve) => server.listen(0, 'localhost', resolve))
  return {
    url: `http://localhost:${(server.address() as AddressInfo).port}`,
    broken,
    serve: (made: App) => {
      app = made
    },
    close: () => closeServer(server),
  }
}

async function events(app: App, chunks: readonly Buffer[], lost: boolean): Promise<string> {
  const batch = JSON.parse(Buffer.concat(chunks).toString('utf8')) as { data?: { validationCode?: string } }[]
  const code = batch[0]?.data?.validationCode
  if (code !== undefined) return JSON.stringify({ validationResponse: code })
  for (const event of lost ? [] : batch) {
    const sealed = sealEvent(app.keys.field, event)
    const opened = sealed.ok ? openEvent(app.keys.field, sealed.value) : sealed
    if (!opened.ok) continue
    const { store, keys, sites, now } = app
    const ports = { store, noticeKeys: keys.field, identity: keys.identity, sites: () => sites.all(), now }
    await receive(ports, opened.value)
  }
  return ''
}

/** Waits for a condition with a bound. */
export async function until<T>(read: () => Promise<T>, done: (value: T) => boolean): Promise<T> {
  for (let tries = 0; tries < 100; tries++) {
    const value = await read()
    if (done(value)) return value
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
  return read()
}

export function statesOf({ lines }: DoctorRun): Record<string, string> {
  return Object.fromEntries(lines.map(({ id, state }) => [id, state]))
}

export type { AcsStandIn }
