import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest'
import { NORTHWIND_HEALTH, WOODGROVE_CLINICS } from '../../../sandbox/entra/tenants.ts'
import { noticeRowKey } from '../../../src/core/messaging/notice.ts'
import type { NoticeRow } from '../../../src/core/store/rows.ts'
import { visitPartition } from '../../../src/core/visits/bay.ts'
import { newVisitRow } from '../../../src/core/visits/new-visit.ts'
import { visitRef, visitRowKey } from '../../../src/core/visits/visit.ts'
import { site as siteOf } from '../../unit/sites/site.fixture.ts'
import { ana, grace, type Held, omar, type PortalWorld, portalWorld } from './portal-world.ts'

const held = vi.hoisted(() => ({ http: new Map(), app: undefined }) as Held)
vi.mock('@azure/functions', async (original) => ({
  ...(await original<typeof import('@azure/functions')>()),
  app: { http: (name: string, options: never) => held.http.set(name, options) },
}))
vi.mock('../../../src/functions/runtime.ts', () => ({ https: false, app: async () => held.app }))

const SITE = siteOf({ tenantId: WOODGROVE_CLINICS, siteId: 'woodgrove001', name: 'Woodgrove East' })
const DAY = '2031-03-11'
const BAY = `${DAY}|cardiology` as const

let world: PortalWorld
beforeAll(async () => {
  await import('../../../src/functions/portal-messages.ts')
  await import('../../../src/functions/portal-history.ts')
  await import('../../../src/functions/portal-clinicians.ts')
  await import('../../../src/functions/portal.ts')
  world = await portalWorld(held)
  const saved = await world.app.sites.save(SITE)
  if (!saved.ok) throw new Error(saved.failure.code)
})
afterAll(() => world?.close())
beforeEach(async () => {
  // The history is by time: what a test does comes after what the one before did.
  world.clock.at = new Date(world.clock.at.getTime() + 1)
  for (const queue of ['confirmations', 'confirmations-poison', 'sweeps', 'sweeps-poison'])
    await world.app.storage.queue(queue).clearMessages()
})

/** A visit of Woodgrove with one notice in this state. @returns its key. */
async function told(appointmentId: string, notice: Partial<NoticeRow>): Promise<string> {
  const { keys, seals, store } = world.app
  const ref = visitRef(keys.identity, SITE, appointmentId)
  const partitionKey = visitPartition(SITE.tenantId, SITE.siteId, BAY)
  const facts = {
    start: `${DAY}T16:00:00.000Z`,
    minutes: 30,
    version: 1,
    cause: 'booked' as const,
    since: '2031-03-10T14:00:00.000Z',
    cancelled: false,
    video: true,
    ehrVersion: '1',
    departmentId: 'cardiology',
  }
  await store.tables.visits.put({
    partitionKey,
    rowKey: visitRowKey(ref.visitKey),
    ...newVisitRow(seals, keys.link, ref, appointmentId, facts),
  })
  await store.tables.visits.put({
    partitionKey,
    rowKey: noticeRowKey({ visitKey: ref.visitKey, version: 1, kind: 'booked' }),
    schema: 1,
    type: 'notice',
    state: 'undelivered',
    claimId: 'c',
    leaseUntil: '2031-03-10T14:02:00.000Z',
    changedAt: '2031-03-10T14:00:05.000Z',
    ...notice,
  })
  return ref.visitKey
}
const page = (visitor = grace) =>
  world.call('portalMessages', '/portal/messages', { session: world.signedIn(visitor) })
const post = (name: string, fields: Record<string, string>, visitor = grace) =>
  world.call(name, '/portal/messages', { session: world.signedIn(visitor), fields })
const lines = (html: string) => html.replace(/<[^>]+>/g, ' ').replace(/\s+/g, ' ')

