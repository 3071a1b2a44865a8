import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { visitRef } from '../../../src/core/visits/visit.ts'
import { at, type Clinic, clinic, DAY, identity, shown } from '../messaging/clinic.fixture.ts'
import { type Storage, startStorage } from '../messaging/storage.fixture.ts'

let storage: Storage
beforeAll(async () => {
  storage = await startStorage()
})
afterAll(() => storage?.close())

/** A clinic whose texts have been on for a while, with nothing booked. */
async function openClinic(options: Parameters<typeof clinic>[1] = {}): Promise<Clinic> {
  const made = clinic(storage.store, options)
  await made.sweep(DAY)
  made.advance(60)
  return made
}
/** A minute later the timer runs, and what it queued is worked on. */
async function look(made: Clinic, day = DAY): Promise<void> {
  made.advance(60)
  const swept = await made.sweep(day)
  if (!swept.ok) throw new Error(swept.failure.code)
  await made.workAll()
}
const rowOf = async (made: Clinic, id = 'A0') => (await made.visit(id))?.row

describe('the first look at a window', () => {
  test('records 3,000 booked visits and tells nobody; what is booked then is told once', async () => {
    const made = clinic(storage.store)
    for (let n = 0; n < 3_000; n++) made.ehr.book(`A${n}`, at(`${String(8 + (n % 12)).padStart(2, '0')}:15`))
    expect(await made.sweep(DAY)).toEqual({
      ok: true,
      value: { appointments: 3_000, changed: 3_000, owed: 0, baseline: true },
    })
    made.advance(120)
    made.ehr.book('new', at('20:00'))
    expect(await made.sweep(DAY)).toEqual({
      ok: true,
      value: { appointments: 3_001, changed: 1, owed: 1, baseline: false },
    })
    for (let n = 0; n < 3; n++) await look(made)
    expect(shown(made)).toEqual(['Video visit booked'])
    expect(made.vendor.requests[0]?.to).toBe('+18164443000')
  }, 180_000)

  test('is looked at anew when texts were switched on again or a location came: nobody is told of what is there', async () => {
    const made = await openClinic()
    made.site = { ...made.site, texts: { ...made.site.texts, epoch: 2 } }
    made.ehr.book('A0', at('16:00'))
    await look(made)
    const [family] = made.site.departments
    if (!family) throw new Error('no department')
    made.site = { ...made.site, departments: [{ ...family, locationIds: ['L1', 'L2'] }] }
    made.ehr.book('A1', at('17:00'), { locationIds: ['L2'] })
    await look(made)
    expect(made.vendor.requests).toEqual([])
    made.ehr.book('A2', at('18:00'), { locationIds: ['L2'] })
    await look(made)
    expect(shown(made)).toEqual(['Video visit booked'])
  })

  test('of a day does not silence a visit that moves there from a day that is known', async () => {
    const made = await openClinic()
    made.ehr.book('A0', at('16:00'))
    await look(made)
    made.ehr.change('A0', { start: at('16:00', '2026-11-26') })
    await look(made, '2026-11-26')
    await look(made)
    expect(shown(made)).toEqual(['Video visit booked', 'Your video visit is'])
  })
})

