import type { HttpHandler, HttpResponseInit, StorageQueueHandler } from '@azure/functions'
import { HttpRequest } from '@azure/functions'
import { createLocalJWKSet, exportJWK, generateKeyPair, SignJWT } from 'jose'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { appSettings, ENTRA_CLIENT_ID, sandboxKeys } from '../../sandbox/app-settings.ts'
import { type Azurite, startAzurite } from '../../sandbox/azurite.ts'
import { launchBrowser } from '../../sandbox/browser.ts'
import { encryptResource } from '../../sandbox/graph/encryption.ts'
import { readHostJson } from '../../sandbox/host/host-json.ts'
import { localStorageClients } from '../../sandbox/storage.ts'
import { type App, createApp } from '../../src/core/app.ts'
import { parseSettings } from '../../src/core/config.ts'
import type { Ehr } from '../../src/core/ehr/ehr.ts'
import { type LaunchSession, writeSession } from '../../src/core/launches/session.ts'
import type { Graph } from '../../src/core/meetings/graph.ts'
import { notificationKeys } from '../../src/core/meetings/roster/notification-keys.ts'
import { rosterClientState, rosterPointer } from '../../src/core/meetings/roster/pointer.ts'
import { ok } from '../../src/core/result.ts'
import { createStorage } from '../../src/core/store/store.ts'
import { visitRef } from '../../src/core/visits/visit.ts'
import { LOOK_SECONDS } from '../../src/functions/live-model.ts'
import { invocation } from '../integration/functions/registered.ts'
import { site as siteOf } from '../unit/sites/site.fixture.ts'
import { appointment, START, visitRow } from '../unit/visits/visit.fixture.ts'

/**
 * From the receipt of Graph's webhook to the change in the clinician's page, on the code that runs: the webhook's function,
 * the storage queue, the roster's function, the look, and the page's own script in a browser. Time is injected: on the
 * server and in the page it stands still, and is moved by two intervals alone, the longest that the host lets a message
 * wait (host.json) and the one between two looks. What the work itself takes, network, storage and a cold start, is not
 * in it; nor is how long Graph takes to call us.
 */
const LONGEST_MS = 3_000
const APP_URL = 'http://localhost:7071'
const POLL_MS = readHostJson('.').extensions.queues.maxPollingInterval
const LOOK_MS = LOOK_SECONDS * 1_000
const PUBLISHER = '0bf30f3b-4a52-48df-9a82-234910c4a086'

const http = vi.hoisted(() => new Map<string, { handler: HttpHandler }>())
const queues = vi.hoisted(() => new Map<string, { handler: StorageQueueHandler }>())
const running = vi.hoisted(() => ({ app: undefined as unknown }))
vi.mock('@azure/functions', async (original) => ({
  ...(await original<typeof import('@azure/functions')>()),
  app: {
    http: (name: string, options: { handler: HttpHandler }) => http.set(name, options),
    storageQueue: (name: string, options: { handler: StorageQueueHandler }) => queues.set(name, options),
  },
}))
vi.mock('../../src/functions/runtime.ts', () => ({ app: async () => running.app, https: false }))

let azurite: Azurite
let browser: Browser
let app: App
let certificate: string
let signToken: () => Promise<string>
/** The server's clock; the page's is moved with it. */
let now = START.getTime()

beforeAll(async () => {
  azurite = await startAzurite()
  browser = await launchBrowser()
  await createStorage(localStorageClients(azurite.connectionString))
  const { tenantId } = siteOf()
  const keys = await sandboxKeys(undefined)
  certificate = keys.notificationCertificate
  const settings = parseSettings(
    appSettings({
      appUrl: APP_URL,
      keys,
      connectionString: azurite.connectionString,
      caFile: '',
      entraAuthority: 'https://localhost:7075',
      graphUrl: 'https://localhost:7076',
      acsEndpoint: 'https://localhost:7077',
      teamsUrl: 'http://localhost:7078',
      allowedTenants: [tenantId],
    }),
  )
  if (!settings.ok) throw new Error(JSON.stringify(settings.failure.shown))
  const publisher = await generateKeyPair('RS256', { extractable: true })
  const jwks = createLocalJWKSet({ keys: [{ ...(await exportJWK(publisher.publicKey)), kid: 'entra' }] })
  signToken = () =>
    new SignJWT({ appid: PUBLISHER, tid: tenantId })
      .setProtectedHeader({ alg: 'RS256', kid: 'entra' })
      .setAudience(ENTRA_CLIENT_ID)
      .setIssuedAt(now / 1000)
      .setExpirationTime(now / 1000 + 600)
      .sign(publisher.privateKey)
  const user = { id: 'entra-1', userPrincipalName: 'maya@northwind.example', displayName: 'Maya' }
  app = {
    ...(await createApp(settings.value, () => new Date(now))),
    // The page is opened once in each test, and those whom it asks then are not what is measured.
    entraKeys: () => jwks,
    graph: async () => ({ api: () => ({ select: () => ({ get: async () => user }) }) }) as unknown as Graph,
    launchEhr: async () => ok(ehr),
  }
  running.app = app
  await app.sites.save(siteOf({ tenantId }))
  await Promise.all([import('../../src/functions/visit.ts'), import('../../src/functions/look.ts')])
  await import('../../src/functions/graph.ts')
}, 180_000)
afterAll(async () => {
  await browser?.close()
  await azurite?.close()
})

