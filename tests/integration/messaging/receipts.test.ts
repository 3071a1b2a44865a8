import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { noticeId } from '../../../src/core/messaging/notice.ts'
import { isOptedOut } from '../../../src/core/messaging/opt-outs.ts'
import { openEvent, receive, sealEvent } from '../../../src/core/messaging/receipts.ts'
import type { Site } from '../../../src/core/sites/site.ts'
import { visitRef } from '../../../src/core/visits/visit.ts'
import { at, type Clinic, clinic, DAY, identity, noticeKeys } from './clinic.fixture.ts'
import { type Storage, startStorage } from './storage.fixture.ts'

let storage: Storage
beforeAll(async () => {
  storage = await startStorage()
})
afterAll(() => storage?.close())

const TEXT = 'Microsoft.Communication.SMSReceived'
const REPORT = 'Microsoft.Communication.SMSDeliveryReportReceived'

async function clinicWith(visits: number): Promise<Clinic> {
  const made = clinic(storage.store)
  await made.sweep(DAY)
  for (let n = 0; n < visits; n++) made.ehr.book(`A${n}`, at(`${10 + n}:00`))
  made.advance(60)
  await made.sweep(DAY)
  return made
}

/** What Event Grid brings, through the seal and the queue as it goes in the app. */
async function comes(made: Clinic, event: unknown, sites: Site[] = [made.site]): Promise<void> {
  const sealed = sealEvent(noticeKeys, event)
  if (!sealed.ok) throw new Error(sealed.failure.detail)
  const read = storage.store.queues.receipts.read(
    JSON.parse(JSON.stringify({ schema: 1, sealed: sealed.value })),
  )
  if (!read.ok) throw new Error(read.failure.detail)
  const opened = openEvent(noticeKeys, read.value.sealed)
  if (!opened.ok) throw new Error(opened.failure.detail)
  const ports = { store: storage.store, noticeKeys, identity, sites: async () => sites, now: made.now }
  await receive(ports, opened.value)
}
const tagOf = (made: Clinic, id: string) =>
  noticeId(noticeKeys, {
    ...visitRef(identity, made.site, id),
    bay: `${DAY}|family`,
    version: 1,
    kind: 'booked',
  })
const report = (tag: string | undefined, deliveryStatus = 'Delivered', more: object = {}) => ({
  eventType: REPORT,
  data: { messageId: 'm1', from: '18005550100', to: '18164440000', deliveryStatus, tag, ...more },
})
const stateOf = async (made: Clinic, id = 'A0') => (await made.notices(id, DAY)).get('1:booked')

describe('a delivery report', () => {
  test('finds its notice by the tag that the request carried', async () => {
    const made = await clinicWith(2)
    await made.work()
    const tag = made.vendor.accepted.find(({ to }) => to.endsWith('0'))?.tag
    expect(tag).toBe(tagOf(made, 'A0'))
    await comes(made, report(tag))
    expect(await stateOf(made, 'A0')).toMatchObject({ state: 'delivered' })
    expect(await stateOf(made, 'A1')).toMatchObject({ state: 'sent' })
  })

  test('proves the number that the text came from as verified, and code 4010 disproves it', async () => {
    const made = await clinicWith(1)
    await made.work()
    const keys = [made.site.tenantId, '18005550100'] as const
    await storage.store.tables.senders.put({
      partitionKey: keys[0],
      rowKey: keys[1],
      schema: 1,
      sender: '+18005550100',
      kind: 'tollFree',
      country: 'US',
      verification: 'submitted',
      perMinute: 200,
      addedAt: made.now().toISOString(),
      addedBy: 'somebody',
    })
    await comes(made, report(tagOf(made, 'A0'), 'Failed', { deliveryStatusDetails: '4010 not verified' }))
    expect(await storage.store.tables.senders.get(...keys)).toMatchObject({
      verification: 'submitted',
      evidence: 'blocked',
    })
    made.advance(60)
    await comes(made, report(tagOf(made, 'A0')))
    expect(await storage.store.tables.senders.get(...keys)).toMatchObject({
      verification: 'verified',
      evidence: 'delivered',
    })
  })

  test('with the tag spelt the other way is understood too', async () => {
    const made = await clinicWith(1)
    await made.work()
    await comes(made, report(undefined, 'Failed', { Tag: tagOf(made, 'A0'), deliveryStatusDetails: '4006' }))
    expect(await stateOf(made)).toMatchObject({ state: 'undelivered', reason: 'carrier_4006' })
  })

  test('that comes before the send is recorded holds, and the record does not take it back', async () => {
    const made = await clinicWith(1)
    made.vendor.answer = () => 'accepted'
    const { sendText } = made.vendor
    Object.assign(made.vendor, {
      sendText: async (text: Parameters<typeof sendText>[0]) => {
        const sent = await sendText(text)
        await comes(made, report(text.tag))
        return sent
      },
    })
    await made.work()
    expect(await stateOf(made)).toMatchObject({ state: 'delivered' })
    await made.workAll()
    expect(made.vendor.requests).toHaveLength(1)
  })

  test('of a send whose answer was lost settles it, and nothing is asked again', async () => {
    const made = await clinicWith(1)
    made.vendor.answer = () => 'lost'
    await made.work()
    await comes(made, report(tagOf(made, 'A0')))
    await made.workAll()
    expect(made.vendor.requests).toHaveLength(1)
    expect(await stateOf(made)).toMatchObject({ state: 'delivered' })
  })

  test('of a send that was given up as unknown still says what became of it', async () => {
    const made = await clinicWith(1)
    made.rules = { ...made.rules, repeatabilitySeconds: 0 }
    made.vendor.answer = () => 'lost'
    await made.workAll()
    expect(await stateOf(made)).toMatchObject({ state: 'unknown' })
    await comes(made, report(tagOf(made, 'A0')))
    expect(await stateOf(made)).toMatchObject({ state: 'delivered' })
    expect(await stateOf(made)).not.toHaveProperty('reason')
  })

  test('twice, at once and out of order ends delivered', async () => {
    const made = await clinicWith(1)
    await made.work()
    const tag = tagOf(made, 'A0')
    const failed = report(tag, 'Failed', { deliveryStatusDetails: '4006' })
    await Promise.all([
      comes(made, report(tag)),
      comes(made, failed),
      comes(made, report(tag)),
      comes(made, failed),
    ])
    await comes(made, failed)
    expect(await stateOf(made)).toMatchObject({ state: 'delivered' })
  })

  test('that never comes leaves the notice sent, and nothing is sent again', async () => {
    const made = await clinicWith(1)
    await made.work()
    made.advance(1800)
    await made.sweep(DAY)
    await made.workAll()
    expect(made.vendor.requests).toHaveLength(1)
    expect(await stateOf(made)).toMatchObject({ state: 'sent' })
  })

  test('that nobody of ours could have made, or about nothing that is there, changes nothing', async () => {
    const made = await clinicWith(1)
    await made.work()
    const tag = tagOf(made, 'A0')
    for (const forged of [undefined, '', 'n:1', `${tag}x`, tag.slice(0, -2), tagOf(made, 'never booked')])
      await comes(made, report(forged, 'Failed', { deliveryStatusDetails: '4006' }))
    expect(await stateOf(made)).toMatchObject({ state: 'sent' })
  })
})

