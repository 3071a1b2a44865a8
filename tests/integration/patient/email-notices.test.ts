import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { deliverEmails, type EmailPorts } from '../../../src/core/messaging/email/deliver-email.ts'
import { forgetEmailIds } from '../../../src/core/messaging/email/email-ids.ts'
import type { Email, EmailFailure } from '../../../src/core/messaging/email/send-email.ts'
import { isEmail } from '../../../src/core/messaging/notice.ts'
import { type Limit, takePlaces } from '../../../src/core/messaging/pace.ts'
import { openEvent, receive, sealEvent } from '../../../src/core/messaging/receipts.ts'
import { fail, ok } from '../../../src/core/result.ts'
import type { Site } from '../../../src/core/sites/site.ts'
import { visitStore } from '../../../src/core/visits/visit-store.ts'
import {
  at,
  type Clinic,
  clinic,
  DAY,
  identity,
  LINK_URL,
  linkKeys,
  noticeKeys,
  seals,
} from '../messaging/clinic.fixture.ts'
import { type Storage, startStorage } from '../messaging/storage.fixture.ts'

let storage: Storage
beforeAll(async () => {
  storage = await startStorage()
})
afterAll(() => storage?.close())
// All e-mail of a deployment has one pace.
beforeEach(() => storage.store.tables.pace.remove({ partitionKey: 'email', rowKey: 'places' }))

const EMAILS: NonNullable<Site['emails']> = {
  on: true,
  sender: 'visits@example.org',
  since: '2026-11-22T00:00:00.000Z',
}

/** A mailbox vendor that remembers operation ids, as the real one does. */
function mailboxes() {
  const sent: Email[] = []
  const ids = new Set<string>()
  const vendor = {
    sent,
    requests: 0,
    /** What the next requests answer; a request that is "lost" was carried out all the same. */
    failing: undefined as EmailFailure | undefined,
    lost: false,
    /** Called when an e-mail is taken, before the answer. */
    onSend: async (_email: Email): Promise<void> => {},
    async send(email: Email) {
      vendor.requests++
      if (vendor.failing) return fail(vendor.failing)
      if (!ids.has(email.operationId)) sent.push(email)
      ids.add(email.operationId)
      await vendor.onSend(email)
      return vendor.lost ? fail('email_outcome_unknown' as const) : ok(undefined)
    },
  }
  return vendor
}

type Rig = { readonly made: Clinic; readonly mail: ReturnType<typeof mailboxes>; work(): Promise<void> }

/** A clinic with one visit and e-mails on; texts only where the test wants them. */
async function rigWith(
  more: {
    texts?: Partial<Site['texts']>
    emails?: Partial<typeof EMAILS>
    address?: string
    limits?: Limit[]
    visits?: number
  } = {},
): Promise<Rig> {
  const emails = { ...EMAILS, ...more.emails }
  const made = clinic(storage.store, { texts: { on: false, ...more.texts }, more: { emails } })
  const mail = mailboxes()
  const ports: EmailPorts = {
    store: storage.store,
    visits: visitStore(storage.store, linkKeys, 7),
    seals,
    identity,
    noticeKeys,
    now: made.now,
    ehr: async () => ok(made.ehr.port),
    site: async () => made.site,
    sendEmail: (email) => mail.send(email),
    linkUrl: LINK_URL,
    rules: made.rules,
    limits: more.limits ?? [],
  }
  await made.sweep(DAY)
  for (let n = 0; n < (more.visits ?? 1); n++)
    made.ehr.book(`A${n}`, at('16:30'), {}, { emails: [more.address ?? `synthetic${n || ''}@example.com`] })
  made.advance(60)
  await made.sweep(DAY)
  return {
    made,
    mail,
    /** What the functions do with a message: e-mails and texts go their own ways. */
    async work() {
      for (const queued of made.queue.splice(0)) {
        if (queued.visibleAt > made.now()) {
          made.queue.push(queued)
          continue
        }
        const part = (email: boolean) => queued.message.notices.filter(({ kind }) => isEmail(kind) === email)
        const [letters, texts] = [part(true), part(false)]
        const again = [
          ...(letters.length > 0
            ? (await deliverEmails(ports, { ...queued.message, notices: letters })).again
            : []),
          ...(texts.length > 0 ? (await made.deliver({ ...queued.message, notices: texts })).again : []),
        ]
        for (const { message, delaySeconds } of again)
          made.queue.push({ message, visibleAt: new Date(made.now().getTime() + delaySeconds * 1000) })
      }
    },
  }
}

const stateOf = async ({ made }: Rig, notice = '1:booked@email') =>
  (await made.notices('A0', DAY)).get(notice)
const calendarOf = (email: Email | undefined) =>
  Buffer.from(email?.attachments[0]?.contentInBase64 ?? '', 'base64').toString()
