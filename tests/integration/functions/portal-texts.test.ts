import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import type { Appointment } from '../../../src/core/ehr/appointment.ts'
import type { Ehr } from '../../../src/core/ehr/ehr.ts'
import { noticeRowKey } from '../../../src/core/messaging/notice.ts'
import { ok } from '../../../src/core/result.ts'
import { moved, newOrder } from '../../../src/core/senders/order.ts'
import { advanceOrder } from '../../../src/core/senders/order-steps.ts'
import { siteStore } from '../../../src/core/sites/site-store.ts'
import type { VisitRow } from '../../../src/core/store/rows.ts'
import { bayFor, visitPartition } from '../../../src/core/visits/bay.ts'
import { visitRowKey } from '../../../src/core/visits/visit.ts'
import { text } from '../../unit/pages/markup.ts'
import { site as siteOf } from '../../unit/sites/site.fixture.ts'
import { visitRow } from '../../unit/visits/visit.fixture.ts'
import { type Fixture, startFixture } from '../sandbox/acs.fixture.ts'
import { type Storage, startStorage } from '../store/storage.fixture.ts'
import { type Page, portalApp, type Visitor, visitor } from './portal-world.ts'
import type { Registered } from './registered.ts'

const registered = vi.hoisted(() => new Map() as Registered)
const running = vi.hoisted(() => ({ app: undefined as unknown }))

vi.mock('@azure/functions', async (original) => ({
  ...(await original<typeof import('@azure/functions')>()),
  app: { http: (name: string, options: never) => registered.set(name, options) },
}))
vi.mock('../../../src/functions/runtime.ts', () => ({ app: async () => running.app, https: false }))

const OWN = '11111111-1111-4111-8111-111111111111'
const OTHER = '22222222-2222-4222-8222-222222222222'
const SITE = 'lakeside0001'
const params = { siteId: SITE }

let storage: Storage
let vendor: Fixture
let made: ReturnType<typeof portalApp>
let admin: Visitor

beforeAll(async () => {
  vi.stubEnv('NODE_TLS_REJECT_UNAUTHORIZED', '0')
  ;[storage, vendor] = await Promise.all([startStorage(), startFixture()])
  made = portalApp(storage, vendor, [OWN, OTHER])
  running.app = made.app
  for (const file of [
    'portal-texts',
    'portal-numbers',
    'portal-senders',
    'portal-site-texts',
    'portal-switch-texts',
  ])
    await import(`../../../src/functions/${file}.ts`)
  admin = visitor(made.app, registered, OWN)
  const base = siteOf({ tenantId: OWN, siteId: SITE, fhirBaseUrl: 'https://ehr.example.org/r4/lakeside' })
  const { sender: _none, ...texts } = base.texts
  const system = { clientId: 'sys', auth: { method: 'private_key_jwt' as const }, scopes: 'system/*.read' }
  const departments = [{ id: 'one', name: 'One', locationIds: ['l1'], on: true }]
  await siteStore(storage.store).save({
    ...base,
    name: 'Lakeside',
    system,
    departments,
    texts: { ...texts, on: false, epoch: 3 },
  })
})
afterAll(async () => {
  vi.unstubAllEnvs()
  await vendor?.acs.close()
  await storage?.close()
})

const field = ({ html }: Page, name: string) =>
  new RegExp(`name="${name}" value="([^"]*)"`).exec(html)?.[1] ?? ''
const form = {
  sender: '',
  country: ['US', 'CA'],
  confirm_booked: 'yes',
  confirm_cancelled: 'yes',
  reminder_0: '1',
  reminder_unit_0: 'days',
  quiet_from: '21:00',
  quiet_to: '08:00',
  language: ['en', 'es', 'fr'],
  default_language: 'en',
}
async function leads(): Promise<Record<string, string>> {
  const page = await admin.get('portalSiteTexts', `/portal/texts/${SITE}`, params)
  return Object.fromEntries(
    [...page.html.matchAll(/<textarea[^>]*name="(lead_[a-z_]+)"[^>]*>([^<]*)</g)].map(
      ([, name = '', value = '']) => [name, value.replaceAll('&#39;', "'").replaceAll('&amp;', '&')],
    ),
  )
}
const siteNow = () => siteStore(storage.store).get(OWN, SITE)

