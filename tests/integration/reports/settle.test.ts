import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { rebuildReports } from '../../../src/core/reports/rebuild.ts'
import { settleDay } from '../../../src/core/reports/settle-day.ts'
import { settleVisit } from '../../../src/core/reports/settle-visit.ts'
import { eraseOld } from '../../../src/core/visits/erase.ts'
import { endedAt, moved, rosterColumn } from '../../unit/reports/report.fixture.ts'
import { START } from '../../unit/visits/visit.fixture.ts'
import { type Storage, startStorage } from '../store/storage.fixture.ts'
import { type ReportsWorld, reportsWorld } from './reports.fixture.ts'

const DAY = '2031-03-04'
const NEXT = '2031-04-01'
let storage: Storage
beforeAll(async () => {
  storage = await startStorage()
})
afterAll(() => storage.close())

const met = rosterColumn([
  moved({ who: 'p', place: 'lobby', minute: -3 }),
  moved({ who: 'c', staff: true, place: 'meeting', minute: 0 }),
  moved({ who: 'p', place: 'meeting', minute: 2 }),
  endedAt(25),
])

test('a day of a very large site is settled range by range, and counted as one', async () => {
  const world = reportsWorld(storage.store)
  const departments = Array.from({ length: 45 }, (_, n) => `d${String(n).padStart(3, '0')}`)
  const site = {
    ...world.site,
    departments: departments.map((id) => ({ id, name: id, locationIds: [id], on: true })),
  }
  // In one department more than one transaction takes, and one visit in the bay of a department that is no more.
  await Promise.all(Array.from({ length: 100 }, (_, n) => world.visit(`many ${n}`, { departmentId: 'd030' })))
  await Promise.all(departments.map((departmentId) => world.visit(departmentId, { departmentId })))
  await world.visit('gone', { departmentId: 'closed' })
  world.at(-60)
  const seen: number[] = []
  const settled = await settleDay(world.ports, site, DAY, async (visits) => void seen.push(visits.length))
  expect(settled).toEqual({ visits: 146, written: 146 })
  // The one of the removed department lies before all others.
  expect(seen).toEqual([21, 120, 5])
  const { records, totals } = await world.day(DAY)
  expect(records).toHaveLength(146)
  expect(Object.keys(totals ?? {})).toHaveLength(46)
  expect(totals?.d030?.visits).toEqual({ 'upcoming|none|none': 101 })
  expect(await settleDay(world.ports, site, DAY)).toEqual({ visits: 146, written: 0 })
})

test('a text of a removed department of which nobody heard is unknown after a day', async () => {
  const world = reportsWorld(storage.store)
  const ref = await world.visit('A', { departmentId: 'closed' })
  await world.notice(ref, 'booked', 1, { state: 'sent' })
  world.at(23 * 60)
  await settleDay(world.ports, world.site, DAY)
  const messages = async () => (await world.day(DAY)).records[0]?.messages
  expect(await messages()).toContain('"sent"')
  world.at(25 * 60)
  for (const _twice of [1, 2]) await settleDay(world.ports, world.site, DAY)
  expect(await messages()).toContain('no_report')
})