const field = (email: Email | undefined, name: string) =>
  new RegExp(`^${name}:(.*)\r$`, 'm').exec(calendarOf(email))?.[1]

describe('a site that sends e-mails', () => {
  test('confirms a booking once, with the patient’s link, though it sends no texts', async () => {
    const rig = await rigWith()
    await rig.work()
    expect(rig.mail.sent).toHaveLength(1)
    const [email] = rig.mail.sent
    expect(email).toMatchObject({ to: 'synthetic@example.com', from: 'visits@example.org' })
    expect(email?.plainText).toMatch(new RegExp(`${LINK_URL}/v/[\\w-]{22}`))
    expect(await stateOf(rig)).toMatchObject({ state: 'sent' })
    expect(rig.made.vendor.requests).toHaveLength(0)
  })

  test('sends a text and an e-mail where both are on, each once, however often the message comes', async () => {
    const rig = await rigWith({ texts: { on: true } })
    const [first] = rig.made.queue
    await rig.work()
    for (let times = 0; times < 3; times++) {
      if (first) rig.made.queue.push(first)
      await rig.work()
    }
    expect([rig.mail.requests, rig.made.vendor.accepted.length]).toEqual([1, 1])
    expect((await stateOf(rig, '1:booked'))?.state).toBe('sent')
  })

  test('moves the entry in the calendar when the visit moves, and takes it out when it is cancelled', async () => {
    const rig = await rigWith()
    await rig.work()
    rig.made.ehr.change('A0', { start: at('18:00') })
    rig.made.advance(300)
    await rig.made.sweep(DAY)
    await rig.work()
    rig.made.ehr.change('A0', { cancelled: true })
    rig.made.advance(300)
    await rig.made.sweep(DAY)
    await rig.work()
    expect(rig.mail.sent.map((one) => [field(one, 'METHOD'), field(one, 'SEQUENCE')])).toEqual([
      ['REQUEST', '1'],
      ['REQUEST', '2'],
      ['CANCEL', '3'],
    ])
    expect(new Set(rig.mail.sent.map((one) => field(one, 'UID'))).size).toBe(1)
    expect(calendarOf(rig.mail.sent[1])).toContain('DTSTART;TZID=America/Chicago:20261124T120000')
  })

  test('reminds as it would by text', async () => {
    const rig = await rigWith()
    await rig.work()
    rig.made.advance((at('15:31').getTime() - rig.made.now().getTime()) / 1000)
    await rig.made.remind()
    await rig.work()
    expect(rig.mail.sent.map(({ subject }) => subject)).toEqual([
      'Your video visit is booked',
      'Reminder of your video visit',
    ])
  })

  test('tells nobody by e-mail of what was booked before e-mails were switched on', async () => {
    const rig = await rigWith({ emails: { since: '2026-11-23T00:00:00.000Z' } })
    await rig.work()
    expect(rig.mail.requests).toBe(0)
  })

  test('and texts takes a chart without an address for nothing that staff must look into', async () => {
    const rig = await rigWith({ texts: { on: true } })
    rig.made.ehr.changePatientOf('A0', { emails: [] })
    await rig.work()
    expect(await stateOf(rig)).toMatchObject({ state: 'skipped', reason: 'email_missing' })
    expect(await stateOf(rig, '1:booked')).toMatchObject({ state: 'sent' })
  })

  test('and no texts leaves a chart without an address to staff', async () => {
    const rig = await rigWith({ address: '' })
    rig.made.ehr.changePatientOf('A0', { emails: [] })
    await rig.work()
    expect(await stateOf(rig)).toMatchObject({ state: 'undelivered', reason: 'email_missing' })
  })

  test('that switched them off again sends what waits to nobody', async () => {
    const rig = await rigWith()
    rig.made.site = { ...rig.made.site, emails: { ...EMAILS, on: false } }
    await rig.work()
    expect([rig.mail.requests, (await stateOf(rig))?.state]).toEqual([0, 'skipped'])
  })
})

