import { type HttpHandler, HttpRequest, type HttpResponseInit } from '@azure/functions'
import { exportJWK, generateKeyPair, type JWTPayload, SignJWT } from 'jose'
import { SANDBOX_NUMBER } from '../../../sandbox/acs/acs.ts'
import type { App } from '../../../src/core/app.ts'
import { identityKeys } from '../../../src/core/keys/identity.ts'
import { keyRing } from '../../../src/core/keys/key-ring.ts'
import { numberBook } from '../../../src/core/messaging/numbers.ts'
import { textSender } from '../../../src/core/messaging/sms.ts'
import { smsClient } from '../../../src/core/messaging/sms-client.ts'
import { pushUrl } from '../../../src/core/pushes/push-url.ts'
import { readPushKeys } from '../../../src/core/pushes/registered-keys.ts'
import { ok } from '../../../src/core/result.ts'
import { senderStore } from '../../../src/core/senders/sender-store.ts'
import type { Site } from '../../../src/core/sites/site.ts'
import { siteStore } from '../../../src/core/sites/site-store.ts'
import { createJwksCache } from '../../../src/core/smart/jwks.ts'
import type { QueueName } from '../../../src/core/store/messages.ts'
import { departmentOf, sweepWindow } from '../../../src/core/visits/sweep.ts'
import { visitSeals } from '../../../src/core/visits/visit.ts'
import { visitStore } from '../../../src/core/visits/visit-store.ts'
import { site as siteOf } from '../../unit/sites/site.fixture.ts'
import { invocation, type Registered } from '../functions/registered.ts'
import { clinicEhr } from '../messaging/clinic-ehr.fixture.ts'
import { credential, type Fixture } from '../sandbox/acs.fixture.ts'
import type { Storage } from '../store/storage.fixture.ts'

export const TENANT = '11111111-1111-4111-8111-111111111111'
export const OTHER_TENANT = '22222222-2222-4222-8222-222222222222'
export const SITE = 'lakeside0001'
export const OTHER_SITE = 'harbor000001'
export const APP_URL = 'https://visits.lakeside.example'
export const BASE = 'https://ehr.example.org/r4/lakeside'

/** An integration engine with a key of its own. */
export async function engine(issuer: string, alg: 'RS384' | 'ES384' = 'ES384') {
  const pair = await generateKeyPair(alg, { extractable: true })
  const keys = readPushKeys(JSON.stringify({ keys: [{ ...(await exportJWK(pair.publicKey)), kid: 'k1' }] }))
  if (!keys.ok) throw new Error(keys.failure.code)
  let count = 0
  return {
    push: { issuer, keys: keys.value } satisfies Site['push'],
    token: (now: Date, siteId = SITE, claims: JWTPayload = {}) => {
      const seconds = Math.floor(now.getTime() / 1000)
      const all = { iss: issuer, aud: pushUrl(APP_URL, siteId), iat: seconds, exp: seconds + 240 }
      return new SignJWT({ ...all, jti: `${issuer}-${++count}`, ...claims })
        .setProtectedHeader({ alg, kid: 'k1' })
        .sign(pair.privateKey)
    },
  }
}
export type Engine = Awaited<ReturnType<typeof engine>>

/** The app's parts that pushes, sweeps and texts stand on: real tables and queues, the vendor's stand-in. */
export async function pushWorld(storage: Storage, vendor: Fixture, registered: Registered) {
  const { now } = vendor.clock
  const { store } = storage
  const [field, link] = [keyRing(new Uint8Array(32).fill(4)), keyRing(new Uint8Array(32).fill(5))]
  const identity = identityKeys(new Uint8Array(32).fill(6))
  const sites = siteStore(store, now)
  const ehr = clinicEhr()
  const visits = visitStore(store, link, 7)
  const seals = visitSeals(field)
  const app = {
    settings: {
      ALLOWED_TENANTS: [TENANT, OTHER_TENANT],
      PUBLIC_URL: APP_URL,
      NOTICE_LEASE_SECONDS: 120,
      SMS_REPEATABILITY_SECONDS: 240,
      TEXTS_PER_NUMBER: 1000,
      TEXTS_PER_PREFIX: 1000,
      TEXTS_PER_TENANT: 1000,
    },
    now,
    store,
    keys: { field, link, identity },
    sites,
    site: sites.get,
    visits,
    seals,
    senders: senderStore(store, sites, now),
    smart: { jwks: createJwksCache() },
    outbound: { fetch },
    linkUrl: APP_URL,
    systemEhr: async () => ok(ehr.port),
    numbers: numberBook(identity),
    sendText: async () => textSender(smsClient(vendor.acs.endpoint, credential)),
  } as unknown as App
  const texts = { ...siteOf().texts, on: true, epoch: 1, sender: SANDBOX_NUMBER }
  const quietHours = { from: '00:00', to: '00:00' }
  const departments = [{ id: 'family', name: 'Family', locationIds: ['L1'], on: true }]
  const base = siteOf({
    tenantId: TENANT,
    siteId: SITE,
    fhirBaseUrl: BASE,
    departments,
    texts: { ...texts, quietHours },
  })
  const run = async (name: string, message: unknown) => {
    const { context, lines } = invocation(name)
    const handler = (
      registered.get(name) as unknown as { handler: (m: unknown, c: unknown) => Promise<void> }
    ).handler
    await handler(message, context)
    return lines
  }
  return {
    app,
    ehr,
    base,
    visits,
    save: async (site: Site) => {
      const saved = await sites.save(site)
      if (!saved.ok) throw new Error(saved.failure.code)
    },
    /** The timer's sweep of a day, as the queue's function does it. */
    sweep: async (day: string) => {
      const department = departmentOf(base, 'family')
      if (!department.ok) throw new Error('no department')
      const ports = { store, visits, seals, identity, linkKeys: link, ehr: async () => ok(ehr.port), now }
      return sweepWindow(ports, base, department.value, day)
    },
    async post(body: unknown, headers: Record<string, string> = {}, siteId = SITE) {
      const { context, lines } = invocation('pushAppointments')
      const handler = registered.get('pushAppointments')?.handler as HttpHandler
      const request = new HttpRequest({
        method: 'POST',
        url: `${APP_URL}/sites/${siteId}/appointments`,
        headers: { 'content-type': 'application/fhir+json', ...headers },
        params: { siteId },
        body: { string: typeof body === 'string' ? body : JSON.stringify(body) },
      })
      const answer = (await handler(request, context)) as HttpResponseInit
      const said = answer.jsonBody ?? JSON.parse(String(answer.body))
      return { status: answer.status ?? 200, said, headers: answer.headers as Record<string, string>, lines }
    },
    /** What waits in a queue, taken off it. */
    async take(queue: QueueName): Promise<unknown[]> {
      const client = storage.clients.queue(queue)
      const { receivedMessageItems } = await client.receiveMessages({ numberOfMessages: 32 })
      return Promise.all(
        receivedMessageItems.map(async ({ messageId, popReceipt, messageText }) => {
          await client.deleteMessage(messageId, popReceipt)
          return JSON.parse(Buffer.from(messageText, 'base64').toString('utf8'))
        }),
      )
    },
    run,
    /** Works on everything that waits, as the host would. */
    async work() {
      const lines: string[] = []
      for (const [queue, name] of [
        ['sweeps', 'sweep'],
        ['confirmations', 'confirmations'],
      ] as const)
        for (const message of await this.take(queue)) lines.push(...(await run(name, message)))
      return lines
    },
  }
}
export type World = Awaited<ReturnType<typeof pushWorld>>
