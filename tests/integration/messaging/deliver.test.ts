import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { recordWord } from '../../../src/core/messaging/opt-outs.ts'
import { at, type Clinic, clinic, DAY, identity, LINK_URL, shown } from './clinic.fixture.ts'
import { type Storage, startStorage } from './storage.fixture.ts'

let storage: Storage
beforeAll(async () => {
  storage = await startStorage()
})
afterAll(() => storage?.close())

/** A clinic whose texts are on since before the visits were booked, with so many new ones, confirmed or about to be. */
async function clinicWith(visits: number, options: Parameters<typeof clinic>[1] = {}): Promise<Clinic> {
  const made = clinic(storage.store, options)
  await made.sweep(DAY)
  for (let n = 0; n < visits; n++) made.ehr.book(`A${n}`, at(`${10 + (n % 10)}:00`))
  made.advance(60)
  await made.sweep(DAY)
  return made
}
const stateOf = async (made: Clinic, id = 'A0', notice = '1:booked') =>
  (await made.notices(id, DAY)).get(notice)
const message = (made: Clinic) => {
  const [first] = made.queue
  if (!first) throw new Error('nothing is queued')
  return first.message
}

describe('a message of notices', () => {
  test('becomes one text for each, to the right phone, with the link of the visit', async () => {
    const made = await clinicWith(3)
    await made.work()
    expect(made.vendor.accepted.map(({ to }) => to).sort()).toEqual([
      '+18164440000',
      '+18164440001',
      '+18164440002',
    ])
    for (const { body } of made.vendor.accepted) expect(body).toMatch(new RegExp(`${LINK_URL}/v/[\\w-]{22} `))
    expect(new Set(made.vendor.accepted.map(({ body }) => /\/v\/(\S+)/.exec(body)?.[1])).size).toBe(3)
    expect(await stateOf(made)).toMatchObject({ state: 'sent' })
  })

  test('says what it did, for the log', async () => {
    const made = await clinicWith(2)
    made.ehr.changePatientOf('A1', { phones: [] })
    const { outcomes, again } = await made.deliver(message(made))
    expect(outcomes).toHaveLength(2)
    expect(outcomes).toContainEqual({ state: 'sent' })
    expect(outcomes).toContainEqual({ state: 'undelivered', reason: 'phone_missing' })
    expect(again).toEqual([])
  })

  test('texts nobody a second time however often it comes, also at once', async () => {
    const made = await clinicWith(5)
    const copy = message(made)
    await Promise.all(Array.from({ length: 6 }, () => made.deliver(copy)))
    made.advance(1000)
    for (let n = 0; n < 3; n++) await made.deliver(copy)
    expect(made.vendor.requests).toHaveLength(5)
    expect(made.vendor.accepted).toHaveLength(5)
  })

  test('sends up to eight at once, and asks the EHR twice for all of them', async () => {
    const made = await clinicWith(30)
    const before = made.ehr.calls
    await made.work()
    expect(made.vendor.accepted).toHaveLength(30)
    expect(made.vendor.busiest).toBe(8)
    expect(made.ehr.calls - before).toBe(2)
  })

  test('is one text also where it names a notice twice', async () => {
    const made = await clinicWith(1)
    const { notices, ...rest } = message(made)
    await made.deliver({ ...rest, notices: [...notices, ...notices] })
    expect(made.vendor.accepted).toHaveLength(1)
  })

  test('goes through the queue as it was', async () => {
    const made = await clinicWith(2)
    const { confirmations } = storage.store.queues
    const wire = JSON.parse(JSON.stringify(message(made)))
    expect(confirmations.read(wire)).toEqual({ ok: true, value: message(made) })
    for (const bad of [
      {},
      'text',
      { ...wire, schema: 2 },
      { ...wire, notices: [] },
      { ...wire, bay: 'today' },
    ])
      expect(confirmations.read(bad)).toMatchObject({ ok: false, failure: { code: 'message_invalid' } })
    expect(JSON.stringify(wire)).not.toMatch(/A0|A1|patient|816/)
  })
})