describe('a vendor of e-mail that is in trouble', () => {
  test('and throttles is asked again later, with the same id', async () => {
    const rig = await rigWith()
    rig.mail.failing = 'email_throttled'
    await rig.work()
    expect(rig.mail.sent).toHaveLength(0)
    rig.mail.failing = undefined
    rig.made.advance(60)
    await rig.work()
    expect(rig.mail.sent).toHaveLength(1)
    expect(await stateOf(rig)).toMatchObject({ state: 'sent' })
  })

  test('and whose answer was lost gets no second e-mail out', async () => {
    const rig = await rigWith()
    rig.mail.lost = true
    await rig.work()
    rig.mail.lost = false
    rig.made.advance(60)
    await rig.work()
    expect(rig.mail.sent).toHaveLength(1)
    expect(rig.mail.requests).toBe(2)
  })

  test('and refuses leaves it to staff', async () => {
    const rig = await rigWith()
    rig.mail.failing = 'email_refused'
    await rig.work()
    expect(await stateOf(rig)).toMatchObject({ state: 'undelivered', reason: 'email_refused' })
  })

  test('while the EHR is down nothing is sent, and everything is once it is back', async () => {
    const rig = await rigWith()
    rig.made.ehr.failing = { code: 'ehr_unavailable', retryAfterSeconds: 30 }
    await rig.work()
    expect(rig.mail.requests).toBe(0)
    rig.made.ehr.failing = undefined
    rig.made.advance(60)
    await rig.work()
    expect(rig.mail.sent).toHaveLength(1)
  })
})

describe('the pace of e-mail', () => {
  const limits = [{ count: 4, seconds: 60 }]
  /** Lets the queue run as long as anything waits in it; says when each e-mail left. */
  async function leaveTimes(rig: Rig): Promise<number[]> {
    const times: number[] = []
    for (let rounds = 0; rig.made.queue.length > 0 && rounds < 200; rounds++) {
      const before = rig.mail.requests
      await rig.work()
      times.push(...Array<number>(rig.mail.requests - before).fill(rig.made.now().getTime()))
      rig.made.advance(1)
    }
    return times
  }

  test('is kept in every minute, and each e-mail leaves once', async () => {
    const rig = await rigWith({ visits: 10, limits })
    const times = await leaveTimes(rig)
    expect(times).toHaveLength(10)
    expect(new Set(rig.mail.sent.map(({ to }) => to)).size).toBe(10)
    for (const time of times)
      expect(times.filter((other) => other >= time && other < time + 60_000).length).toBeLessThanOrEqual(4)
    expect((times.at(-1) ?? 0) - (times[0] ?? 0)).toBeLessThan(150_000)
  })

  test('lets whoever waits rest until its place: the EHR is read again only then', async () => {
    const rig = await rigWith({ visits: 6, limits })
    await rig.work()
    const calls = rig.made.ehr.calls
    expect(rig.mail.requests).toBe(4)
    expect(
      rig.made.queue.map(({ message }) => [message.notices.length, message.place !== undefined]),
    ).toEqual([[2, true]])
    for (let second = 0; second < 50; second++) {
      rig.made.advance(1)
      await rig.work()
    }
    expect(rig.made.ehr.calls).toBe(calls)
    await leaveTimes(rig)
    expect(rig.mail.requests).toBe(6)
  })

  test('gives whoever comes past its place another one', async () => {
    const rig = await rigWith({ visits: 5, limits })
    await rig.work()
    const place = rig.made.queue[0]?.message.place
    rig.made.advance(3600)
    // Others took all of this minute.
    await takePlaces(storage.store.tables.pace, 'email', Array(4).fill(at('16:30')), limits, rig.made.now())
    await rig.work()
    expect(rig.mail.requests).toBe(4)
    expect(rig.made.queue[0]?.message.place).not.toBe(place)
    await leaveTimes(rig)
    expect(rig.mail.requests).toBe(5)
  })

  test('ends what has no place before the visit, visibly', async () => {
    const rig = await rigWith({ visits: 5, limits })
    rig.made.advance((at('16:29').getTime() - rig.made.now().getTime()) / 1000)
    await rig.work()
    expect(rig.mail.requests).toBe(4)
    expect(rig.made.queue).toEqual([])
    const states = await Promise.all(
      [0, 1, 2, 3, 4].map(async (n) => (await rig.made.notices(`A${n}`, DAY)).get('1:booked@email')),
    )
    expect(states.filter((row) => row?.state === 'sent')).toHaveLength(4)
    expect(states.find((row) => row?.state !== 'sent')).toMatchObject({
      state: 'expired',
      reason: 'pace_full',
    })
  })

  test('sends nothing of a visit that was cancelled while its e-mail waited', async () => {
    const rig = await rigWith({ visits: 5, limits })
    await rig.work()
    const waiting = rig.made.queue[0]?.message.notices[0]
    for (let n = 0; n < 5; n++) rig.made.ehr.change(`A${n}`, { cancelled: true })
    await leaveTimes(rig)
    expect(waiting).toBeDefined()
    expect(rig.mail.requests).toBe(4)
  })

  test('pauses on every instance when the vendor asks for it', async () => {
    const rig = await rigWith({ visits: 3, limits: [{ count: 1, seconds: 10 }] })
    rig.mail.failing = 'email_throttled'
    await rig.work()
    expect(rig.mail.requests).toBe(1)
    rig.mail.failing = undefined
    const places = await takePlaces(
      storage.store.tables.pace,
      'email',
      [at('16:30')],
      [{ count: 1000, seconds: 10 }],
      rig.made.now(),
    )
    const [given] = places
    const wait = given?.kind === 'place' ? given.at.getTime() - rig.made.now().getTime() : 0
    expect(wait).toBeGreaterThanOrEqual(30_000)
  })
})

