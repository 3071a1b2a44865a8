import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { at, type Clinic, clinic, DAY, shown } from '../messaging/clinic.fixture.ts'
import { type Storage, startStorage } from '../messaging/storage.fixture.ts'

let storage: Storage
beforeAll(async () => {
  storage = await startStorage()
})
afterAll(() => storage?.close())

const BEFORE = '2026-11-23'
const texts = { reminderMinutes: [60] }

/** The day before comes into sight; an hour later so does the day of the visits. */
async function inSight(made: Clinic): Promise<void> {
  await made.sweep(BEFORE)
  made.advance(3600)
}
const causeOf = async (made: Clinic, id = 'A0') => (await made.visit(id))?.row.cause

describe('what was booked beyond the horizon, when its day comes into sight', () => {
  test('is confirmed where the EHR says that it was booked since we look', async () => {
    const made = clinic(storage.store, { texts })
    await inSight(made)
    made.ehr.book('A0', at('16:00'), { created: new Date(made.now().getTime() - 60_000) })
    await made.sweep(DAY)
    await made.workAll()
    expect([shown(made), await causeOf(made)]).toEqual([['Video visit booked'], 'booked'])
  })

  test('is recorded and not confirmed where it was booked before, or the EHR says nothing', async () => {
    const made = clinic(storage.store, { texts })
    made.ehr.book('A0', at('16:00'), { created: made.now() })
    await inSight(made)
    made.ehr.book('A1', at('16:00'))
    await made.sweep(DAY)
    await made.workAll()
    expect([shown(made), await causeOf(made), await causeOf(made, 'A1')]).toEqual([
      [],
      'baseline',
      'baseline',
    ])
    // Both get their reminder, and are told when they move.
    made.ehr.change('A1', { start: at('17:00') })
    made.advance(60)
    await made.sweep(DAY)
    await made.workAll()
    expect(shown(made)).toEqual(['Your video visit is'])
    made.advance((at('15:01').getTime() - made.now().getTime()) / 1000)
    await made.remind()
    await made.workAll()
    expect(shown(made)).toEqual(['Your video visit is', 'Reminder'])
  })

  test('is not confirmed by a go-live: no day before was looked at', async () => {
    const made = clinic(storage.store, { texts })
    made.advance(3600)
    made.ehr.book('A0', at('16:00'), { created: made.now() })
    await made.sweep(DAY)
    await made.workAll()
    expect([shown(made), await causeOf(made)]).toEqual([[], 'baseline'])
  })
})
