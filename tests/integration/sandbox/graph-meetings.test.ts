import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Participant } from '../../../sandbox/contracts.ts'
import { ana, graphFixture, newMeeting, organizer, tenants } from './graph.fixture.ts'

type Fixture = Awaited<ReturnType<typeof graphFixture>>
let fixture: Fixture
beforeAll(async () => {
  fixture = await graphFixture()
})
afterAll(() => fixture.graph.close())

const path = `/v1.0/users/${organizer.id}/onlineMeetings`
const person = (id: string, more: Partial<Participant> = {}): Participant => ({
  id,
  displayName: `Synthetic ${id}`,
  userId: undefined,
  inLobby: false,
  joinedAt: fixture.clock.now().toISOString(),
  ...more,
})

describe('createOrGet', () => {
  const body = {
    externalId: 'visit-1',
    subject: 'Video visit',
    startDateTime: '2026-03-03T10:00:00+01:00',
    endDateTime: '2026-03-03T09:30:00Z',
    lobbyBypassSettings: { scope: 'everyone' },
    allowMeetingChat: 'disabled',
    participants: { attendees: [{ upn: ana.upn, role: 'coorganizer' }] },
  }

  it('makes a meeting once and gives the same one back afterwards, unchanged', async () => {
    const made = await fixture.ask('POST', `${path}/createOrGet`, { body })
    const again = await fixture.ask('POST', `${path}/createOrGet`, {
      body: { ...body, subject: 'Another', startDateTime: '2026-04-01T10:00:00Z', endDateTime: undefined },
    })
    expect([made.status, again.status]).toEqual([201, 200])
    expect(again.body).toEqual(made.body)
    expect(made.body).toMatchObject({
      subject: 'Video visit',
      externalId: 'visit-1',
      startDateTime: '2026-03-03T09:00:00Z',
      endDateTime: '2026-03-03T09:30:00Z',
      videoTeleconferenceId: null,
      participants: {
        organizer: { upn: organizer.upn, identity: { user: { id: organizer.id } } },
        attendees: [{ upn: ana.upn, role: 'coorganizer' }],
      },
      audioConferencing: { tollNumber: expect.any(String), conferenceId: expect.stringMatching(/^\d{9}$/) },
    })
  })

  it('does not look at options', async () => {
    const made = await fixture.ask('POST', `${path}/createOrGet`, { body })
    expect(made.body).toMatchObject({
      lobbyBypassSettings: { scope: 'organization' },
      allowMeetingChat: 'enabled',
    })
  })

  it('gives each organizer their own meeting for one externalId', async () => {
    fixture.graph.accessPolicy.add(ana.id)
    const mine = await newMeeting(fixture.ask, 'shared')
    const hers = await fixture.ask('POST', `/v1.0/users/${ana.id}/onlineMeetings/createOrGet`, {
      body: { externalId: 'shared' },
    })
    expect(hers.status).toBe(201)
    expect(hers.body.joinWebUrl).not.toBe(mine.joinWebUrl)
  })

  it('puts the join URL under the Teams stand-in, naming tenant and organizer', async () => {
    const { joinWebUrl } = await newMeeting(fixture.ask, 'url')
    expect(joinWebUrl).toMatch(
      /^http:\/\/localhost:7075\/l\/meetup-join\/19%3ameeting_[\w-]+%40thread\.v2\/0\?context=%7b/,
    )
    expect(JSON.parse(new URL(joinWebUrl).searchParams.get('context') ?? '')).toEqual({
      Tid: tenants()[0]?.id,
      Oid: organizer.id,
    })
    expect(fixture.graph.findByJoinUrl(joinWebUrl)?.externalId).toBe('url')
  })

  it('starts now and lasts an hour when no times are given', async () => {
    const made = await fixture.ask('POST', `${path}/createOrGet`, { body: { externalId: 'now' } })
    expect(made.body).toMatchObject({
      startDateTime: '2026-03-02T15:00:00Z',
      endDateTime: '2026-03-02T16:00:00Z',
    })
  })

  it('gives the same join URL again in a run that starts anew, and another one after a deletion', async () => {
    const first = await newMeeting(fixture.ask, 'steady')
    const other = await graphFixture()
    expect((await newMeeting(other.ask, 'steady')).joinWebUrl).toBe(first.joinWebUrl)
    await other.graph.close()
    await fixture.ask('DELETE', `${path}/${first.id}`)
    expect((await newMeeting(fixture.ask, 'steady')).joinWebUrl).not.toBe(first.joinWebUrl)
  })
})

