import { once } from 'node:events'
import { createServer, type Server } from 'node:https'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { closeServer } from '../../../sandbox/close-server.ts'
import { emailSender } from '../../../src/core/messaging/email/send-email.ts'
import { noticeId } from '../../../src/core/messaging/notice.ts'
import { openEvent, receive, sealEvent } from '../../../src/core/messaging/receipts.ts'
import { type SendText, textSender } from '../../../src/core/messaging/sms.ts'
import { smsClient } from '../../../src/core/messaging/sms-client.ts'
import { visitRef } from '../../../src/core/visits/visit.ts'
import { credential, throwAwayCertificate } from '../sandbox/acs.fixture.ts'
import { at, type Clinic, clinic, DAY, identity, noticeKeys } from './clinic.fixture.ts'
import { type Storage, startStorage } from './storage.fixture.ts'

let storage: Storage
let certificate: Awaited<ReturnType<typeof throwAwayCertificate>>
beforeAll(async () => {
  storage = await startStorage()
  certificate = await throwAwayCertificate()
})
afterAll(() => storage?.close())

/** Ids of the texts that the vendor took without ever saying so; each id is one text on a phone. */
let taken: string[]
let requests: number
let impatient: AbortController | undefined
let server: Server
let sendText: SendText

/** It reads a request to the end, takes it, and never answers; our patience is over at that very moment. */
beforeEach(async () => {
  taken = []
  requests = 0
  server = createServer(certificate, async (request) => {
    let body = ''
    for await (const chunk of request) body += chunk
    requests++
    for (const { repeatabilityRequestId } of JSON.parse(body).smsRecipients)
      if (!taken.includes(repeatabilityRequestId)) taken.push(repeatabilityRequestId)
    impatient?.abort()
  })
  server.listen(0, 'localhost')
  await once(server, 'listening')
  const address = server.address()
  const port = typeof address === 'object' && address ? address.port : 0
  const client = smsClient(`https://localhost:${port}`, credential, {
    tlsOptions: { ca: certificate.ca },
    patience: () => {
      impatient = new AbortController()
      return impatient.signal
    },
  })
  sendText = textSender(client)
})
afterEach(() => closeServer(server))

async function booked(windowSeconds: number): Promise<Clinic> {
  const made = clinic(storage.store, { windowSeconds, handOver: (text) => sendText(text) })
  await made.sweep(DAY)
  made.ehr.book('A0', at('10:00'))
  made.advance(60)
  await made.sweep(DAY)
  return made
}
const stateOf = async (made: Clinic) => (await made.notices('A0', DAY)).get('1:booked')

describe('a vendor that takes a request and never answers', () => {
  test('is not waited for: the notice is in doubt, and its claim ends by itself', async () => {
    const made = await booked(240)
    await made.work()
    expect(requests).toBe(1)
    const row = await stateOf(made)
    expect(row).toMatchObject({ state: 'sending' })
    expect(Date.parse(row?.leaseUntil ?? '')).toBeLessThanOrEqual(made.now().getTime() + 120_000)
    expect(made.queue).toHaveLength(1)
  })

  test('is asked again by the same id only, while it remembers it; then the outcome is unknown, of one text', async () => {
    const made = await booked(240)
    await made.workAll()
    expect(requests).toBeGreaterThan(1)
    expect(taken).toHaveLength(1)
    expect(await stateOf(made)).toMatchObject({ state: 'unknown', reason: 'send_outcome_unknown' })
    made.advance(3_600)
    await made.sweep(DAY)
    const before = requests
    await made.workAll()
    expect(requests).toBe(before)
  })

  test('that forgets ids at once is asked once, and its report says in the end what became of the text', async () => {
    const made = await booked(0)
    await made.workAll()
    expect(requests).toBe(1)
    expect(await stateOf(made)).toMatchObject({ state: 'unknown' })
    const tag = noticeId(noticeKeys, {
      ...visitRef(identity, made.site, 'A0'),
      bay: `${DAY}|family`,
      version: 1,
      kind: 'booked',
    })
    const sealed = sealEvent(noticeKeys, {
      eventType: 'Microsoft.Communication.SMSDeliveryReportReceived',
      data: {
        messageId: 'm1',
        from: '18005550100',
        to: '18164440000',
        deliveryStatus: 'Delivered',
        deliveryStatusDetails: 'No error.',
        tag,
      },
    })
    const event = sealed.ok ? openEvent(noticeKeys, sealed.value) : undefined
    if (!event?.ok) throw new Error('the report was not understood')
    const ports = {
      store: storage.store,
      noticeKeys,
      identity,
      sites: async () => [made.site],
      now: made.now,
    }
    await receive(ports, event.value)
    expect(await stateOf(made)).toMatchObject({ state: 'delivered' })
    await made.workAll()
    expect(requests).toBe(1)
  })

  test('of e-mails is not waited for either', async () => {
    const over = new AbortController()
    const send = emailSender(
      {
        beginSend: (_message, { abortSignal } = {}) =>
          new Promise((_resolve, reject) => {
            abortSignal?.addEventListener('abort', () =>
              reject(Object.assign(new Error('gone'), { name: 'AbortError' })),
            )
            over.abort()
          }),
      },
      () => over.signal,
    )
    const email = {
      from: 'a@example.com',
      to: 'b@example.com',
      operationId: 'id',
      subject: '',
      plainText: '',
      html: '',
      attachments: [],
    }
    expect(await send(email)).toMatchObject({ ok: false, failure: { code: 'email_outcome_unknown' } })
  })
})