describe('the work list on real tables', () => {
  test('has whom nothing surely reached and what got stuck, and nobody else; no appointment id is in it', async () => {
    await told('4711', { reason: 'carrier_4003' })
    await told('4712', { state: 'unknown', reason: 'no_report' })
    await told('4713', { state: 'expired', reason: 'pace_full' })
    await told('4714', { state: 'claimed' })
    await told('4715', { state: 'delivered' })
    await told('4716', { state: 'skipped', reason: 'opted_out' })
    // Taken up a moment ago: it is on its way.
    await told('4717', { state: 'sending', leaseUntil: '2031-03-10T15:01:00.000Z' })
    const { html } = await page()
    const text = lines(html)
    for (const words of [
      'takes no texts',
      'no report within a day',
      'too many messages were before it',
      'Stuck',
    ])
      expect(text).toContain(words)
    expect(html.match(/Show id/g)).toHaveLength(4)
    expect(html).not.toMatch(/471\d/)
  })

  test('of another organization shows nothing of it', async () => {
    const { html } = await page(ana)
    expect(html).not.toContain('Show id')
    expect(html).not.toContain('Woodgrove East')
  })
})

describe('somebody who may only look', () => {
  const get = (name: string, path: string, visitor = omar) =>
    world.call(name, path, { session: world.signedIn(visitor) })

  test('is refused the messages and the clinicians in words, and neither is offered to them', async () => {
    await told('4711', { reason: 'carrier_4003' })
    for (const [name, path] of [
      ['portalMessages', '/portal/messages'],
      ['portalClinicians', '/portal/clinicians'],
    ] as const) {
      const { status, html } = await get(name, path)
      expect([name, status, html.includes('This page is for administrators')]).toEqual([name, 403, true])
      expect(html).not.toMatch(/takes no texts|2031|Woodgrove East/)
      expect((await get(name, path, grace)).status).toBe(200)
    }
    const offered = async (visitor: typeof omar) =>
      [
        ...(await get('portalHistory', '/portal/history', visitor)).html.matchAll(
          /href="(\/portal\/(?:messages|clinicians|history))"/g,
        ),
      ].map(([, href]) => href)
    expect(await offered(omar)).toEqual(['/portal/history'])
    expect(await offered(grace)).toEqual(['/portal/clinicians', '/portal/messages', '/portal/history'])
  })

  test('finds no user id of the EHR in the history', async () => {
    const changes = [{ field: 'ehrUser', from: 'ehr-user-12742069' }]
    await world.app.history.add(WOODGROVE_CLINICS, { by: grace.userId, what: 'mapping_removed', changes })
    const seen = async (visitor: typeof omar) => (await get('portalHistory', '/portal/history', visitor)).html
    expect(await seen(omar)).toContain('Connection of a clinician undone')
    expect(await seen(omar)).not.toContain('ehr-user-12742069')
    expect(await seen(grace)).toContain('ehr-user-12742069')
  })
})

test('the portal’s own address is closed to an organization that is no longer served', async () => {
  const fabrikam = { ...grace, tenantId: '99999999-9999-4999-8999-999999999999' }
  const { status, html, location } = await world.call('portal', '/portal', {
    session: world.signedIn(fabrikam),
  })
  expect([status, location]).toEqual([403, ''])
  expect(html).toContain('signin_tenant_not_allowed')
  const { location: next } = await world.call('portal', '/portal', { session: world.signedIn(grace) })
  expect(next).toMatch(/^\/portal\/\w+$/)
})