describe('before the consents', () => {
  test('the step can be left, and says what comes first', async () => {
    const page = await admin.get('portalTexts', '/portal/texts')
    expect(text(page.html)).toContain('Both are needed before the first text')
    expect(page.html).toContain('href="/portal/review"')
    expect(page.html).not.toContain('href="/portal/numbers/new"')
  })

  test('nothing is bought, attached, named, linked or switched on by a crafted form', async () => {
    const posts: [string, string, Record<string, string | string[]>, Record<string, string>?][] = [
      ['portalOrderNumber', '/portal/numbers/new', { amount: '2', currency: 'USD' }],
      ['portalOrderAnswer', '/portal/numbers/order', { action: 'again' }],
      ['portalAttach', '/portal/numbers/attach', { number: '+18335550100', country: 'US' }],
      ['portalSenderName', '/portal/numbers/name', { name: 'LAKESIDE', country: 'IE' }],
      ['portalSiteTextsSaved', `/portal/texts/${SITE}`, { ...form, sender: '+18335550100' }, params],
      ['portalTextsSwitchedOn', `/portal/texts/${SITE}/on`, {}, params],
    ]
    for (const [name, path, fields, given] of posts) {
      const page = await admin.post(name, path, fields, given)
      expect({ name, status: page.status }).toEqual({ name, status: 422 })
      expect(page.html).toContain('sms_consents_missing')
    }
    expect(await made.app.senders.list(OWN)).toEqual([])
    expect(await made.app.orders.read(OWN)).toBeUndefined()
    expect((await siteNow())?.texts.sender).toBeUndefined()
  })

  test('one box alone is refused beside the other, and nothing is kept', async () => {
    const page = await admin.post('portalConsents', '/portal/consents', { sending: 'yes', version: 'none' })
    expect(page.status).toBe(422)
    expect(page.html).toMatch(/id="consent-recipients-error"/)
    expect(page.html).not.toMatch(/id="consent-sending-error"/)
    expect((await made.app.tenants.read(OWN)).value.smsConsents).toEqual({})
  })

  test('somebody who may only look changes nothing', async () => {
    const viewer = visitor(made.app, registered, OWN, false)
    const page = await viewer.post('portalConsents', '/portal/consents', {
      sending: 'yes',
      recipients: 'yes',
    })
    expect(page.status).toBe(403)
    expect(text((await viewer.get('portalTexts', '/portal/texts')).html)).toContain('read-only')
  })
})

