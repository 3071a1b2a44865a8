import { createServer } from 'node:https'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { closeServer } from '../../../sandbox/close-server.ts'
import { type Graph, graphClient } from '../../../src/core/meetings/graph.ts'
import { createMeeting, type MeetingRequest } from '../../../src/core/meetings/meeting.ts'
import { readUser } from '../../../src/core/meetings/user.ts'
import { ana, gone, graphFixture, organizer, stranger } from '../sandbox/graph.fixture.ts'
import { clientOf, TEAMS } from './meetings.fixture.ts'

type World = Awaited<ReturnType<typeof graphFixture>>
let world: World
let client: Graph
beforeAll(async () => {
  world = await graphFixture()
  client = clientOf(world.graph.baseUrl, world.certificate.ca)
})
afterAll(() => world.graph.close())
beforeEach(() => {
  const quiet = { throttled: false, unavailable: false, virtualAppointmentUrl: false }
  Object.assign(world.graph.faults, quiet)
  world.graph.accessPolicy.add(organizer.id)
})

let serial = 0
const request = (more: Partial<MeetingRequest> = {}): MeetingRequest => ({
  organizerId: organizer.id,
  visitKey: `visit-${++serial}`,
  start: new Date('2026-03-02T16:00:00Z'),
  minutes: 30,
  coOrganizers: [],
  teamsOrigins: [TEAMS],
  ...more,
})
async function made(asked = request()) {
  const meeting = await createMeeting(client, asked)
  if (!meeting.ok) throw new Error(`${meeting.failure.code} ${meeting.failure.detail ?? ''}`)
  const stored = world.graph.meetings().find(({ id }) => id === meeting.value.meetingId)
  if (!stored) throw new Error('Graph does not know the meeting')
  return { meeting: meeting.value, stored }
}
const failure = async (asked = request(), by = client) => {
  const meeting = await createMeeting(by, asked)
  return meeting.ok ? 'ok' : meeting.failure.code
}

describe('the meeting of a visit', () => {
  test('is really set so that outsiders wait and the tenant’s people admit', async () => {
    const { stored } = await made()
    expect(stored).toMatchObject({
      lobbyScope: 'organization',
      isDialInBypassEnabled: false,
      allowedPresenters: 'organization',
      allowMeetingChat: 'limited',
      recordAutomatically: false,
    })
  })

  test('names neither patient nor clinician, and lasts an hour longer than planned', async () => {
    const { stored } = await made()
    expect(stored.subject).toBe('Virtual appointment')
    expect(Date.parse(stored.startDateTime)).toBe(Date.parse('2026-03-02T16:00:00Z'))
    expect(Date.parse(stored.endDateTime)).toBe(Date.parse('2026-03-02T17:30:00Z'))
  })

  test('is the same one for whoever asks again, at its new time', async () => {
    const asked = request()
    const first = await made(asked)
    const again = await made({ ...asked, start: new Date('2026-03-03T09:00:00Z') })
    expect(again.meeting).toEqual(first.meeting)
    expect(Date.parse(again.stored.startDateTime)).toBe(Date.parse('2026-03-03T09:00:00Z'))
  })

  test('has its clinicians as co-organizers', async () => {
    const { stored } = await made(request({ coOrganizers: [{ id: ana.id, upn: ana.upn }] }))
    expect(stored.attendees).toEqual([{ upn: ana.upn, role: 'coorganizer' }])
  })

  test('can be dialled into where the tenant has numbers', async () => {
    const { meeting, stored } = await made()
    expect(meeting.dialIn).toEqual({ number: '+12065550100', conferenceId: stored.conferenceId })
  })
})

describe('the patient’s address', () => {
  test('is the join URL alone where Graph gives no other', async () => {
    const { meeting, stored } = await made()
    expect(meeting.joinWebUrl).toBe(stored.joinWebUrl)
    expect(meeting).not.toHaveProperty('virtualAppointmentUrl')
  })

  test('is the virtual appointment’s where Graph gives it', async () => {
    world.graph.faults.virtualAppointmentUrl = true
    const { meeting } = await made()
    expect(new URL(meeting.virtualAppointmentUrl ?? 'about:blank').origin).toBe(TEAMS)
  })

  test('is never outside of Teams', async () => {
    expect(await failure(request({ teamsOrigins: ['https://teams.microsoft.com'] }))).toBe(
      'meeting_url_foreign',
    )
  })
})

