import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { queueMeetings } from '../../../src/core/meetings/queue-meetings.ts'
import { queueReminders } from '../../../src/core/messaging/find-reminders.ts'
import { remindAll } from '../../../src/core/messaging/remind-all.ts'
import { workList } from '../../../src/core/messaging/work-list.ts'
import type { Department } from '../../../src/core/sites/site.ts'
import type { Message } from '../../../src/core/store/messages.ts'
import type { Store } from '../../../src/core/store/store.ts'
import { bayRanges } from '../../../src/core/visits/bay-range.ts'
import { eraseOld } from '../../../src/core/visits/erase.ts'
import { eraseSite } from '../../../src/core/visits/erase-visits.ts'
import { visitStore } from '../../../src/core/visits/visit-store.ts'
import { at, type Clinic, clinic, DAY, linkKeys } from './clinic.fixture.ts'
import { type Life, life, mortalTables } from './life.fixture.ts'
import { type Storage, startStorage } from './storage.fixture.ts'

let storage: Storage
beforeAll(async () => {
  storage = await startStorage()
})
afterAll(() => storage?.close())

const department = (n: number): Department => {
  const id = `d${String(n).padStart(3, '0')}`
  return { id, name: id, locationIds: [`L${n}`], on: true }
}
const COUNT = 45

/** A site of 45 departments with one visit each, whose reminder falls due at nine. */
async function large(): Promise<Clinic> {
  const made = clinic(storage.store, {
    start: `${DAY}T08:30:00.000Z`,
    texts: { reminderMinutes: [60] },
    more: { departments: Array.from({ length: COUNT }, (_, n) => department(n)) },
  })
  for (const [n, { id, locationIds }] of made.site.departments.entries()) {
    made.ehr.book(`A${n}`, at('10:00'), { locationIds: [...locationIds] })
    await made.sweep(DAY, undefined, id)
  }
  return made
}

type Range = Message<'ranges'>

/** What the timer hands out, and what each range then queues for its patients. */
function timers(made: Clinic) {
  const asked: Range[] = []
  const notices: string[] = []
  const store = (of: Life = life()): Store => ({
    tables: mortalTables(storage.store.tables, of),
    queues: {
      ...storage.store.queues,
      ranges: { ...storage.store.queues.ranges, send: async (message) => void asked.push(message) },
      reminders: {
        ...storage.store.queues.reminders,
        send: async (message) =>
          of.do(async () => void notices.push(...message.notices.map(({ visitKey }) => visitKey))),
      },
    },
  })
  return {
    notices,
    async tick() {
      const told = await remindAll(store(), [made.site], made.now)
      expect(told.thrown).toEqual([])
      return asked.splice(0)
    },
    work: ({ from, to, at: tick }: Range, of?: Life) =>
      queueReminders(store(of), made.site, made.now(), { from, to }, new Date(tick)),
  }
}

