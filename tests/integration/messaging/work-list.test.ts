import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { noticeRowKey } from '../../../src/core/messaging/notice.ts'
import { unwrittenVisits, workList } from '../../../src/core/messaging/work-list.ts'
import type { Site } from '../../../src/core/sites/site.ts'
import type { NoticeRow, VisitRow } from '../../../src/core/store/rows.ts'
import type { RowAction } from '../../../src/core/store/table.ts'
import { bayFor, visitPartition } from '../../../src/core/visits/bay.ts'
import { visitRowKey } from '../../../src/core/visits/visit.ts'
import { siteWith } from '../../unit/messaging/clinic.fixture.ts'
import { visitRow } from '../../unit/visits/visit.fixture.ts'
import { type Storage, startStorage } from './storage.fixture.ts'

const TODAY = '2031-03-04'
const TOMORROW = '2031-03-05'
const NOW = new Date(`${TODAY}T08:00:00.000Z`)

let storage: Storage
beforeAll(async () => {
  storage = await startStorage()
})
afterAll(() => storage?.close())

let site: Site
let serial = 0
beforeEach(() => {
  site = siteWith({}, { siteId: `worklist${String(++serial).padStart(4, '0')}` })
})

/** So many visits of one bay, each with a notice. */
async function add(
  day: string,
  departmentId: string,
  count: number,
  more: Partial<Pick<NoticeRow, 'state' | 'reason' | 'leaseUntil'> & Pick<VisitRow, 'writeBackFailure'>> = {},
) {
  const { state = 'undelivered', reason = 'carrier', leaseUntil = NOW.toISOString(), ...visit } = more
  const rows = Array.from({ length: count }, (_, n): RowAction<VisitRow | NoticeRow>[] => {
    const visitKey = `${departmentId}${n}`.padEnd(22, 'A')
    const row = visitRow({ start: `${day}T16:00:00.000Z`, departmentId, ...visit })
    const partitionKey = visitPartition(site.tenantId, site.siteId, bayFor(row))
    const changedAt = NOW.toISOString()
    const notice = { schema: 1 as const, type: 'notice' as const, claimId: 'c', changedAt }
    return [
      { kind: 'insert', row: { ...row, partitionKey, rowKey: visitRowKey(visitKey) } },
      {
        kind: 'insert',
        row: {
          ...notice,
          state,
          reason,
          leaseUntil,
          partitionKey,
          rowKey: noticeRowKey({ visitKey, version: 1, kind: 'booked' }),
        },
      },
    ]
  }).flat()
  for (let at = 0; at < rows.length; at += 100)
    expect((await storage.store.tables.visits.transact(rows.slice(at, at + 100))).ok).toBe(true)
}

/** The store, and which days were asked for. */
function watched() {
  const { visits } = storage.store.tables
  const days: string[] = []
  const across: typeof visits.across = (range, choice) => {
    days.push(range.from.split('|')[2] ?? '')
    return visits.across(range, choice)
  }
  return {
    days,
    store: { ...storage.store, tables: { ...storage.store.tables, visits: { ...visits, across } } },
  }
}

test('the list ends with the day on which two hundred were found: no later one is read', async () => {
  await add(TODAY, 'cardiology', 150)
  await add(TODAY, 'family', 70)
  await add(TOMORROW, 'family', 3)
  const { days, store } = watched()
  const list = await workList({ store, now: () => NOW }, [site])
  expect(list).toMatchObject({ more: true, until: undefined })
  expect(list.open).toHaveLength(200)
  expect(list.open.every(({ start }) => start === `${TODAY}T16:00:00.000Z`)).toBe(true)
  expect(days.filter((day) => day === TODAY)).toHaveLength(2)
  // Once for visits that the EHR did not take, of which there are none.
  expect(days.filter((day) => day === TOMORROW)).toHaveLength(1)
})