const ehr = {
  appointment: async (id: string) => ok(appointment({ id })),
  patient: async () => ok({ initials: 'QS', language: 'en' }),
} as unknown as Ehr

const session = (appointmentId: string): LaunchSession => ({
  launchId: `launch-${appointmentId}`,
  tenantId: siteOf().tenantId,
  siteId: siteOf().siteId,
  ehrUser: { issuer: 'https://ehr.example.org', subject: 'MOKAFOR' },
  context: { kind: 'appointment', appointmentId },
  accessToken: 'synthetic',
  accessTokenUntil: new Date(START.getTime() + 3_600_000).toISOString(),
})

/** A visit whose meeting is there and watched, so that opening its page asks nobody for anything. */
async function makeVisit(appointmentId: string) {
  const ref = visitRef(app.keys.identity, siteOf(), appointmentId)
  const meeting = { organizerId: 'o', meetingId: 'm', joinWebUrl: 'http://localhost:7078/l/meetup-join/x' }
  await app.visits.save(
    ref,
    undefined,
    visitRow({
      linkKeyId: app.keys.link.current.id,
      sealedMeeting: app.seals.sealMeeting(ref, meeting),
      subscriptionId: 'subscription',
      subscriptionUntil: new Date(START.getTime() + 3 * 3_600_000).toISOString(),
    }),
  )
  return ref
}

async function call(
  name: string,
  init: ConstructorParameters<typeof HttpRequest>[0],
): Promise<HttpResponseInit> {
  const { context } = invocation(name)
  const answer = await http.get(name)?.handler(new HttpRequest(init), context)
  if (!answer) throw new Error(`no route ${name}`)
  return answer as HttpResponseInit
}

/** A browser whose requests are answered by the functions, and whose clock moves only when it is told to. */
async function openPage(launch: LaunchSession) {
  const kept = writeSession(app.keys.session, launch, new Date(now))
  if (!kept.ok) throw new Error(kept.failure.code)
  const cookie = kept.value.map(({ name, value }) => `${name}=${value}`).join('; ')
  const context = await browser.newContext({ viewport: { width: 1280, height: 800 } })
  const page = await context.newPage()
  const looks: number[] = []
  await page.route('**/*', async (route) => {
    const request = route.request()
    const url = new URL(request.url())
    const look = url.pathname.endsWith('/look')
    const sign = request.headers()['if-none-match']
    const answer = await call(look ? 'visitLook' : 'visitPage', {
      method: 'GET',
      url: url.href,
      headers: { cookie, ...(sign === undefined ? {} : { 'if-none-match': sign }) },
      params: { id: launch.launchId },
      query: Object.fromEntries(url.searchParams),
    })
    const status = answer.status ?? 200
    await route.fulfill({
      status,
      headers: answer.headers as Record<string, string>,
      body: String(answer.body ?? ''),
    })
    if (look) looks.push(status)
  })
  await page.clock.install({ time: now - 1 })
  await page.clock.pauseAt(now)
  await page.goto(`${APP_URL}/launch/${launch.launchId}/visit`)
  await page.getByRole('heading', { name: 'The patient is not here yet' }).waitFor()
  const shown = Number(await page.locator('[data-refresh]').first().getAttribute('data-refresh')) * 1_000
  expect(shown).toBe(LOOK_MS)
  return { page, looks, nextLook: now + LOOK_MS }
}
type Opened = Awaited<ReturnType<typeof openPage>>