describe('a site of forty-five departments', () => {
  test('is handed out in three ranges, and each reminder goes on the queue once', async () => {
    const made = await large()
    const { tick, work, notices } = timers(made)
    made.advance(31 * 60)
    for (let minute = 0; minute < 5; minute++) {
      const ranges = await tick()
      expect(ranges).toHaveLength(3)
      for (const range of ranges) await work(range)
      made.advance(60)
    }
    expect(notices).toHaveLength(COUNT)
    expect(new Set(notices).size).toBe(COUNT)
  })

  test('whose departments shift between two looks loses no reminder, and a patient hears once', async () => {
    const made = await large()
    const { tick, work, notices } = timers(made)
    made.advance(29 * 60)
    for (const range of await tick()) await work(range)
    expect(notices).toEqual([])
    // Before all others: every range begins one department earlier from now on.
    const added = { ...department(COUNT), id: 'a-new-one' }
    made.site = { ...made.site, departments: [...made.site.departments, added] }
    made.ehr.book('A-new', at('10:00'), { locationIds: [...added.locationIds] })
    await made.sweep(DAY, undefined, added.id)
    made.advance(2 * 60)
    const ranges = await tick()
    expect(ranges.map(({ from }) => from)).toEqual(['', 'd019', 'd039'])
    for (const range of ranges) await work(range)
    expect(new Set(notices).size).toBe(COUNT + 1)
    const before = notices.length
    // And away again: what was queued since the ranges were cut so last is queued once more, and claimed once.
    made.site = { ...made.site, departments: made.site.departments.filter(({ id }) => id !== added.id) }
    made.advance(60)
    for (const range of await tick()) await work(range)
    expect(new Set(notices).size).toBe(COUNT + 1)
    expect(notices.length).toBeGreaterThanOrEqual(before)
    for (const range of bayRanges(made.site)) await made.remind(undefined, range)
    for (let again = 0; again < 2; again++) {
      made.advance(11 * 60)
      for (const range of bayRanges(made.site)) await made.remind(undefined, range)
      await made.workAll()
    }
    expect(made.vendor.accepted).toHaveLength(COUNT + 1)
  }, 60_000)

  test('whose range breaks off, at every deed, is looked at again, and no other one is', async () => {
    const made = await large()
    const { tick, work, notices } = timers(made)
    made.advance(31 * 60)
    const [first, second, third] = await tick()
    if (!first || !second || !third) throw new Error('three ranges')
    await work(first)
    await work(third)
    let deeds = 0
    for (let of = life(deeds); ; of = life(++deeds)) {
      await work(second, of).catch(() => undefined)
      if (!of.dead) break
    }
    // Its mark, two days of visits, a message for each of twenty departments, and the mark again.
    expect(deeds).toBeGreaterThan(20)
    expect(new Set(notices).size).toBe(COUNT)
    const before = notices.length
    made.advance(60)
    for (const range of await tick()) await work(range)
    expect(notices).toHaveLength(before)
  })

  test('a range that waited while a later one did the same work does nothing', async () => {
    const made = await large()
    const { tick, work, notices } = timers(made)
    const early = await tick()
    made.advance(31 * 60)
    for (const range of await tick()) await work(range)
    const before = notices.length
    for (const range of early) expect(await work(range)).toBe(0)
    expect(notices).toHaveLength(before)
  })

  test('one range looks after its own meetings', async () => {
    const made = await large()
    const visits = visitStore(storage.store, linkKeys, 7)
    for (const id of ['A0', 'A25', 'A44']) {
      const visit = await made.visit(id)
      if (!visit) throw new Error('no visit')
      await visits.update(visit, (row) => ({ ...row, sealedMeeting: 'sealed' }))
    }
    const sent: string[] = []
    const queue = { send: async ({ kind }: { kind: string }) => void sent.push(kind) }
    const ports = {
      store: { tables: storage.store.tables, queues: { roster: queue, writeback: queue } },
      settings: { VISIT_OPENS_MINUTES: 30, GRAPH_NOTIFICATION_CERTIFICATE: 'there' },
      now: () => at('09:50'),
    } as unknown as Parameters<typeof queueMeetings>[0]
    for (const range of bayRanges(made.site))
      expect(await queueMeetings(ports, made.site, at('09:50'), range)).toMatchObject({ watch: 1, close: 0 })
    expect(sent).toEqual(['watch', 'watch', 'watch'])
    expect(await queueMeetings(ports, made.site, at('09:50'))).toMatchObject({ watch: 3 })
  })
})

describe('what lies in the bay of a department that was removed', () => {
  async function removed(): Promise<Clinic> {
    const made = await large()
    made.site = { ...made.site, departments: made.site.departments.filter(({ id }) => id !== 'd020') }
    return made
  }

  test('is reminded of', async () => {
    const made = await removed()
    made.advance(31 * 60)
    for (const range of bayRanges(made.site)) await made.remind(undefined, range)
    await made.workAll()
    expect(made.vendor.accepted).toHaveLength(COUNT)
  })

  test('is listed for staff, and erased', async () => {
    const made = await removed()
    made.ehr.changePatientOf('A20', { phones: [] })
    made.advance(31 * 60)
    for (const range of bayRanges(made.site)) await made.remind(undefined, range)
    await made.workAll()
    const { open } = await workList({ store: storage.store, now: made.now }, [made.site])
    expect(open).toMatchObject([
      { bay: `${DAY}|d020`, state: 'undelivered', start: at('10:00').toISOString() },
    ])
    made.advance(9 * 86_400)
    const handed: Range[] = []
    const ranges = { ...storage.store.queues.ranges, send: async (range: Range) => void handed.push(range) }
    const ports = {
      store: { ...storage.store, queues: { ...storage.store.queues, ranges } },
      sites: { all: async () => [made.site], removed: async () => [] },
      visits: visitStore(storage.store, linkKeys, 7),
      settings: { VISIT_ERASE_DAYS: 7 },
      now: made.now,
    } as unknown as Parameters<typeof eraseOld>[0]
    expect(await eraseOld(ports)).toMatchObject({ visits: 0, ranges: 3 })
    const counts: number[] = []
    for (const { from, to } of handed) counts.push(await eraseSite(ports, made.site, { from, to }))
    // The one of the removed department is of the first range now.
    expect(counts).toEqual([21, 20, 4])
    for (const { from, to } of handed) expect(await eraseSite(ports, made.site, { from, to })).toBe(0)
    const visit = await made.visit('A20')
    expect(visit?.row).not.toHaveProperty('sealedAppointment')
  })
})
