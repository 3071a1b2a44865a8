import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { settleDay } from '../../../src/core/reports/settle-day.ts'
import type { Department } from '../../../src/core/sites/site.ts'
import { visitStore } from '../../../src/core/visits/visit-store.ts'
import { at, type Clinic, clinic, DAY, linkKeys } from '../messaging/clinic.fixture.ts'
import { type Storage, startStorage } from '../messaging/storage.fixture.ts'

const NEXT = '2026-11-25'
const family: Department = { id: 'family', name: 'Family', locationIds: ['L1'], on: true }
const heart: Department = { id: 'heart', name: 'Heart', locationIds: ['L2'], on: true }

let storage: Storage
beforeAll(async () => {
  storage = await startStorage()
})
afterAll(() => storage?.close())

/** A visit of the heart department whose confirmation was taken up while the EHR was down; then its message was lost. */
async function lost(): Promise<Clinic> {
  const made = clinic(storage.store, {
    start: `${DAY}T08:30:00.000Z`,
    more: { departments: [family, heart] },
  })
  for (const day of [DAY, NEXT]) await made.sweep(day, undefined, 'heart')
  made.ehr.book('A0', at('16:00'), { locationIds: ['L2'] })
  made.advance(60)
  await made.sweep(DAY, undefined, 'heart')
  made.ehr.failing = { code: 'ehr_unavailable' }
  await made.work()
  made.ehr.failing = undefined
  made.queue.splice(0)
  expect((await made.notices('A0', DAY)).get('1:booked')?.state).toBe('claimed')
  return made
}

/** The reports' runs over the day, so many minutes apart. @returns how many messages it put on the queue. */
async function settle(made: Clinic, runs: number, every = 1): Promise<number> {
  const before = made.queue.length
  const queues = {
    ...storage.store.queues,
    confirmations: {
      ...storage.store.queues.confirmations,
      send: async (message: Clinic['queue'][number]['message']) =>
        void made.queue.push({ message, visibleAt: made.now() }),
    },
  }
  const ports = {
    store: { ...storage.store, queues },
    visits: visitStore(storage.store, linkKeys, 7),
    now: made.now,
  }
  for (let run = 0; run < runs; run++) {
    made.advance(every * 60)
    await settleDay(ports, made.site, DAY)
  }
  return made.queue.length - before
}

describe('a notice that was taken up and whose message was lost', () => {
  test.each([
    ['was removed', [family]],
    ['is switched off', [family, { ...heart, on: false }]],
  ])('is sent after all where its department %s: no look reads its bay', async (_name, departments) => {
    const made = await lost()
    made.site = { ...made.site, departments }
    const queued = await settle(made, 40)
    expect(queued).toBeGreaterThan(0)
    // A run a minute, and yet no queue is buried.
    expect(queued).toBeLessThanOrEqual(6)
    await made.workAll()
    expect((await made.notices('A0', DAY)).get('1:booked')?.state).toBe('sent')
    expect(made.vendor.accepted).toHaveLength(1)
    expect(await settle(made, 5)).toBe(0)
  })

  test('ends as expired where its visit moved out of a bay that no look reads', async () => {
    const made = await lost()
    made.ehr.change('A0', { start: at('16:00', NEXT), locationIds: ['L1'] })
    await made.sweep(NEXT, undefined, 'family')
    await made.sweep(NEXT, undefined, 'family')
    made.site = { ...made.site, departments: [family] }
    await settle(made, 15)
    await made.workAll()
    expect((await made.notices('A0', DAY)).get('1:booked')).toMatchObject({
      state: 'expired',
      reason: 'deadline_passed',
    })
  })

  test('is left to the looks while these read its bay, and taken up once its day is past', async () => {
    const made = await lost()
    expect(await settle(made, 40)).toBe(0)
    made.advance(40 * 3600)
    expect(await settle(made, 24, 15)).toBeGreaterThan(0)
    await made.workAll()
    expect((await made.notices('A0', DAY)).get('1:booked')?.state).toBe('expired')
  })
})
