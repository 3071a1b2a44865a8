import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { LobbyScope } from '../../../sandbox/contracts.ts'
import { ana, ben, organizer, stranger } from './graph.fixture.ts'
import { teamsFixture, visitor } from './teams.fixture.ts'

let fixture: Awaited<ReturnType<typeof teamsFixture>>
beforeAll(async () => {
  fixture = await teamsFixture()
})
afterAll(() => fixture.close())
const browser = (userId?: string) => visitor(fixture.teams.url, userId)

const people = {
  organizer: organizer.id,
  coorganizer: ana.id,
  colleague: ben.id,
  'another organization': stranger.id,
  guest: undefined,
} as const
type Kind = keyof typeof people

describe('admission', () => {
  const enters: Record<LobbyScope, readonly Kind[]> = {
    organizer: ['organizer', 'coorganizer'],
    organization: ['organizer', 'coorganizer', 'colleague'],
    organizationExcludingGuests: ['organizer', 'coorganizer', 'colleague'],
    organizationAndFederated: ['organizer', 'coorganizer', 'colleague', 'another organization'],
    invited: ['organizer', 'coorganizer'],
    everyone: ['organizer', 'coorganizer', 'colleague', 'another organization', 'guest'],
  }
  const cases = Object.entries(enters).flatMap(([scope, kinds]) =>
    (Object.keys(people) as Kind[]).map((kind) => ({
      scope: scope as LobbyScope,
      kind,
      place: kinds.includes(kind) ? 'in-meeting' : 'lobby',
    })),
  )

  it.each(cases)('under "$scope" brings the $kind to the $place', async ({ scope, kind, place }) => {
    const meeting = await fixture.meeting(`${scope} ${kind}`, {
      lobbyScope: scope,
      attendees: [{ upn: ana.upn, role: 'coorganizer' }],
    })
    const one = browser(people[kind])
    await one.join(meeting.joinWebUrl, { name: 'Synthetic Visitor' })
    expect([one.shows('in-meeting'), one.shows('lobby')]).toEqual([place === 'in-meeting', place === 'lobby'])
    expect(fixture.teams.participants(meeting.id)[0]?.inLobby).toBe(place === 'lobby')
  })

  it('brings an invited colleague in under "invited"', async () => {
    const meeting = await fixture.meeting('by invitation', {
      lobbyScope: 'invited',
      attendees: [{ upn: ben.upn.toUpperCase(), role: 'attendee' }],
    })
    const one = browser(ben.id)
    await one.join(meeting.joinWebUrl)
    expect(one.shows('in-meeting')).toBe(true)
  })

  it('lets a signed-in person join as a guest, who then waits like any other', async () => {
    const meeting = await fixture.meeting('as a guest')
    const one = browser(ana.id)
    await one.join(`${meeting.joinWebUrl}&anon=true`, { name: 'Synthetic Visitor' })
    expect(one.shows('lobby')).toBe(true)
    expect(fixture.teams.participants(meeting.id)[0]).toMatchObject({
      displayName: 'Synthetic Visitor',
      userId: undefined,
    })
  })

  it('does not take an identity from the form', async () => {
    const meeting = await fixture.meeting('pretending')
    const one = browser()
    await one.join(meeting.joinWebUrl, { name: ana.displayName, userId: ana.id, who: ana.id })
    expect(one.shows('lobby')).toBe(true)
  })

  it.each([
    { allowedPresenters: 'everyone', admitters: 'organizerAndCoOrganizersAndPresenters', may: true },
    { allowedPresenters: 'organization', admitters: 'organizerAndCoOrganizersAndPresenters', may: true },
    { allowedPresenters: 'roleIsPresenter', admitters: 'organizerAndCoOrganizersAndPresenters', may: false },
    { allowedPresenters: 'organizer', admitters: 'organizerAndCoOrganizersAndPresenters', may: false },
    { allowedPresenters: 'organization', admitters: 'organizerAndCoOrganizers', may: false },
  ] as const)('a colleague may admit ($allowedPresenters, $admitters): $may', async (row) => {
    const meeting = await fixture.meeting(`${row.allowedPresenters} ${row.admitters}`, {
      allowedPresenters: row.allowedPresenters,
      allowedLobbyAdmitters: row.admitters,
    })
    await browser().join(meeting.joinWebUrl)
    const colleague = browser(ben.id)
    await colleague.join(meeting.joinWebUrl)
    expect(colleague.shows('admit')).toBe(row.may)
  })
})