describe('the id of an appointment', () => {
  test('is shown to an administrator who asks, and the history says who looked at which visit', async () => {
    const visitKey = await told('4711', { reason: 'carrier_4003' })
    const { status, html } = await post('portalAppointmentId', { siteId: SITE.siteId, bay: BAY, visitKey })
    expect(status).toBe(200)
    expect(lines(html)).toContain('Appointment id 4711')
    const [entry] = await world.app.history.read(WOODGROVE_CLINICS, 1)
    expect(entry).toMatchObject({
      what: 'appointment_shown',
      by: grace.userId,
      siteId: SITE.siteId,
      changes: [{ field: 'visit', to: visitKey.slice(0, 8) }],
    })
    expect(JSON.stringify(entry)).not.toContain('4711')
    const seen = await world.call('portalHistory', '/portal/history', { session: world.signedIn(grace) })
    expect(seen.html).toContain('Appointment id shown')
  })

  test.each([
    ['somebody who may only look', omar],
    ['an administrator of another organization', ana],
  ])('is not shown to %s, and nothing is written', async (_who, visitor) => {
    const visitKey = await told('4711', { reason: 'carrier_4003' })
    const before = (await world.app.history.read(WOODGROVE_CLINICS, 50)).length
    const { status, html } = await post(
      'portalAppointmentId',
      { siteId: SITE.siteId, bay: BAY, visitKey },
      visitor,
    )
    expect(status).toBeGreaterThanOrEqual(403)
    expect(html).not.toContain('4711')
    expect(await world.app.history.read(WOODGROVE_CLINICS, 50)).toHaveLength(before)
    expect(await world.app.history.read(NORTHWIND_HEALTH, 50)).toEqual([])
  })

  test('is of no visit where a field of the form is of another form: no table is asked', async () => {
    const visitKey = await told('4711', { reason: 'carrier_4003' })
    const fields = { siteId: SITE.siteId, bay: BAY, visitKey }
    for (const odd of ['a/b', '#', '?', '%00', '\u0000', '..\\', '2031-03-11|x', 'x'.repeat(2000), ''])
      for (const field of ['siteId', 'bay', 'visitKey'] as const) {
        const { status, html } = await post('portalAppointmentId', { ...fields, [field]: odd })
        const seen = { field, odd, status, erased: html.includes('visit_erased') }
        expect(seen).toEqual({ field, odd, status: 404, erased: true })
      }
  })

  test('that was erased is said to be gone, and nothing is written', async () => {
    const visitKey = await told('4711', { reason: 'carrier_4003' })
    const { tables } = world.app.store
    const keys = [visitPartition(SITE.tenantId, SITE.siteId, BAY), visitRowKey(visitKey)] as const
    const row = await tables.visits.get(...keys)
    if (row?.type !== 'visit') throw new Error('no visit')
    const { sealedAppointment: _erased, ...rest } = row
    await tables.visits.put(rest)
    const before = (await world.app.history.read(WOODGROVE_CLINICS, 50)).length
    const { status } = await post('portalAppointmentId', { siteId: SITE.siteId, bay: BAY, visitKey })
    expect(status).toBeGreaterThanOrEqual(400)
    expect(await world.app.history.read(WOODGROVE_CLINICS, 50)).toHaveLength(before)
  })
})

describe('what was set aside after five failures', () => {
  const notices = [
    { visitKey: 'AAAAAAAAAAAAAAAAAAAAAA', version: 1, kind: 'booked', deadline: `${DAY}T16:00:00.000Z` },
  ]
  const message = (tenantId: string) => ({ schema: 1, tenantId, siteId: SITE.siteId, bay: BAY, notices })
  const setAside = (what: unknown, queue = 'confirmations') =>
    world.app.storage
      .queue(`${queue}-poison`)
      .sendMessage(Buffer.from(typeof what === 'string' ? what : JSON.stringify(what)).toString('base64'))
  const waiting = async (queue: string) =>
    (await world.app.storage.queue(queue).getProperties()).approximateMessagesCount

  test('is listed for its own organization, unreadable and foreign messages left out', async () => {
    await setAside(message(WOODGROVE_CLINICS))
    await setAside(message(NORTHWIND_HEALTH))
    await setAside('not JSON')
    expect(lines((await page()).html)).toMatch(/Confirmations 1 1 /)
  })

  test('goes back on its queue as it was, and is gone from the list; others stay', async () => {
    await setAside(message(WOODGROVE_CLINICS))
    await setAside(message(NORTHWIND_HEALTH))
    await setAside('not JSON')
    const { location } = await post('portalReplay', { queue: 'confirmations' })
    expect(location).toBe('/portal/messages?done=replayed')
    expect(await waiting('confirmations')).toBe(1)
    expect(await waiting('confirmations-poison')).toBe(2)
    const [back] = (await world.app.storage.queue('confirmations').receiveMessages()).receivedMessageItems
    expect(JSON.parse(Buffer.from(back?.messageText ?? '', 'base64').toString())).toEqual(
      message(WOODGROVE_CLINICS),
    )
    expect((await world.app.history.read(WOODGROVE_CLINICS, 1))[0]).toMatchObject({
      what: 'messages_replayed',
      by: grace.userId,
      changes: [{ field: 'confirmations', to: '1' }],
    })
    expect(lines((await page()).html)).toContain('Nothing was set aside.')
  })

  test('stays where it is for somebody who may only look, and of a queue that nobody may put back', async () => {
    await setAside(message(WOODGROVE_CLINICS))
    expect((await post('portalReplay', { queue: 'confirmations' }, omar)).status).toBe(403)
    await post('portalReplay', { queue: 'receipts' })
    expect(await waiting('confirmations-poison')).toBe(1)
    expect(await waiting('confirmations')).toBe(0)
  })
})