describe('between the sweep and the send', () => {
  test('a visit that moved gets no text of its old time, and one of its new time after the next sweep', async () => {
    const made = await clinicWith(1)
    made.ehr.change('A0', { start: at('13:00') })
    await made.work()
    expect(made.vendor.requests).toEqual([])
    made.advance(120)
    await made.sweep(DAY)
    await made.workAll()
    expect(made.vendor.accepted).toHaveLength(1)
    expect(made.vendor.accepted[0]?.body).toMatch(/^Video visit booked: Tue, Nov 24, 7:00 AM CST/)
    expect(await stateOf(made)).toMatchObject({ state: 'skipped', reason: 'superseded' })
    expect(await stateOf(made, 'A0', '2:booked')).toMatchObject({ state: 'sent' })
  })

  test('a visit that moved and moved back before the next sweep is confirmed after all', async () => {
    const made = await clinicWith(1)
    made.ehr.change('A0', { start: at('13:00') })
    await made.work()
    made.ehr.change('A0', { start: at('10:00') })
    made.advance(60)
    await made.sweep(DAY)
    await made.workAll()
    expect(shown(made)).toEqual(['Video visit booked'])
    expect(await stateOf(made)).toMatchObject({ state: 'sent' })
  })

  test('a cancelled visit gets nothing at all', async () => {
    const made = await clinicWith(1)
    made.ehr.change('A0', { cancelled: true })
    await made.work()
    made.advance(120)
    await made.sweep(DAY)
    await made.workAll()
    expect(made.vendor.requests).toEqual([])
    expect(await stateOf(made)).toMatchObject({ state: 'skipped', reason: 'superseded' })
  })

  test.each([
    ['reassigned to nobody', { patientId: undefined }, 'patient_gone'],
    ['over', { over: true }, 'visit_over'],
  ])('a visit that is %s gets nothing', async (_name, change, reason) => {
    const made = await clinicWith(1)
    made.ehr.change('A0', change)
    await made.workAll()
    expect(made.vendor.requests).toEqual([])
    expect(await stateOf(made)).toMatchObject({ state: 'skipped', reason })
  })

  test('a patient who died gets nothing', async () => {
    const made = await clinicWith(1)
    made.ehr.changePatientOf('A0', { deceased: true })
    await made.workAll()
    expect(made.vendor.requests).toEqual([])
    expect(await stateOf(made)).toMatchObject({ state: 'skipped', reason: 'patient_deceased' })
  })
})

describe('a text is not sent', () => {
  test('to a number that said STOP, and is again after START', async () => {
    const made = await clinicWith(2)
    const ports = { store: storage.store, identity, now: made.now }
    const { tenantId } = made.site
    await recordWord(ports, tenantId, '+18164440000', 'STOP', made.now())
    await recordWord(ports, tenantId, '+18164440001', 'STOP', made.now())
    await recordWord(ports, tenantId, '+18164440001', 'START', new Date(made.now().getTime() + 1))
    await made.work()
    expect(made.vendor.accepted.map(({ to }) => to)).toEqual(['+18164440001'])
    expect(await stateOf(made)).toMatchObject({ state: 'skipped', reason: 'opted_out' })
  })

  test('after its deadline: it expires, and the EHR is not asked', async () => {
    const made = await clinicWith(1)
    made.ehr.failing = { code: 'ehr_unavailable' }
    made.advance(3 * 86_400)
    const calls = made.ehr.calls
    await made.work()
    expect(made.ehr.calls).toBe(calls)
    expect(await stateOf(made)).toMatchObject({ state: 'expired', reason: 'deadline_passed' })
  })

  test('after texts were switched off', async () => {
    const made = await clinicWith(1)
    made.site = { ...made.site, texts: { ...made.site.texts, on: false } }
    await made.workAll()
    expect(made.vendor.requests).toEqual([])
    expect(await stateOf(made)).toMatchObject({ state: 'skipped', reason: 'texts_off' })
  })

  test('without a sender, and is once there is one', async () => {
    const made = await clinicWith(1)
    const { sender, ...without } = made.site.texts
    made.site = { ...made.site, texts: without }
    await made.workAll()
    expect(await stateOf(made)).toBeUndefined()
    made.site = { ...made.site, texts: { ...without, ...(sender ? { sender } : {}) } }
    made.advance(600)
    await made.sweep(DAY)
    await made.workAll()
    expect(shown(made)).toEqual(['Video visit booked'])
  })

  test('where the vendor refuses the recipient or the request: not delivered, and not tried again', async () => {
    const made = await clinicWith(2)
    made.vendor.answer = ({ to }) => (to.endsWith('0') ? 'refused' : 'misconfigured')
    await made.workAll()
    made.advance(3600)
    await made.sweep(DAY)
    await made.workAll()
    expect(made.vendor.requests).toHaveLength(2)
    expect(await stateOf(made, 'A0')).toMatchObject({ state: 'undelivered', reason: 'sms_recipient_refused' })
    expect(await stateOf(made, 'A1')).toMatchObject({ state: 'undelivered', reason: 'sms_request_refused' })
  })
})