describe('an event', () => {
  test('that is none of ours is refused before it is queued', () => {
    for (const event of [
      null,
      {},
      { eventType: 'Other', data: {} },
      { eventType: TEXT, data: { from: '1' } },
    ])
      expect(sealEvent(noticeKeys, event)).toMatchObject({ ok: false, failure: { code: 'event_invalid' } })
  })

  test('lies sealed in the queue: no number and no word of it can be read', () => {
    const sealed = sealEvent(noticeKeys, {
      eventType: TEXT,
      data: { from: '+18164440000', to: '+18005550100', message: 'STOP please' },
    })
    expect(sealed.ok && sealed.value).not.toMatch(/816|STOP|SMSReceived/)
    expect(openEvent(noticeKeys, 'a.b')).toMatchObject({ ok: false, failure: { code: 'event_invalid' } })
  })
})

describe('an answer', () => {
  let number = 0
  const someone = () => `1816555${String(++number).padStart(4, '0')}`
  const says = (from: string, message: string, receivedTimestamp?: string) => ({
    eventType: TEXT,
    data: { from, to: '18005550100', message, ...(receivedTimestamp ? { receivedTimestamp } : {}) },
  })
  const optedOut = (made: Clinic, from: string, tenantId = made.site.tenantId) =>
    isOptedOut({ store: storage.store, identity }, tenantId, `+${from}`)

  test('STOP opts a number out and START in again, with or without a plus', async () => {
    const made = clinic(storage.store)
    const from = someone()
    await comes(made, says(from, ' stop '))
    expect(await optedOut(made, from)).toBe(true)
    await comes(made, says(`+${from}`, 'Stop.'))
    expect(await optedOut(made, from)).toBe(true)
    made.advance(1)
    await comes(made, says(from, 'START'))
    expect(await optedOut(made, from)).toBe(false)
  })

  test('that was said last holds, in whatever order answers come', async () => {
    const made = clinic(storage.store)
    const [early, late] = ['2026-11-22T15:00:00.0000000+00:00', '2026-11-22T15:00:09.0000000+00:00']
    const [returned, left] = [someone(), someone()]
    await comes(made, says(returned, 'START', late))
    await comes(made, says(returned, 'STOP', early))
    expect(await optedOut(made, returned)).toBe(false)
    await comes(made, says(left, 'STOP', late))
    await comes(made, says(left, 'START', early))
    expect(await optedOut(made, left)).toBe(true)
  })

  test('STOP and START of the same instant, at once, is STOP', async () => {
    const made = clinic(storage.store)
    const from = someone()
    const words = ['START', 'STOP', 'START', 'STOP'].map((word) => says(from, word, '2026-11-22T15:00:00Z'))
    await Promise.all(words.map((event) => comes(made, event)))
    expect(await optedOut(made, from)).toBe(true)
  })

  test('holds for every tenant that texts from the number, and for no other', async () => {
    const made = clinic(storage.store)
    const site = (tenantId: string, sender: string): Site => ({
      ...made.site,
      tenantId,
      texts: { ...made.site.texts, sender },
    })
    const from = someone()
    const sites = [site('same', '+18005550100'), site('also', '+18005550100'), site('other', '+18005550111')]
    await comes(made, says(from, 'STOP'), sites)
    expect(await optedOut(made, from, 'same')).toBe(true)
    expect(await optedOut(made, from, 'also')).toBe(true)
    expect(await optedOut(made, from, 'other')).toBe(false)
  })

  test('that is no such word changes nothing', async () => {
    const made = clinic(storage.store)
    const from = someone()
    await comes(made, says(from, 'Please stop calling it a visit'))
    expect(await optedOut(made, from)).toBe(false)
  })

  test('keeps no number: the row is under a pseudonym of its tenant', async () => {
    const made = clinic(storage.store)
    const from = someone()
    await comes(made, says(from, 'STOP'))
    const rows = []
    for await (const row of storage.store.tables.optouts.list(made.site.tenantId)) rows.push(row)
    expect(rows).toHaveLength(1)
    expect(JSON.stringify(rows)).not.toContain(from)
  })
})
