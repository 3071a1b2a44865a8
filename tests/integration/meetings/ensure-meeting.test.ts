import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { ensureMeeting } from '../../../src/core/meetings/ensure-meeting.ts'
import { ana, gone, organizer } from '../sandbox/graph.fixture.ts'
import { type Storage, startStorage } from '../store/storage.fixture.ts'
import { type MeetingsWorld, meetingsWorld } from './meetings.fixture.ts'

let storage: Storage
let world: MeetingsWorld
beforeAll(async () => {
  storage = await startStorage()
  world = await meetingsWorld(storage.store)
})
afterAll(async () => {
  await world.close()
  await storage.close()
})
beforeEach(() => Object.assign(world.graph.faults, { throttled: false, unavailable: false }))

const meetingsOf = (visitKey: string) =>
  world.graph.meetings().filter(({ externalId }) => externalId === visitKey)

test('a visit’s meeting is made once and then known, sealed in its row', async () => {
  const { ports, site } = world
  const visit = await world.newVisit()
  const first = await ensureMeeting(ports, site, visit, [])
  expect(first).toMatchObject({ ok: true, value: { created: true } })
  const stored = await ports.visits.find(visit)
  if (!stored || !first.ok) throw new Error('no meeting')
  expect(stored.row.sealedMeeting).not.toContain(first.value.meeting.meetingId)
  const asked = world.graph.ledger.length
  expect(await ensureMeeting(ports, site, stored, [])).toEqual({
    ok: true,
    value: { meeting: first.value.meeting, created: false },
  })
  expect(world.graph.ledger.length).toBe(asked)
})

test('patient and clinician who come at the same moment get one meeting', async () => {
  const { ports, site } = world
  const visit = await world.newVisit()
  const both = await Promise.all([1, 2, 3].map(() => ensureMeeting(ports, site, visit, [])))
  const urls = both.map((one) => (one.ok ? one.value.meeting.joinWebUrl : one.failure.code))
  expect(new Set(urls).size).toBe(1)
  expect(meetingsOf(visit.visitKey)).toHaveLength(1)
})

test('a second caller joins the stored meeting even where the organizers changed in between', async () => {
  const { ports, site, graph } = world
  graph.accessPolicy.add(ana.id)
  const visit = await world.newVisit()
  const first = await ensureMeeting(ports, site, visit, [])
  // As a process that read the row before the first one wrote it, and the site after it was changed.
  const second = await ensureMeeting(ports, { ...site, organizers: [ana.id] }, visit, [])
  expect(second.ok && first.ok && second.value.meeting).toEqual(first.ok && first.value.meeting)
})

test('the same organizer is chosen at every try, and all of them are used', async () => {
  const { ports, site, graph } = world
  graph.accessPolicy.add(ana.id)
  const two = { ...site, organizers: [organizer.id, ana.id] }
  const chosen = new Set<string>()
  for (let round = 0; round < 12; round++) {
    const made = await ensureMeeting(ports, two, await world.newVisit(), [])
    if (made.ok) chosen.add(made.value.meeting.organizerId)
  }
  expect(chosen).toEqual(new Set([organizer.id, ana.id]))
})

describe('co-organizers', () => {
  test('are the clinician who opens the visit and the mapped ones of the appointment', async () => {
    const { ports, site } = world
    const user = { issuer: 'https://login.example.org/', subject: 'user-7', practitionerId: '593923' }
    await ports.mappings.confirm(site.tenantId, site.siteId, user, ana.id, world.clock.now())
    const visit = await world.newVisit()
    await ensureMeeting(ports, site, visit, ['593923', '593924'])
    expect(meetingsOf(visit.visitKey)[0]?.attendees).toEqual([{ upn: ana.upn, role: 'coorganizer' }])
  })

  test('are never somebody who was disabled, who is not there, or the organizer', async () => {
    const { ports, site } = world
    const visit = await world.newVisit()
    const outcome = await ensureMeeting(
      ports,
      site,
      visit,
      [],
      [gone.id, 'nobody', organizer.id, ana.id, ana.id],
    )
    expect(outcome.ok).toBe(true)
    expect(meetingsOf(visit.visitKey)[0]?.attendees.map(({ upn }) => upn)).toEqual([ana.upn])
  })
})

describe('where no meeting can be made', () => {
  test('nothing is kept, and the next try makes it', async () => {
    const { ports, site } = world
    const visit = await world.newVisit()
    world.graph.faults.unavailable = true
    expect(await ensureMeeting(ports, site, visit, [])).toMatchObject({
      failure: { code: 'graph_unavailable' },
    })
    expect((await ports.visits.find(visit))?.row.sealedMeeting).toBeUndefined()
    world.graph.faults.unavailable = false
    expect((await ensureMeeting(ports, site, visit, [])).ok).toBe(true)
  })

  test('a site without organizers says so', async () => {
    const { ports, site } = world
    const outcome = await ensureMeeting(ports, { ...site, organizers: [] }, await world.newVisit(), [])
    expect(outcome).toMatchObject({ failure: { code: 'meeting_no_organizer' } })
  })
})