describe('a sweep', () => {
  test('leaves what is not by video, cancelled, over or elsewhere alone', async () => {
    const made = await openClinic()
    made.ehr.book('room', at('16:00'), { video: false })
    made.ehr.book('off', at('16:00'), { cancelled: true })
    made.ehr.book('over', at('16:00'), { over: true })
    made.ehr.book('other', at('16:00'), { locationIds: ['L9'] })
    made.ehr.book('tomorrow', at('16:00', '2026-11-25'))
    await look(made)
    for (const id of ['room', 'off', 'over', 'other', 'tomorrow'])
      expect(await rowOf(made, id)).toBeUndefined()
    expect(made.vendor.requests).toEqual([])
  })

  test('of a quiet window asks the EHR once and writes nothing but its mark', async () => {
    const made = await openClinic()
    for (let n = 0; n < 5; n++) made.ehr.book(`A${n}`, at('16:00'))
    await look(made)
    const before = { ...(await rowOf(made)) }
    const calls = made.ehr.calls
    await look(made)
    expect(made.ehr.calls - calls).toBe(1)
    expect((await rowOf(made))?.etag).toBe(before.etag)
  })

  test('that the EHR refuses changes nothing, and leaves the baseline a baseline', async () => {
    const made = clinic(storage.store)
    made.ehr.book('A0', at('16:00'))
    made.ehr.failing = { code: 'ehr_throttled', retryAfterSeconds: 9 }
    expect(await made.sweep(DAY)).toMatchObject({
      ok: false,
      failure: { code: 'ehr_throttled', retryAfterSeconds: 9 },
    })
    made.ehr.failing = undefined
    await look(made)
    expect(made.vendor.requests).toEqual([])
    expect(await rowOf(made)).toMatchObject({ cause: 'baseline' })
  })

  test('after an outage tells what happened meanwhile', async () => {
    const made = await openClinic()
    made.ehr.book('A0', at('16:00'))
    await look(made)
    made.ehr.failing = { code: 'ehr_unavailable' }
    made.ehr.book('A1', at('17:00'))
    made.ehr.change('A0', { start: at('18:00') })
    for (let n = 0; n < 5; n++) {
      made.advance(3600)
      await made.sweep(DAY)
    }
    made.ehr.failing = undefined
    await look(made)
    expect(shown(made).sort()).toEqual(['Video visit booked', 'Video visit booked', 'Your video visit is'])
  })

  test('that was asked for before the last one began has nothing to do', async () => {
    const made = await openClinic()
    const askedAt = made.now()
    made.advance(30)
    await made.sweep(DAY)
    const calls = made.ehr.calls
    const late = await made.sweep(DAY, undefined, 'family', askedAt)
    expect(late).toMatchObject({ ok: true, value: { upToDate: true } })
    expect(made.ehr.calls).toBe(calls)
    made.advance(30)
    expect(await made.sweep(DAY, undefined, 'family', made.now())).not.toMatchObject({
      value: { upToDate: true },
    })
  })

  test('of a department that is gone or off is none', async () => {
    const made = await openClinic()
    expect(await made.sweep(DAY, undefined, 'gone')).toMatchObject({
      failure: { code: 'department_unknown' },
    })
  })
})

describe('visits around midnight', () => {
  test('that run past it belong to the day when they start, once', async () => {
    const made = await openClinic()
    await made.sweep('2026-11-25')
    made.ehr.book('late', at('23:45'), { minutes: 60 })
    made.ehr.book('long', at('23:59'), { minutes: 360 })
    made.ehr.book('first', at('00:00', '2026-11-25'))
    await look(made)
    await look(made, '2026-11-25')
    await look(made)
    expect(
      await Promise.all(
        ['late', 'long', 'first'].map(async (id) => (await made.visit(id))?.bay.slice(0, 10)),
      ),
    ).toEqual([DAY, DAY, '2026-11-25'])
    expect(made.vendor.accepted).toHaveLength(3)
  })
})

test('nothing that is stored or queued names a patient, a phone or an appointment', async () => {
  const made = await openClinic()
  made.ehr.book('appointment-4711', at('16:00'))
  made.advance(60)
  await made.sweep(DAY)
  const queued = JSON.stringify(made.queue)
  await made.workAll()
  const rows: unknown[] = []
  const { tenantId, siteId } = made.site
  const { visitKey } = visitRef(identity, made.site, 'appointment-4711')
  for await (const row of storage.store.tables.visits.list(`${tenantId}|${siteId}|${DAY}|family`))
    rows.push(row)
  rows.push(await storage.store.tables.visitindex.get(`${tenantId}|${siteId}|${visitKey[0]}`, visitKey))
  expect(rows).toHaveLength(3)
  expect(JSON.stringify(rows) + queued).not.toMatch(/4711|816-?444|patient of|S\. P\./)
})
