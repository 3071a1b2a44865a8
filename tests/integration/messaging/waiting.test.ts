import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { at, type Clinic, clinic, DAY, shown } from './clinic.fixture.ts'
import { type Storage, startStorage } from './storage.fixture.ts'

let storage: Storage
beforeAll(async () => {
  storage = await startStorage()
})
afterAll(() => storage?.close())

const stateOf = async (made: Clinic, id = 'A0', notice = '1:booked') =>
  (await made.notices(id, DAY)).get(notice)

describe('quiet hours', () => {
  const texts = { quietHours: { from: '21:00', to: '08:00' } }
  const EVENING = '2026-11-24T03:30:00.000Z'

  test('hold a message until the morning, once, and not a hundred copies of it', async () => {
    const made = clinic(storage.store, { start: EVENING, texts })
    await made.sweep(DAY)
    made.ehr.book('A0', at('20:00'))
    for (let tick = 0; tick < 30; tick++) {
      made.advance(120)
      await made.sweep(DAY)
      await made.work()
      expect(made.queue).toHaveLength(1)
    }
    expect(made.vendor.requests).toEqual([])
    await made.workAll()
    expect(made.now().getTime()).toBeGreaterThanOrEqual(at('14:00').getTime())
    expect(made.vendor.accepted).toHaveLength(1)
  })

  test('end a notice that would be too late in the morning at once, visibly', async () => {
    const made = clinic(storage.store, { start: EVENING, texts })
    await made.sweep(DAY)
    made.ehr.book('A0', at('13:30'))
    made.advance(120)
    await made.sweep(DAY)
    await made.work()
    expect(made.queue).toEqual([])
    expect(await stateOf(made)).toMatchObject({ state: 'expired', reason: 'quiet_hours' })
  })

  test('let only the later of two reminders out in the morning', async () => {
    const made = clinic(storage.store, { start: EVENING, texts: { ...texts, reminderMinutes: [480, 60] } })
    made.ehr.book('A0', at('14:30'))
    await made.sweep(DAY)
    while (made.now() < at('13:45')) {
      made.advance(1800)
      await made.remind()
      await made.work()
    }
    await made.workAll()
    expect(shown(made)).toEqual(['Reminder'])
    expect(await stateOf(made, 'A0', '1:reminder.0')).toMatchObject({
      state: 'skipped',
      reason: 'later_reminder',
    })
    expect(await stateOf(made, 'A0', '1:reminder.1')).toMatchObject({ state: 'sent' })
  })
})

describe('reminders', () => {
  test('go out once at each lead time, of visits from before texts began too', async () => {
    const made = clinic(storage.store, { start: '2026-11-23T15:50:00.000Z' })
    made.ehr.book('A0', at('16:30'))
    await made.sweep(DAY)
    while (made.now() < at('16:40')) {
      made.advance(600)
      await made.remind()
      await made.work()
    }
    expect(shown(made)).toEqual(['Reminder', 'Reminder'])
    expect([...(await made.notices('A0', DAY)).keys()]).toEqual(['1:reminder.0', '1:reminder.1'])
  })

  test('are not sent to who wants none', async () => {
    const made = clinic(storage.store, { start: '2026-11-24T15:40:00.000Z' })
    made.ehr.book('A0', at('16:41'), {}, { wantsReminders: false })
    await made.sweep(DAY)
    made.advance(120)
    // The one of the day before was past when it was booked.
    expect(await made.remind()).toBe(2)
    await made.workAll()
    expect(await stateOf(made, 'A0', '1:reminder.0')).toMatchObject({ state: 'skipped', reason: 'too_near' })
    expect(await stateOf(made, 'A0', '1:reminder.1')).toMatchObject({
      state: 'skipped',
      reason: 'reminders_unwanted',
    })
    expect(await made.remind()).toBe(0)
  })

  test('that wait in a long queue are not queued again every minute', async () => {
    const made = clinic(storage.store, { start: '2026-11-24T15:40:00.000Z' })
    made.ehr.book('A0', at('16:41'))
    await made.sweep(DAY)
    for (let tick = 0; tick < 30; tick++) {
      made.advance(60)
      await made.remind()
    }
    // Two notices: one to send, and one that only leaves its reason.
    expect(made.queue.length).toBeLessThanOrEqual(6)
    await made.workAll()
    expect(made.vendor.accepted).toHaveLength(1)
  })
})
