import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { collectAttendance } from '../../../src/core/reports/collect-attendance.ts'
import { collectQuality } from '../../../src/core/reports/collect-quality.ts'
import { duePulls } from '../../../src/core/reports/due-pulls.ts'
import { settleDay } from '../../../src/core/reports/settle-day.ts'
import type { VisitRow } from '../../../src/core/store/rows.ts'
import type { Visit } from '../../../src/core/visits/visit.ts'
import { clientOf } from '../meetings/meetings.fixture.ts'
import { ana, graphFixture, organizer, tenants } from '../sandbox/graph.fixture.ts'
import { type Storage, startStorage } from '../store/storage.fixture.ts'
import { reportsWorld } from './reports.fixture.ts'

const MINUTE = 60_000
let storage: Storage
let graph: Awaited<ReturnType<typeof graphFixture>>
beforeAll(async () => {
  storage = await startStorage()
  graph = await graphFixture()
})
afterAll(async () => {
  await graph.graph.close()
  await storage.close()
})

const ALL = ['OnlineMeetings.ReadWrite.All', 'OnlineMeetingArtifact.Read.All', 'CallRecords.Read.All']
const joinedAt = '2026-03-02T15:00:00.000Z'
const guest = { id: 'guest-1', userId: undefined, displayName: 'Pat Synthetic', inLobby: true, joinedAt }
const staff = { id: 'staff-1', userId: ana.id, displayName: 'Ana Silva', inLobby: false, joinedAt }

/** A visit with a real meeting of the stand-in; the webhook tells nothing of it. */
async function visitWithMeeting(roles: readonly string[] = ALL, more: Partial<VisitRow> = {}) {
  const world = reportsWorld(storage.store, { tenantId: tenants()[0]?.id ?? '' })
  const now = () => graph.clock.now()
  const start = now().toISOString()
  const ref = await world.visit('A', { start, ...more })
  const path = `/v1.0/users/${organizer.id}/onlineMeetings/createOrGet`
  const { body } = await graph.ask('POST', path, { body: { externalId: ref.visitKey } })
  const sealedMeeting = world.ports.seals.sealMeeting(ref, {
    organizerId: organizer.id,
    meetingId: body.id,
    joinWebUrl: body.joinWebUrl,
  })
  await world.ports.visits.update(ref, (row) => ({ ...row, sealedMeeting, waitedFrom: start }))
  const client = clientOf(graph.graph.baseUrl, graph.certificate.ca, { roles: [...roles] })
  const ports = { ...world.ports, now, graph: async () => client }
  const row = async () => (await world.ports.visits.find(ref))?.row
  const record = async () => (await world.day(start.slice(0, 10))).records[0]
  const meet = async () => {
    const { roster } = graph.graph
    await roster(body.id, { kind: 'joined', participant: guest })
    graph.clock.advance(60)
    await roster(body.id, { kind: 'joined', participant: staff })
    graph.clock.advance(60)
    await roster(body.id, { kind: 'admitted', participantId: guest.id })
    graph.clock.advance(600)
    await roster(body.id, { kind: 'left', participantId: guest.id })
    graph.clock.advance(60)
    await roster(body.id, { kind: 'ended' })
  }
  return { ...world, ports, ref, row, record, meet, start }
}

describe('attendance', () => {
  test('tells the whole visit where the webhook told nothing, without a name', async () => {
    const visit = await visitWithMeeting()
    await visit.meet()
    expect(await collectAttendance(visit.ports, visit.ref)).toEqual({ found: false, next: undefined })
    graph.clock.advance(45 * 60)
    const collected = await collectAttendance(visit.ports, visit.ref)
    expect(collected.found).toBe(true)
    expect(await visit.record()).toMatchObject({
      outcome: 'completed',
      basis: 'attendance',
      waited: 120,
      seconds: 660,
      attendees: 2,
      clinicianId: ana.id,
    })
    const stored = JSON.stringify(await visit.row())
    expect(stored).not.toMatch(/Pat|Ana Silva|contoso|guest-1/)
    graph.clock.advance(60 * 60)
    await collectAttendance(visit.ports, visit.ref)
    expect((await visit.row())?.reportAt).toBeDefined()
  })

  test('that was asked for twice at once is asked for again once', async () => {
    const visit = await visitWithMeeting()
    graph.clock.advance(45 * 60)
    const first = await collectAttendance(visit.ports, visit.ref)
    expect(first.next).toBeDefined()
    expect(await collectAttendance(visit.ports, visit.ref)).toEqual({ found: false, next: undefined })
  })

  test('is found by the day’s look where every message about it was lost', async () => {
    const visit = await visitWithMeeting()
    await visit.meet()
    graph.clock.advance(45 * 60)
    const visits: Visit[] = []
    await settleDay(visit.ports, visit.site, visit.start.slice(0, 10), async (found) => {
      visits.push(...found)
    })
    expect(duePulls(visits, false, graph.clock.now())).toMatchObject([
      { kind: 'attendance', visitKey: visit.ref.visitKey },
    ])
  })

  test('without the permission is asked for later, and the visit is shown all the same', async () => {
    const visit = await visitWithMeeting(['OnlineMeetings.ReadWrite.All'])
    graph.clock.advance(45 * 60)
    const collected = await collectAttendance(visit.ports, visit.ref)
    expect(collected).toMatchObject({ found: false, code: 'graph_permission_missing' })
    expect(collected.next?.getTime()).toBe(graph.clock.now().getTime() + 60 * MINUTE)
    expect(await visit.record()).toMatchObject({ outcome: 'clinician_absent', basis: 'live' })
  })
})

describe('call quality', () => {
  test('is that of the very meeting, once its record can be read', async () => {
    const visit = await visitWithMeeting()
    graph.graph.settings.callQuality = 'poor'
    await visit.meet()
    graph.graph.settings.callQuality = 'good'
    // The same clinician, in another meeting meanwhile.
    const other = await visitWithMeeting()
    await other.meet()
    graph.clock.advance(45 * 60)
    await collectAttendance(visit.ports, visit.ref)
    expect((await collectQuality(visit.ports, visit.ref)).found).toBe(true)
    const record = await visit.record()
    expect(record?.rating).toBe('poor')
    expect(JSON.parse(record?.quality ?? '')).toEqual({
      rating: 'poor',
      jitterMs: 62,
      loss: 0.14,
      roundTripMs: 610,
      streams: 6,
    })
    expect(await collectQuality(visit.ports, visit.ref)).toEqual({ found: false, next: undefined })
  })

  test('is asked for again while there is no record, and given up in the end', async () => {
    graph.graph.settings.callRecordsAfterMinutes = 100_000
    const visit = await visitWithMeeting()
    await visit.meet()
    graph.graph.settings.callRecordsAfterMinutes = 15
    graph.clock.advance(45 * 60)
    await collectAttendance(visit.ports, visit.ref)
    let looks = 0
    for (let next: Date | undefined = graph.clock.now(); next && looks < 20; looks++) {
      const wait = Math.max(0, (next.getTime() - graph.clock.now().getTime()) / 1000)
      graph.clock.advance(wait)
      next = (await collectQuality(visit.ports, visit.ref)).next
    }
    expect(looks).toBe(7)
    expect((await visit.record())?.rating).toBe('none')
  })
})