/** Lets both clocks go on until a moment. Every look on the way is answered before time goes on. */
async function passTo(opened: Opened, until: number): Promise<void> {
  while (opened.nextLook <= until) {
    const answered = opened.looks.length
    await move(opened.page, opened.nextLook)
    await vi.waitFor(() => expect(opened.looks).toHaveLength(answered + 1), { timeout: 20_000, interval: 5 })
    await settled(opened.page)
    opened.nextLook += LOOK_MS
  }
  await move(opened.page, until)
}

async function move(page: Page, to: number): Promise<void> {
  if (to > now) await page.clock.runFor(to - now)
  now = Math.max(now, to)
}

/** The script has put away what the look brought: only then it would begin another one. */
async function settled(page: Page): Promise<void> {
  await page.evaluate(
    () =>
      new Promise((resolve) => {
        const channel = new MessageChannel()
        channel.port1.onmessage = () => resolve(true)
        channel.port2.postMessage(0)
      }),
  )
}

/** Graph calls: somebody from outside stands in the lobby. */
async function graphTells(ref: Parameters<typeof rosterPointer>[1]): Promise<void> {
  const pointer = rosterPointer(app.keys.field, ref)
  const event = {
    eventType: 'rosterUpdated',
    eventDateTime: new Date(now).toISOString(),
    'participants@delta': [
      {
        id: 'guest',
        isInLobby: true,
        info: { identity: { guest: { id: 'guest', displayName: 'Synthetic Guest' } } },
      },
    ],
  }
  const content = encryptResource(event, certificate, notificationKeys(certificate).current.id)
  const value = [
    {
      subscriptionId: 's',
      clientState: rosterClientState(app.keys.field, pointer),
      encryptedContent: content,
    },
  ]
  const answer = await call('graphNotifications', {
    method: 'POST',
    url: `${APP_URL}/graph/notifications/${pointer}`,
    params: { pointer },
    body: { string: JSON.stringify({ value, validationTokens: [await signToken()] }) },
  })
  expect(answer.status).toBe(202)
}

/** The host looks into the queue, and hands over what lies there. */
async function hostPolls(): Promise<void> {
  const queue = localStorageClients(azurite.connectionString).queue('roster')
  const { receivedMessageItems } = await queue.receiveMessages()
  expect(receivedMessageItems).toHaveLength(1)
  for (const { messageText, messageId, popReceipt } of receivedMessageItems) {
    const { context } = invocation('roster')
    await queues.get('roster')?.handler(JSON.parse(Buffer.from(messageText, 'base64').toString()), context)
    await queue.deleteMessage(messageId, popReceipt)
  }
}

test('the longest wait of the queue and the time between two looks are three seconds at most, together', () => {
  expect(POLL_MS + LOOK_MS).toBeLessThanOrEqual(LONGEST_MS)
})

/** Where between two looks Graph calls; the last one makes a look miss the news by a millisecond. */
const PHASES = [0, 0.25, 0.5, 0.75, (((LOOK_MS - (POLL_MS % LOOK_MS)) % LOOK_MS) + 1) / LOOK_MS]

test.each(PHASES)(
  'the page says that the patient waits within three seconds of the webhook, %s of a look later',
  async (phase) => {
    const appointmentId = `phase-${Math.round(phase * 1_000)}`
    const launch = session(appointmentId)
    await app.mappings.confirm(launch.tenantId, launch.siteId, launch.ehrUser, 'entra-1', new Date(now))
    const ref = await makeVisit(appointmentId)
    const opened = await openPage(launch)
    await passTo(opened, now + 3 * LOOK_MS)
    // The first look learns what there is; from then on nothing changed.
    expect(opened.looks).toEqual([200, 304, 304])

    await passTo(opened, now + phase * LOOK_MS)
    const receivedAt = now
    await graphTells(ref)
    await passTo(opened, receivedAt + POLL_MS)
    expect(opened.looks.slice(1).every((status) => status === 304)).toBe(true)
    expect(await opened.page.title()).not.toContain('waiting')
    await hostPolls()
    await passTo(opened, opened.nextLook)
    expect(opened.looks.at(-1)).toBe(200)
    await opened.page.getByText('Your patient is waiting').waitFor()
    expect(await opened.page.title()).toMatch(/^● Patient waiting/)
    expect(await opened.page.locator('#announce').textContent()).toContain('waiting in the lobby')
    expect(now - receivedAt).toBeLessThanOrEqual(LONGEST_MS)
    await opened.page.context().close()
  },
)