describe('a visit', () => {
  it('goes from the lobby through admission to the end, without script', async () => {
    const meeting = await fixture.meeting('whole visit')
    const patient = browser()
    await patient.open(meeting.joinWebUrl)
    expect(patient.shows('continue-browser')).toBe(true)
    await patient.join(meeting.joinWebUrl, { name: 'Synthetic Patient' })
    expect(patient.page).toContain('Someone will let you in shortly')
    expect(patient.page).toContain('<noscript><meta http-equiv="refresh" content="2"/></noscript>')
    expect(meeting.running).toBe(true)

    const clinician = browser(ana.id)
    await clinician.join(meeting.joinWebUrl)
    expect(clinician.page).toContain('<strong>Synthetic Patient</strong> is waiting in the lobby')
    await clinician.press('admit', { participant: clinician.waiting()[0] ?? '' })
    expect(clinician.shows('admit')).toBe(false)
    await patient.reload()
    expect(patient.shows('in-meeting')).toBe(true)
    expect(patient.page).toContain(ana.displayName)
    expect(patient.shows('admit')).toBe(false)

    fixture.clock.advance(300)
    await clinician.press('leave')
    expect(clinician.shows('left')).toBe(true)
    expect(meeting.running).toBe(true)
    await patient.press('leave')
    expect(meeting.running).toBe(false)
    expect(meeting.reports).toHaveLength(1)
    expect(fixture.teams.participants(meeting.id)).toEqual([])
  })

  it('keeps somebody out who is not let in', async () => {
    const meeting = await fixture.meeting('declined')
    const visitorAtDoor = browser()
    await visitorAtDoor.join(meeting.joinWebUrl)
    const clinician = browser(ana.id)
    await clinician.join(meeting.joinWebUrl)
    await clinician.press('remove', { participant: clinician.waiting()[0] ?? '' })
    await visitorAtDoor.reload()
    expect(visitorAtDoor.shows('removed')).toBe(true)
    expect(fixture.teams.participants(meeting.id)).toHaveLength(1)
  })

  it('calls a visitor without a name Guest, and shows typed markup as text', async () => {
    const meeting = await fixture.meeting('names', { lobbyScope: 'everyone' })
    await browser().join(meeting.joinWebUrl)
    const second = browser()
    await second.join(meeting.joinWebUrl, { name: '<img src=x>' })
    expect(fixture.teams.participants(meeting.id).map(({ displayName }) => displayName)).toEqual([
      'Guest',
      '<img src=x>',
    ])
    expect(second.page).not.toContain('<img')
  })

  it('tells a waiting page of the admission by a new version, and of nothing by the same', async () => {
    const meeting = await fixture.meeting('polling')
    const patient = browser()
    await patient.join(meeting.joinWebUrl)
    const version = async () =>
      (await (await fetch(`${fixture.teams.url}${patient.address}/state`)).json()).version
    const before = await version()
    expect(patient.page).toContain(`data-version="${before}"`)
    expect(await version()).toBe(before)
    const clinician = browser(ana.id)
    await clinician.join(meeting.joinWebUrl)
    await clinician.press('admit', { participant: clinician.waiting()[0] ?? '' })
    expect(await version()).not.toBe(before)
  })

  it('opens the same meeting from the virtual-appointment URL, as a guest', async () => {
    const meeting = await fixture.meeting('virtual')
    fixture.graph.faults.virtualAppointmentUrl = true
    const answer = await fixture.ask(
      'GET',
      `/v1.0/users/${organizer.id}/onlineMeetings/${meeting.id}/getVirtualAppointmentJoinWebUrl`,
    )
    fixture.graph.faults.virtualAppointmentUrl = false
    const patient = browser(ana.id)
    await patient.open(answer.body.value)
    expect(patient.shows('join-now')).toBe(true)
    await patient.open(/action="([^"]+)"/.exec(patient.page)?.[1] ?? '', { anon: 'true', name: 'P' })
    expect(patient.shows('lobby')).toBe(true)
    expect(fixture.teams.participants(meeting.id)).toHaveLength(1)
  })

  it('closes for everybody when the meeting is deleted', async () => {
    const meeting = await fixture.meeting('deleted during')
    const patient = browser()
    await patient.join(meeting.joinWebUrl)
    await fixture.ask('DELETE', `/v1.0/users/${organizer.id}/onlineMeetings/${meeting.id}`)
    await patient.reload()
    expect([patient.status, patient.shows('not-found')]).toEqual([404, true])
  })
})