describe('a day of the reports', () => {
  test('shows every visit, counts it once, and a replay writes nothing', async () => {
    const world = reportsWorld(storage.store)
    const done = await world.visit('A', { roster: met })
    await world.visit('B')
    await world.visit('C', { cancelled: true })
    await world.notice(done, 'booked', 1, { state: 'delivered' })
    world.at(31)
    await settleDay(world.ports, world.site, DAY)
    const first = await world.day(DAY)
    expect(first.records.map(({ outcome }) => outcome).sort()).toEqual(['cancelled', 'completed', 'no_show'])
    expect(first.totals?.cardiology).toEqual({
      visits: { 'completed|none|none': 1, 'no_show|none|none': 1, 'cancelled|none|none': 1 },
      waited: { 300: 1 },
      seconds: { 1380: 1 },
      messages: { 'text|booked|delivered': 1 },
    })
    await settleDay(world.ports, world.site, DAY)
    await settleVisit(world.ports, done)
    const again = await world.day(DAY)
    expect(again.etag).toBe(first.etag)
    expect(again.records.map(({ etag }) => etag)).toEqual(first.records.map(({ etag }) => etag))
  })

  test('follows the clock without any event', async () => {
    const world = reportsWorld(storage.store)
    await world.visit('A')
    world.at(-60)
    await settleDay(world.ports, world.site, DAY)
    expect((await world.day(DAY)).records[0]?.outcome).toBe('upcoming')
    world.at(30)
    await settleDay(world.ports, world.site, DAY)
    const { records, totals } = await world.day(DAY)
    expect(records[0]?.outcome).toBe('no_show')
    expect(totals?.cardiology?.visits).toEqual({ 'no_show|none|none': 1 })
  })

  test('loses a visit that moves to another month, which stands there, once, with its messages', async () => {
    const world = reportsWorld(storage.store)
    const ref = await world.visit('A')
    await world.notice(ref, 'booked', 1, { state: 'sent' })
    world.at(-600)
    await settleDay(world.ports, world.site, DAY)
    const visit = await world.ports.visits.find(ref)
    if (!visit) throw new Error('no visit')
    const start = `${NEXT}T16:00:00.000Z`
    const { etag: _e, partitionKey: _p, rowKey: _r, ...row } = visit.row
    await world.ports.visits.save(ref, visit, { ...row, start, version: 2, cause: 'moved' })
    // The first message is delivered late: its row lies on the day that the visit left.
    await storage.store.tables.visits.put({ ...(await noticeOf(world, DAY)), state: 'delivered' })
    for (const day of [DAY, NEXT, DAY]) await settleDay(world.ports, world.site, day)
    expect(await world.day(DAY)).toMatchObject({ records: [], totals: {} })
    const { records, totals } = await world.day(NEXT)
    expect(records).toMatchObject([{ start, outcome: 'upcoming' }])
    expect(JSON.parse(records[0]?.messages ?? '')).toMatchObject([{ kind: 'booked', state: 'delivered' }])
    expect(totals?.cardiology?.visits).toEqual({ 'upcoming|none|none': 1 })
  })

  test('stands as it was when what leads back to people is erased', async () => {
    const world = reportsWorld(storage.store)
    await world.visit('A', { roster: met })
    world.at(31)
    await settleDay(world.ports, world.site, DAY)
    world.at(9 * 1440)
    await eraseOld({
      ...world.ports,
      sites: { all: async () => [world.site], removed: async () => [] } as never,
      settings: { VISIT_ERASE_DAYS: 7 } as never,
    })
    await settleDay(world.ports, world.site, DAY)
    expect((await world.day(DAY)).records).toMatchObject([{ outcome: 'completed', waited: 300 }])
  })

  test('of a hundred visits and more is the same written by two at once as by one', async () => {
    const world = reportsWorld(storage.store)
    const refs = await Promise.all(
      Array.from({ length: 120 }, (_, index) =>
        world.visit(`A${index}`, { start: new Date(START.getTime() + index * 1000).toISOString() }),
      ),
    )
    world.at(90)
    await Promise.all([
      settleDay(world.ports, world.site, DAY),
      settleDay(world.ports, world.site, DAY),
      ...refs.slice(0, 3).map((ref) => settleVisit(world.ports, ref)),
    ])
    const { records, totals } = await world.day(DAY)
    expect(records).toHaveLength(120)
    expect(totals?.cardiology?.visits).toEqual({ 'no_show|none|none': 120 })
  })

  test('is rebuilt by one command to what it was, whatever happened to its totals', async () => {
    const world = reportsWorld(storage.store)
    await world.visit('A', { roster: met })
    await world.visit('B')
    world.at(31)
    await settleDay(world.ports, world.site, DAY)
    const { totals } = await world.day(DAY)
    const partitionKey = `${world.site.tenantId}|${world.site.siteId}|2031-03`
    const wrong = { partitionKey, rowKey: `d:${DAY}`, schema: 1 as const, type: 'day' as const, json: '{}' }
    await storage.store.tables.reports.put(wrong)
    await storage.store.tables.reports.put({ ...wrong, rowKey: 'd:2031-03-09' })
    const rebuilt = await rebuildReports(world.ports, world.site, { from: '2031-03-01', to: '2031-03-31' })
    expect(rebuilt).toMatchObject({ days: 2, visits: 2 })
    expect((await world.day(DAY)).totals).toEqual(totals)
    expect((await world.day('2031-03-09')).totals).toBeUndefined()
  })
})

async function noticeOf({ site }: ReportsWorld, day: string) {
  for await (const row of storage.store.tables.visits.list(
    `${site.tenantId}|${site.siteId}|${day}|cardiology`,
  ))
    if (row.type === 'notice') return row
  throw new Error('no notice')
}