describe('a delivery report of an e-mail', () => {
  const REPORT = 'Microsoft.Communication.EmailDeliveryReportReceived'
  const report = (messageId: string | undefined, status: string) => ({
    eventType: REPORT,
    data: { messageId, status, sender: 'visits@example.org', recipient: 'synthetic@example.com' },
  })
  /** What Event Grid brings, through the seal and the queue as it goes in the app. */
  async function comes({ made }: Rig, event: unknown): Promise<void> {
    const sealed = sealEvent(noticeKeys, event)
    if (!sealed.ok) throw new Error(sealed.failure.detail)
    const opened = openEvent(noticeKeys, sealed.value)
    if (!opened.ok) throw new Error(opened.failure.detail)
    expect(JSON.stringify(opened.value)).not.toMatch(/example\.(com|org)/)
    const ports = {
      store: storage.store,
      noticeKeys,
      identity,
      sites: async () => [made.site],
      now: made.now,
    }
    await receive(ports, opened.value)
  }
  async function sentRig(): Promise<{ rig: Rig; id: string }> {
    const rig = await rigWith()
    await rig.work()
    return { rig, id: rig.mail.sent[0]?.operationId ?? '' }
  }

  test.each([
    ['Delivered', 'delivered', undefined],
    ['Bounced', 'undelivered', 'email_bounced'],
    ['Suppressed', 'undelivered', 'email_suppressed'],
    ['Quarantined', 'undelivered', 'email_quarantined'],
    ['FilteredSpam', 'undelivered', 'email_filtered'],
    ['Failed', 'undelivered', 'email_failed'],
  ])('%s finds its notice: %s', async (status, state, reason) => {
    const { rig, id } = await sentRig()
    await comes(rig, report(id.toUpperCase(), status))
    const row = await stateOf(rig)
    expect([row?.state, row?.reason]).toEqual([state, reason])
  })

  test('that is only a stage, or of nobody here, changes nothing', async () => {
    const { rig, id } = await sentRig()
    await comes(rig, report(id, 'Expanded'))
    await comes(rig, report('00000000-0000-4000-8000-000000000000', 'Bounced'))
    expect(await stateOf(rig)).toMatchObject({ state: 'sent' })
  })

  test('that comes twice, and in the wrong order, never takes a delivery back', async () => {
    const { rig, id } = await sentRig()
    for (const status of ['Failed', 'Delivered', 'Delivered', 'Bounced']) await comes(rig, report(id, status))
    expect(await stateOf(rig)).toMatchObject({ state: 'delivered' })
    expect(await stateOf(rig)).not.toHaveProperty('reason')
  })

  test('that comes before the send is recorded holds', async () => {
    const rig = await rigWith()
    rig.mail.onSend = ({ operationId }) => comes(rig, report(operationId, 'Bounced'))
    await rig.work()
    expect(await stateOf(rig)).toMatchObject({ state: 'undelivered', reason: 'email_bounced' })
  })

  test('settles an e-mail whose answer was lost', async () => {
    const rig = await rigWith()
    rig.mail.lost = true
    await rig.work()
    expect(await stateOf(rig)).toMatchObject({ state: 'sending' })
    await comes(rig, report(rig.mail.sent[0]?.operationId, 'Delivered'))
    rig.made.advance(60)
    await rig.work()
    expect(await stateOf(rig)).toMatchObject({ state: 'delivered' })
    expect(rig.mail.requests).toBe(1)
  })

  test('of a day ago still finds it; after four days the id is forgotten', async () => {
    const { rig, id } = await sentRig()
    const idRow = () => storage.store.tables.emailids.get('2026-11-22', id)
    rig.made.advance(86_400)
    await forgetEmailIds(storage.store, rig.made.now())
    expect(await idRow()).toBeDefined()
    await comes(rig, report(id, 'Delivered'))
    expect(await stateOf(rig)).toMatchObject({ state: 'delivered' })
    rig.made.advance(3 * 86_400)
    expect(await forgetEmailIds(storage.store, rig.made.now())).toBeGreaterThan(0)
    expect(await idRow()).toBeUndefined()
  })

  test('without the e-mail’s id, or with one that is none, is refused before it is queued', () => {
    for (const messageId of [undefined, '', '../notices'])
      expect(sealEvent(noticeKeys, report(messageId, 'Delivered'))).toMatchObject({
        failure: { code: 'event_invalid' },
      })
  })
})