describe('with both consents', () => {
  test('who gave them, when and to which words is kept and shown', async () => {
    const version = field(await admin.get('portalTexts', '/portal/texts'), 'version')
    const page = await admin.post('portalConsents', '/portal/consents', {
      sending: 'yes',
      recipients: 'yes',
      version,
    })
    expect(page.to).toBe('/portal/texts?done=consents')
    const { smsConsents } = (await made.app.tenants.read(OWN)).value
    expect(smsConsents.recipients).toMatchObject({ by: `admin-of-${OWN}`, wording: 1 })
    expect(text((await admin.get('portalTexts', '/portal/texts')).html)).toContain('Given by Ana Synthetic')
    expect((await made.app.history.read(OWN, 1))[0]?.what).toBe('sms_consents_saved')
  })

  test('the price is shown before anything is searched; a double click is one order', async () => {
    const page = await admin.get('portalNewNumber', '/portal/numbers/new')
    expect(text(page.html)).toContain('$2.00 a month')
    const agreed = { amount: field(page, 'amount'), currency: field(page, 'currency') }
    const [a, b] = await Promise.all([
      admin.post('portalOrderNumber', '/portal/numbers/new', agreed),
      admin.post('portalOrderNumber', '/portal/numbers/new', agreed),
    ])
    expect([a.to, b.to]).toEqual(['/portal/numbers/order', '/portal/numbers/order'])
    expect(vendor.acs.ledger.filter(({ path }) => path.includes(':search'))).toEqual([])
    const busy = await admin.get('portalOrder', '/portal/numbers/order')
    expect(text(busy.html)).toContain('so far. It usually takes up to 2 minutes.')
    const order = await made.app.orders.read(OWN)
    for (let looks = 0; looks < 30; looks++) {
      const { again } = await advanceOrder(
        { ...made.app, numbers: made.app.phoneNumbers },
        OWN,
        order?.orderId ?? '',
      )
      if (again === undefined) break
      vendor.clock.advance(again)
    }
    expect(vendor.acs.purchases()).toHaveLength(1)
    const done = await admin.get('portalOrder', '/portal/numbers/order')
    expect(text(done.html)).toContain('Your new number')
    const list = text((await admin.get('portalTexts', '/portal/texts')).html)
    expect(list).toContain('Not linked yet.')
    expect(list).toContain('Verification not submitted')
  })

  test('a number is linked, and wrong fields are told with what was typed', async () => {
    const [sender] = await made.app.senders.list(OWN)
    const page = await admin.get('portalSiteTexts', `/portal/texts/${SITE}`, params)
    const version = field(page, 'version')
    const given = { ...form, ...(await leads()), sender: sender?.sender ?? '', version }
    const wrong = await admin.post(
      'portalSiteTextsSaved',
      `/portal/texts/${SITE}`,
      { ...given, reminder_0: '99', lead_en_booked: 'No time here' },
      params,
    )
    expect(wrong.status).toBe(422)
    expect(wrong.html).toContain('Keep {when} exactly once')
    expect(wrong.html).toContain('No time here')
    expect((await siteNow())?.texts.sender).toBeUndefined()
    const foreign = await admin.post(
      'portalSiteTextsSaved',
      `/portal/texts/${SITE}`,
      { ...given, sender: '+18335550100' },
      params,
    )
    expect(text(foreign.html)).toContain('Choose one of your numbers.')
    const saved = await admin.post('portalSiteTextsSaved', `/portal/texts/${SITE}`, given, params)
    expect(saved.to).toBe(`/portal/texts/${SITE}?done=saved`)
    expect((await siteNow())?.texts).toMatchObject({
      sender: sender?.sender,
      on: false,
      epoch: 3,
      reminderMinutes: [1440],
    })
    // The form of before is of an older version now.
    expect((await admin.post('portalSiteTextsSaved', `/portal/texts/${SITE}`, given, params)).status).toBe(
      409,
    )
  })

  test('a preview shows what the words become, and keeps nothing', async () => {
    const before = await siteNow()
    const given = { ...form, ...(await leads()), lead_en_booked: 'Hello – {when}', segment_price: '0.02' }
    const page = await admin.post('portalSiteTextsPreview', `/portal/texts/${SITE}/preview`, given, params)
    expect(page.status).toBe(200)
    expect(text(page.html)).toContain('Hello - ')
    expect(text(page.html)).toContain('$0.02 a text')
    expect(await siteNow()).toEqual(before)
  })

  test('an EHR that cannot be counted is told, and the administrator’s own number is taken', async () => {
    const page = await admin.get('portalTextsOn', `/portal/texts/${SITE}/on`, params)
    expect(text(page.html)).toContain('The EHR could not be asked')
    const typed = await admin.get('portalTextsOn', `/portal/texts/${SITE}/on?visits=1000`, params)
    // 1,000 booked, one reminder each, one segment, a cent, and the number.
    expect(text(typed.html)).toContain('about $22.00')
  })

  test('the last thirty days are counted, then texts go on with a new epoch', async () => {
    const at = (hours: number) => new Date(vendor.clock.now().getTime() + hours * 3_600_000)
    const visits = [-24, -48, 30].map(
      (hours) =>
        ({ id: String(hours), start: at(hours), video: true, cancelled: hours === -48 }) as Appointment,
    )
    const appointmentsIn: Ehr['appointmentsIn'] = async (_locations, from, to) =>
      ok(new Map(visits.filter(({ start }) => start >= from && start < to).map((one) => [one.id, one])))
    made.world.ehr = ok({ appointmentsIn } as unknown as Ehr)
    const page = await admin.get('portalTextsOn', `/portal/texts/${SITE}/on`, params)
    const words = text(page.html)
    expect(words).toContain('2, of which 1 were cancelled')
    expect(words).toContain('No reminder is due at once.')
    expect(words).toContain('One reminder falls due within the next 24 hours.')
    expect(words).toContain('is not verified yet')
    const version = field(page, 'version')
    const on = await admin.post('portalTextsSwitchedOn', `/portal/texts/${SITE}/on`, { version }, params)
    expect(on.to).toBe(`/portal/texts/${SITE}?done=texts-on`)
    expect((await siteNow())?.texts).toMatchObject({ on: true, epoch: 4 })
  })

  test('reminders whose time has come are counted before texts go on: of known visits ahead, not reminded yet', async () => {
    const now = vendor.clock.now().getTime()
    const at = (hours: number) => new Date(now + hours * 3_600_000).toISOString()
    const known = async (letter: string, hours: number, more: Partial<VisitRow> = {}) => {
      const row = visitRow({ start: at(hours), since: at(-72), cause: 'baseline', ...more })
      const partitionKey = visitPartition(OWN, SITE, bayFor(row))
      const visitKey = letter.repeat(22)
      await storage.store.tables.visits.put({ partitionKey, rowKey: visitRowKey(visitKey), ...row })
      return { partitionKey, visitKey }
    }
    const words = async () =>
      text((await admin.get('portalTextsOn', `/portal/texts/${SITE}/on`, params)).html)
    // One reminder is set, a day before.
    await known('a', 20)
    expect(await words()).toContain('One reminder is due at once and leaves within minutes.')
    await known('b', 2)
    await known('c', 23.9)
    // Not yet; called off; in person; booked when its time had passed; begun; of another site's visits nothing is read.
    await known('d', 30)
    await known('e', 20, { cancelled: true })
    await known('f', 20, { video: false })
    await known('g', 20, { since: at(-1) })
    await known('h', -0.1)
    expect(await words()).toContain('3 reminders are due at once and leave within minutes.')
    const { partitionKey, visitKey } = await known('i', 10)
    expect(await words()).toContain('4 reminders are due at once')
    await storage.store.tables.visits.put({
      partitionKey,
      rowKey: noticeRowKey({ visitKey, version: 1, kind: 'reminder.0' }),
      schema: 1,
      type: 'notice',
      state: 'delivered',
      claimId: 'claim',
      leaseUntil: at(0),
      changedAt: at(0),
    })
    expect(await words()).toContain('3 reminders are due at once')
  })

  test('another organization sees, attaches, reads and changes none of it', async () => {
    const stranger = visitor(made.app, registered, OTHER)
    const version = field(await stranger.get('portalTexts', '/portal/texts'), 'version')
    await stranger.post('portalConsents', '/portal/consents', { sending: 'yes', recipients: 'yes', version })
    const number = (await made.app.senders.list(OWN))[0]?.sender ?? ''
    const id = number.slice(1)
    const other = await stranger.get('portalOtherNumber', '/portal/numbers/other?country=US')
    expect(other.html).not.toContain(number)
    expect(other.html).toContain('+18335550100')
    const attach = await stranger.post('portalAttach', '/portal/numbers/attach', { number, country: 'US' })
    expect(attach.status).toBe(404)
    expect((await stranger.get('portalSender', `/portal/senders/${id}`, { sender: id })).status).toBe(404)
    expect(
      (await stranger.post('portalReleased', `/portal/senders/${id}/release`, {}, { sender: id })).status,
    ).toBe(404)
    expect((await stranger.get('portalSiteTexts', `/portal/texts/${SITE}`, params)).status).toBe(404)
    expect((await stranger.post('portalTextsOff', `/portal/texts/${SITE}/off`, {}, params)).status).toBe(404)
    expect((await siteNow())?.texts.on).toBe(true)
  })

  test('an address that can name no sender or site is of none, whatever is in it', async () => {
    for (const odd of ['a/b', '#', '?', '%00', '\u0000', '..\\', "x' or '1'='1", 'x'.repeat(2000)]) {
      const sender = { sender: odd }
      const site = { siteId: odd }
      const pages = [
        await admin.get('portalSender', '/portal/senders/odd', sender),
        await admin.get('portalRelease', '/portal/senders/odd/release', sender),
        await admin.post('portalSenderSaved', '/portal/senders/odd', { version: 'none' }, sender),
        await admin.post('portalReleased', '/portal/senders/odd/release', { version: 'none' }, sender),
        await admin.get('portalSiteTexts', '/portal/texts/odd', site),
        await admin.post('portalTextsOff', '/portal/texts/odd/off', { version: 'none' }, site),
      ]
      expect([odd.slice(0, 20), pages.map(({ status }) => status)]).toEqual([
        odd.slice(0, 20),
        Array(pages.length).fill(404),
      ])
    }
  })

  test('a country offers only what it has', async () => {
    const us = await admin.get('portalOtherNumber', '/portal/numbers/other?country=US')
    expect(text(us.html)).toContain('Names instead of numbers do not exist in United States')
    const ireland = text((await admin.get('portalOtherNumber', '/portal/numbers/other?country=IE')).html)
    expect(ireland).toContain('A name instead of a number')
    expect(ireland).not.toContain('has toll-free numbers')
    const named = await admin.post('portalSenderName', '/portal/numbers/name', {
      name: 'LAKESIDE',
      country: 'US',
    })
    expect(named.status).toBe(422)
    const wrong = await admin.post('portalSenderName', '/portal/numbers/name', {
      name: '1234',
      country: 'IE',
    })
    expect(wrong.html).toContain('value="1234"')
    const fine = await admin.post('portalSenderName', '/portal/numbers/name', {
      name: 'LAKESIDE',
      country: 'IE',
    })
    expect(fine.to).toBe('/portal/texts?done=sender')
  })

  test('what is linked is not released; withdrawing the consents says first what stops', async () => {
    const number = (await made.app.senders.list(OWN))[0]?.sender ?? ''
    const sender = number.slice(1)
    const asked = await admin.get('portalRelease', `/portal/senders/${sender}/release`, { sender })
    expect(text(asked.html)).toContain('It is linked to Lakeside')
    const version = (await made.app.senders.read(OWN, number))?.version ?? ''
    const kept = await admin.post(
      'portalReleased',
      `/portal/senders/${sender}/release`,
      { version },
      { sender },
    )
    expect(kept.status).toBe(409)
    const warned = await admin.get('portalWithdraw', '/portal/consents/withdraw')
    expect(text(warned.html)).toContain('switched off at once for Lakeside')
    expect((await siteNow())?.texts.on).toBe(true)
    const done = await admin.post('portalWithdrawn', '/portal/consents/withdraw', {
      version: field(warned, 'version'),
    })
    expect(done.to).toBe('/portal/texts?done=withdrawn')
    expect((await siteNow())?.texts.on).toBe(false)
    expect((await made.app.tenants.read(OWN)).value.smsConsents).toEqual({})
  })

  test('the verification is what the administrator says, until texts say otherwise', async () => {
    const number = (await made.app.senders.list(OWN))[0]?.sender ?? ''
    const sender = number.slice(1)
    const page = await admin.get('portalSender', `/portal/senders/${sender}`, { sender })
    const version = field(page, 'version')
    const saved = await admin.post(
      'portalSenderSaved',
      `/portal/senders/${sender}`,
      { version, verification: 'submitted' },
      { sender },
    )
    expect(saved.status).toBe(303)
    expect((await made.app.senders.read(OWN, number))?.value.verification).toBe('submitted')
    const now = (await made.app.senders.read(OWN, number))?.version ?? ''
    const pace = await admin.post(
      'portalSenderSaved',
      `/portal/senders/${sender}`,
      { version: now, per_minute: 'fast' },
      { sender },
    )
    expect(pace.status).toBe(422)
  })

  test('another price is accepted once in the history, however many accept it at once', async () => {
    const asked = newOrder(
      { orderId: 'o2', by: 'ana', country: 'US', shown: { amount: 1, currency: 'USD' } },
      made.app.now(),
    )
    const waits = moved(asked, 'price_changed', made.app.now(), { amount: 2, currency: 'USD' })
    const stranger = visitor(made.app, registered, OTHER)
    expect((await made.app.orders.open(OTHER, waits)).ok).toBe(true)
    // Both read the order before either writes.
    const { read } = made.app.orders
    const order = await read(OTHER)
    const stale = vi.spyOn(made.app.orders, 'read').mockResolvedValue(order)
    const fields = { action: 'accept', orderId: 'o2' }
    await Promise.all([1, 2].map(() => stranger.post('portalOrderAnswer', '/portal/numbers/order', fields)))
    stale.mockRestore()
    expect((await read(OTHER))?.state).toBe('found')
    const entries = (await made.app.history.read(OTHER, 50)).map(({ what }) => what)
    expect(entries.filter((what) => what === 'number_price_accepted')).toHaveLength(1)
  })
})