test('of the rows only those that need somebody are sent here, in every bay', async () => {
  await add(TODAY, 'cardiology', 4, { state: 'delivered' })
  await add(TODAY, 'family', 3, { state: 'skipped', reason: 'too_near' })
  await add(TODAY, 'urgent-care', 1, { state: 'skipped', reason: 'daily_cap' })
  await add(TODAY, 'closed', 1, { state: 'sending', leaseUntil: `${TODAY}T07:30:00.000Z` })
  await add(TOMORROW, 'family', 1, { state: 'claimed', leaseUntil: `${TODAY}T07:50:00.000Z` })
  const { store } = watched()
  const list = await workList({ store, now: () => NOW }, [site])
  expect(list.open.map(({ bay, state, stuck }) => ({ bay, state, stuck }))).toEqual([
    { bay: `${TODAY}|closed`, state: 'sending', stuck: true },
    { bay: `${TODAY}|urgent-care`, state: 'skipped', stuck: false },
  ])
  expect(list).toMatchObject({ more: false, until: undefined })
})

test('a storage that is slow keeps nobody waiting: the list says how far it came', async () => {
  await add(TODAY, 'family', 1)
  const { days, store } = watched()
  const now = () => new Date(NOW.getTime() + 3_000 * days.length)
  const list = await workList({ store, now }, [site])
  expect(list.open).toHaveLength(1)
  expect(days.length).toBeLessThan(8)
  expect(list.until).toMatch(/^2031-03-0[4-6]$/)
})

test('visits that the EHR did not take are looked for by themselves, and no more than somebody looks through', async () => {
  await add(TODAY, 'family', 150, { writeBackFailure: 'ehr_refused', state: 'delivered' })
  await add(TODAY, 'urgent-care', 90, { writeBackFailure: 'ehr_refused', state: 'delivered' })
  await add(TOMORROW, 'family', 1, { writeBackFailure: 'ehr_refused' })
  const { days, store } = watched()
  const { visits, more } = await unwrittenVisits({ store, now: () => NOW }, site)
  expect(visits).toHaveLength(200)
  expect(more).toBe(true)
  expect(days).toEqual(['2031-03-03', TODAY])
})

test('a day that takes too long is left where it is, and the list says so', async () => {
  await add(TODAY, 'family', 20, { writeBackFailure: 'ehr_refused' })
  const { store } = watched()
  const { across } = store.tables.visits
  let seconds = 0
  // Each row takes its time, and a first look at a day finds some at once.
  store.tables.visits.across = async function* (range, choice) {
    for await (const row of across(range, choice)) {
      seconds += 1
      yield row
    }
  }
  const now = () => new Date(NOW.getTime() + seconds * 1_000)
  const writing = { ...site, writeBack: { links: true, arrived: false } }
  const list = await workList({ store, now }, [writing])
  expect(list.until).toBe(TODAY)
  expect(list.open.length).toBeGreaterThan(0)
  expect(list.open.length).toBeLessThan(20)
  expect(list.unwrittenMore).toBe(true)
  expect(list.unwritten.length).toBeLessThan(20)
  seconds = 0
  expect((await workList({ store, now }, [site])).unwrittenMore).toBe(false)
})

test('of days on which no delay is told only what was held back is sent here of all that was skipped', async () => {
  const far = '2031-03-10'
  await add(far, 'family', 5, { state: 'skipped', reason: 'opted_out' })
  await add(far, 'cardiology', 2, { state: 'skipped', reason: 'prefix_cap' })
  const { store } = watched()
  const { across } = store.tables.visits
  let rows = 0
  store.tables.visits.across = async function* (range, choice) {
    for await (const row of across(range, choice)) {
      rows++
      yield row
    }
  }
  const { open } = await workList({ store, now: () => NOW }, [site])
  expect(open.map(({ reason }) => reason)).toEqual(['prefix_cap', 'prefix_cap'])
  expect(rows).toBe(2)
})