describe('when Graph does not', () => {
  test.each(['Forbidden', 'Unauthorized'] as const)(
    'let us act for the organizer (%s), the missing policy is named',
    async (how) => {
      world.graph.accessPolicy.delete(organizer.id)
      world.graph.settings.policyRefusal = how
      expect(await failure()).toBe('graph_access_policy_missing')
    },
  )

  test('let us do anything, the missing permission is named', async () => {
    const without = clientOf(world.graph.baseUrl, world.certificate.ca, { roles: ['User.Read.All'] })
    expect(await failure(request(), without)).toBe('graph_permission_missing')
  })

  test('know the organizer', async () => {
    expect(await failure(request({ organizerId: stranger.id }))).toBe('graph_not_found')
  })

  test('keep up, it says how long to wait', async () => {
    world.graph.faults.throttled = true
    expect(await createMeeting(client, request())).toMatchObject({
      failure: { code: 'graph_throttled', retryAfterSeconds: 2 },
    })
  })

  test('work', async () => {
    world.graph.faults.unavailable = true
    expect(await failure()).toBe('graph_unavailable')
  })

  test('answer at all', async () => {
    const nobody = clientOf('https://localhost:1', world.certificate.ca)
    expect(await failure(request(), nobody)).toBe('graph_unavailable')
  })

  test('get a token for us: nobody consented in the tenant, or Entra is out of order', async () => {
    const entra = (statusCode: number) =>
      graphClient(world.graph.baseUrl, {
        getToken: () => Promise.reject(Object.assign(new Error('AADSTS700016: Contoso'), { statusCode })),
      })
    expect(await failure(request(), entra(400))).toBe('graph_permission_missing')
    expect(await failure(request(), entra(503))).toBe('graph_unavailable')
  })
})

describe('an answer of Graph', () => {
  /** Answers createOrGet and PATCH with these bodies. */
  async function oddGraph(created: object, patched: object) {
    const { key, cert } = world.certificate
    const server = createServer({ key, cert }, (asked, response) => {
      response.writeHead(200, { 'content-type': 'application/json' })
      response.end(JSON.stringify(asked.method === 'PATCH' ? patched : created))
    })
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    const by = clientOf(`https://localhost:${(server.address() as AddressInfo).port}`, world.certificate.ca)
    try {
      return await createMeeting(by, request())
    } finally {
      await closeServer(server)
    }
  }
  const meeting = { id: 'm', joinWebUrl: `${TEAMS}/l/meetup-join/x` }

  test('that left the lobby open to everybody is no meeting for a patient', async () => {
    const outcome = await oddGraph(meeting, { lobbyBypassSettings: { scope: 'everyone' } })
    expect(outcome).toMatchObject({ failure: { code: 'graph_refused', detail: 'the lobby was not set' } })
  })

  test('is read whatever the case of its dial-in’s names', async () => {
    const audioConferencing = { TollNumber: '+12065550100', ConferenceId: '42' }
    const outcome = await oddGraph({ ...meeting, audioConferencing }, {})
    expect(outcome).toMatchObject({
      ok: true,
      value: { dialIn: { number: '+12065550100', conferenceId: '42' } },
    })
  })

  test('that is none is a failure without its words', async () => {
    for (const odd of [{}, { id: 'Dr Secret' }, { ...meeting, joinWebUrl: 'Dr Secret' }]) {
      const outcome = await oddGraph(odd, {})
      expect(outcome).toMatchObject({ failure: { code: 'graph_refused' } })
      expect(JSON.stringify(outcome)).not.toContain('Secret')
    }
  })
})

describe('a user', () => {
  test('is read with what a meeting needs', async () => {
    expect(await readUser(client, ana.id)).toEqual({
      ok: true,
      value: { id: ana.id, upn: ana.upn, name: ana.displayName, enabled: true },
    })
  })

  test('who left is disabled, or not there', async () => {
    expect(await readUser(client, gone.id)).toMatchObject({ ok: true, value: { enabled: false } })
    expect(await readUser(client, stranger.id)).toMatchObject({ failure: { code: 'graph_not_found' } })
  })
})
