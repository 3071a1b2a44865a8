import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { closeMeeting } from '../../../src/core/meetings/close-meeting.ts'
import { ensureMeeting } from '../../../src/core/meetings/ensure-meeting.ts'
import { findMeetings } from '../../../src/core/meetings/find-meetings.ts'
import { settleDay } from '../../../src/core/reports/settle-day.ts'
import { eraseSite } from '../../../src/core/visits/erase-visits.ts'
import { plainRow, type VisitRef } from '../../../src/core/visits/visit.ts'
import { type VisitStore, visitStore } from '../../../src/core/visits/visit-store.ts'
import { type MeetingsWorld, meetingsWorld } from '../meetings/meetings.fixture.ts'
import { at, DAY as CLINIC_DAY, clinic, linkKeys } from '../messaging/clinic.fixture.ts'
import { reportsWorld } from '../reports/reports.fixture.ts'
import { type Storage, startStorage } from '../store/storage.fixture.ts'

const DAY = '2031-03-04'
const LATER = '2031-03-20'
const ENDED = 16.5 * 60

let storage: Storage
let meetings: MeetingsWorld
beforeAll(async () => {
  storage = await startStorage()
  meetings = await meetingsWorld(storage.store)
})
afterAll(async () => {
  await meetings.close()
  await storage.close()
})

/** Moves a visit as a look does that breaks off before it takes the old row away. */
async function leave(visits: VisitStore, ref: VisitRef, start = `${LATER}T16:00:00.000Z`) {
  const visit = await visits.find(ref)
  if (!visit) throw new Error('no visit')
  const next = { ...plainRow(visit), start, version: visit.row.version + 1, cause: 'moved' as const }
  const moved = await visits.save(ref, visit, next)
  if (!moved || !(await visits.at(ref, visit.bay))) throw new Error('nothing was left behind')
  return { moved, left: visit }
}

describe('a row that a move left behind', () => {
  test('closes no meeting of the visit that moved to a later day', async () => {
    const { ports, site, graph } = meetings
    const visit = await meetings.newVisit()
    const made = await ensureMeeting(ports, site, visit, [])
    if (!made.ok) throw new Error(made.failure.code)
    const there = () => graph.meetings().some(({ id }) => id === made.value.meeting.meetingId)
    const { moved } = await leave(ports.visits, visit)
    const close = (now: string) => closeMeeting({ ...ports, now: () => new Date(now) }, visit)
    expect(await close('2031-03-06T16:00:00Z')).toMatchObject({ value: 'none' })
    expect(there()).toBe(true)
    expect((await ports.visits.find(moved))?.row.sealedMeeting).toBeDefined()
    expect(await close('2031-03-21T17:00:00Z')).toMatchObject({ value: 'closed' })
    expect(there()).toBe(false)
  })

  test.each([
    ['watched', '2031-03-04T15:50:00Z'],
    ['closed', '2031-03-06T16:00:00Z'],
  ])('has no meeting %s', async (_what, time) => {
    const world = reportsWorld(storage.store)
    const ref = await world.visit('A', { sealedMeeting: 'sealed' })
    const now = new Date(time)
    const ports = { store: storage.store, settings: { VISIT_OPENS_MINUTES: 30 }, now: () => now }
    const found = () => findMeetings(ports as unknown as Parameters<typeof findMeetings>[0], world.site, now)
    expect((await found()).roster).toHaveLength(1)
    await leave(world.ports.visits, ref)
    expect((await found()).roster).toEqual([])
  })

  test('is erased alone, with its notices: links, index and seals of the visit stay', async () => {
    const world = reportsWorld(storage.store)
    const ref = await world.visit('A')
    await world.notice(ref, 'booked', 1, { state: 'delivered' })
    const { moved, left } = await leave(world.ports.visits, ref)
    await world.notice(ref, 'moved', 2, { state: 'delivered' })
    const erase = () => eraseSite({ ...world.ports, settings: { VISIT_ERASE_DAYS: 7 } as never }, world.site)
    world.at(8 * 1440 + ENDED)
    expect(await erase()).toBe(1)
    const rows: string[] = []
    for await (const { rowKey } of storage.store.tables.visits.list(left.row.partitionKey)) rows.push(rowKey)
    expect(rows).toEqual([])
    const present = await world.ports.visits.find(ref)
    expect(present?.row).toEqual(moved.row)
    const token = world.ports.visits.patientToken(moved) ?? ''
    expect(await world.ports.visits.byToken(token, world.ports.now())).toMatchObject({ visit: moved })
    expect(await erase()).toBe(0)
    world.at(24 * 1440 + ENDED)
    expect(await erase()).toBe(1)
    expect((await world.ports.visits.find(ref))?.row).not.toHaveProperty('sealedAppointment')
  })

  test('is not reported beside the visit, nor are its messages lost', async () => {
    const world = reportsWorld(storage.store)
    const ref = await world.visit('A')
    await world.notice(ref, 'booked', 1, { state: 'sent' })
    world.at(-60)
    await settleDay(world.ports, world.site, DAY)
    expect((await world.day(DAY)).records).toHaveLength(1)
    await leave(world.ports.visits, ref)
    // What the clock tells of the old row would be a visit to which nobody came.
    world.at(60)
    for (const day of [DAY, LATER, DAY, LATER]) await settleDay(world.ports, world.site, day)
    expect(await world.day(DAY)).toMatchObject({ records: [], totals: {} })
    const { records } = await world.day(LATER)
    expect(records).toMatchObject([{ outcome: 'upcoming' }])
    expect(JSON.parse(records[0]?.messages ?? '')).toMatchObject([{ kind: 'booked', state: 'sent' }])
  })

  test('of a reminder says that the visit moved, not that nobody was reached', async () => {
    const made = clinic(storage.store, {
      start: `${CLINIC_DAY}T08:30:00.000Z`,
      texts: { reminderMinutes: [60] },
    })
    made.ehr.book('A0', at('10:00'))
    await made.sweep(CLINIC_DAY)
    made.advance(31 * 60)
    await made.remind()
    const visit = await made.visit('A0')
    if (!visit) throw new Error('no visit')
    const later = at('10:00', '2026-12-08')
    made.ehr.change('A0', { start: later })
    await leave(visitStore(storage.store, linkKeys, 7), visit, later.toISOString())
    await made.workAll()
    expect(made.vendor.accepted).toEqual([])
    const notices = await made.notices('A0', CLINIC_DAY)
    expect(notices.get('1:reminder.0')).toMatchObject({ state: 'skipped', reason: 'superseded' })
  })
})
