import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Caps } from '../../../src/core/messaging/caps.ts'
import { at, type Clinic, clinic, DAY } from './clinic.fixture.ts'
import { type Storage, startStorage } from './storage.fixture.ts'

let storage: Storage
beforeAll(async () => {
  storage = await startStorage()
})
afterAll(() => storage?.close())

const WIDE: Caps = { number: 1_000, prefix: 1_000, tenant: 1_000 }
const PHONES = ['+18165550101', '+18165550102', '+18165550103', '+18165550104'] as const
const ELSEWHERE = '+14155550105'

/** Four bookings of one range of numbers and one of another, each of its own patient. */
async function bookings(caps: Partial<Caps>): Promise<Clinic> {
  const made = clinic(storage.store, { caps: { ...WIDE, ...caps } })
  await made.sweep(DAY)
  for (const [n, phone] of [...PHONES, ELSEWHERE].entries())
    made.ehr.book(`A${n}`, at(`${10 + n}:00`), {}, { phones: [phone] })
  made.advance(60)
  await made.sweep(DAY)
  await made.workAll()
  return made
}
async function ends(made: Clinic): Promise<string[]> {
  const found: string[] = []
  for (let n = 0; n <= PHONES.length; n++) {
    const row = (await made.notices(`A${n}`, DAY)).get('1:booked')
    found.push([row?.state, row?.reason].filter(Boolean).join(' '))
  }
  return found
}

describe('caps of texts within 24 hours, on real tables', () => {
  test('a range of numbers gets so many and no more; a number elsewhere is not held back by it', async () => {
    const made = await bookings({ prefix: 2 })
    const states = await ends(made)
    expect(states.slice(0, 4).filter((state) => state === 'skipped prefix_cap')).toHaveLength(2)
    expect(states.slice(0, 4).filter((state) => state === 'sent')).toHaveLength(2)
    expect(states[4]).toBe('sent')
    expect(made.vendor.accepted).toHaveLength(3)
  })

  test('an organization gets so many and no more', async () => {
    const made = await bookings({ tenant: 3 })
    expect((await ends(made)).filter((state) => state === 'skipped tenant_cap')).toHaveLength(2)
    expect(made.vendor.accepted).toHaveLength(3)
  })

  test('a number gets so many and no more, over all its visits; tomorrow it is texted again', async () => {
    const made = clinic(storage.store, { caps: { ...WIDE, number: 2 } })
    await made.sweep(DAY)
    for (let n = 0; n < 4; n++) made.ehr.book(`A${n}`, at(`${10 + n}:00`), {}, { phones: [PHONES[0]] })
    made.advance(60)
    await made.sweep(DAY)
    await made.workAll()
    expect(made.vendor.accepted).toHaveLength(2)
    made.advance(25 * 3_600)
    made.ehr.book('later', at('20:00'), {}, { phones: [PHONES[0]] })
    await made.sweep(DAY)
    await made.workAll()
    expect(made.vendor.accepted).toHaveLength(3)
  })

  test('an instance that has only just started counts what others sent', async () => {
    const made = await bookings({ prefix: 2 })
    made.restart()
    made.ehr.book('B0', at('15:30'), {}, { phones: ['+18165550199'] })
    made.advance(60)
    await made.sweep(DAY)
    await made.workAll()
    expect((await made.notices('B0', DAY)).get('1:booked')).toMatchObject({
      state: 'skipped',
      reason: 'prefix_cap',
    })
  })
})