describe('update and reading', () => {
  it('sets lobby, presenters, chat, times and attendees', async () => {
    const { id, joinWebUrl } = await newMeeting(fixture.ask, 'patched')
    const answer = await fixture.ask('PATCH', `${path}/${id}`, {
      body: {
        subject: 'Moved',
        startDateTime: '2026-03-04T10:00:00Z',
        endDateTime: '2026-03-04T10:20:00Z',
        lobbyBypassSettings: { scope: 'organizer', isDialInBypassEnabled: false },
        allowedPresenters: 'organization',
        allowMeetingChat: 'limited',
        allowedLobbyAdmitters: 'organizerAndCoOrganizers',
        recordAutomatically: false,
        allowRecording: false,
        isEntryExitAnnounced: false,
        allowTranscription: false,
        participants: { attendees: [{ upn: ana.upn, role: 'coorganizer' }] },
      },
    })
    expect(answer.status).toBe(200)
    const read = await fixture.ask('GET', `${path}/${id}`)
    const found = await fixture.ask(
      'GET',
      `${path}?$filter=${encodeURIComponent(`JoinWebUrl eq '${joinWebUrl}'`)}`,
    )
    expect(read.body).toMatchObject({
      subject: 'Moved',
      startDateTime: '2026-03-04T10:00:00Z',
      lobbyBypassSettings: { scope: 'organizer' },
      allowedLobbyAdmitters: 'organizerAndCoOrganizers',
      allowMeetingChat: 'limited',
      allowTranscription: false,
      participants: { attendees: [{ upn: ana.upn, role: 'coorganizer' }] },
    })
    expect(found.body.value.map((one: { id: string }) => one.id)).toEqual([id])
  })

  it('shows the newer lobby scopes only to a client that asks for them', async () => {
    const { id } = await newMeeting(fixture.ask, 'evolved')
    await fixture.ask('PATCH', `${path}/${id}`, { body: { lobbyBypassSettings: { scope: 'invited' } } })
    const plain = await fixture.ask('GET', `${path}/${id}`)
    const asking = await fixture.ask('GET', `${path}/${id}`, {
      headers: { prefer: 'include-unknown-enum-members' },
    })
    expect(plain.body.lobbyBypassSettings.scope).toBe('unknownFutureValue')
    expect(asking.body.lobbyBypassSettings.scope).toBe('invited')
  })

  it('ignores participants and times while the meeting runs, and still takes the lobby', async () => {
    const { id } = await newMeeting(fixture.ask, 'running')
    await fixture.graph.roster(id, { kind: 'joined', participant: person('early', { inLobby: true }) })
    expect(fixture.graph.meetings().find((one) => one.id === id)?.running).toBe(true)
    const answer = await fixture.ask('PATCH', `${path}/${id}`, {
      body: {
        lobbyBypassSettings: { scope: 'everyone' },
        startDateTime: '2026-03-09T10:00:00Z',
        endDateTime: '2026-03-09T10:20:00Z',
        participants: { attendees: [{ upn: ana.upn, role: 'coorganizer' }] },
      },
    })
    expect(answer.status).toBe(200)
    expect(answer.body).toMatchObject({
      startDateTime: '2026-03-02T15:00:00Z',
      lobbyBypassSettings: { scope: 'everyone' },
      participants: { attendees: [] },
    })
  })

  it('gives a virtual-appointment URL to the same meeting where the switch allows it', async () => {
    const { id } = await newMeeting(fixture.ask, 'virtual')
    fixture.graph.faults.virtualAppointmentUrl = true
    const answer = await fixture.ask('GET', `${path}/${id}/getVirtualAppointmentJoinWebUrl`)
    fixture.graph.faults.virtualAppointmentUrl = false
    const url = new URL(answer.body.value)
    expect(url.origin).toBe('http://localhost:7075')
    expect(url.searchParams.get('convId')).toBe(
      fixture.graph.meetings().find((one) => one.id === id)?.threadId,
    )
  })
})

describe('attendance reports', () => {
  it('make one report for each ended call, without the time in the lobby', async () => {
    const { id } = await newMeeting(fixture.ask, 'attended')
    const { graph, clock, ask } = fixture
    await graph.roster(id, { kind: 'joined', participant: person('patient', { inLobby: true }) })
    clock.advance(60)
    await graph.roster(id, {
      kind: 'joined',
      participant: person('clinician', { userId: ana.id, displayName: ana.displayName }),
    })
    clock.advance(30)
    await graph.roster(id, { kind: 'admitted', participantId: 'patient' })
    clock.advance(600)
    await graph.roster(id, { kind: 'left', participantId: 'patient' })
    await graph.roster(id, { kind: 'left', participantId: 'clinician' })
    await graph.roster(id, { kind: 'ended' })

    const list = await ask('GET', `${path}/${id}/attendanceReports`)
    expect(list.body.value).toHaveLength(1)
    expect(list.body.value[0]).toMatchObject({ totalParticipantCount: 2 })
    expect(list.body.value[0].attendanceRecords).toBeUndefined()
    const report = await ask(
      'GET',
      `${path}/${id}/attendanceReports/${list.body.value[0].id}?$expand=attendanceRecords`,
    )
    const records: { emailAddress: string | null; totalAttendanceInSeconds: number; role: string }[] =
      report.body.attendanceRecords
    expect(records.map((one) => [one.emailAddress, one.role, one.totalAttendanceInSeconds])).toEqual([
      [ana.mail, 'Presenter', 630],
      [null, 'Presenter', 600],
    ])
  })

  it('make none for a call in which nobody left the lobby', async () => {
    const { id } = await newMeeting(fixture.ask, 'unattended')
    await fixture.graph.roster(id, { kind: 'joined', participant: person('patient', { inLobby: true }) })
    await fixture.graph.roster(id, { kind: 'ended' })
    const list = await fixture.ask('GET', `${path}/${id}/attendanceReports`)
    expect(list.body.value).toEqual([])
  })
})
