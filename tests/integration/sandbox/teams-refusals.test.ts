import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { REFUSALS } from '../../../sandbox/teams/refusals.ts'
import { ana, organizer } from './graph.fixture.ts'
import { teamsFixture, visitor } from './teams.fixture.ts'

let fixture: Awaited<ReturnType<typeof teamsFixture>>
beforeAll(async () => {
  fixture = await teamsFixture()
})
afterAll(() => fixture.close())

const browser = (userId?: string) => visitor(fixture.teams.url, userId)
const opened = async (url: string, form?: Record<string, string>) => {
  const one = browser()
  await one.open(url, form)
  return one
}
const remove = ({ id }: { id: string }) =>
  fixture.ask('DELETE', `/v1.0/users/${organizer.id}/onlineMeetings/${id}`)
const slugOf = (meeting: { threadId: string }) => meeting.threadId.slice(3).split('@')[0]

const PROVOKE: Record<string, () => Promise<{ status: number; page: string }>> = {
  'unknown-meeting': () => opened('/l/meetup-join/19%3ameeting_none%40thread.v2/0'),
  'deleted-meeting': async () => {
    const meeting = await fixture.meeting('deleted')
    await remove(meeting)
    return opened(meeting.joinWebUrl)
  },
  'deleted-while-joining': async () => {
    const meeting = await fixture.meeting('deleted meanwhile')
    await remove(meeting)
    return opened(`/meet/${slugOf(meeting)}/join`, { name: 'Synthetic Guest' })
  },
  'unknown-virtual-appointment': () => opened('/visit/route?convId=none'),
  'malformed-address': () => opened('/l/meetup-join/%E0%A4%A/0'),
  'unknown-person': async () => opened(`/meet/${slugOf(await fixture.meeting('nobody'))}/0000`),
  'wrong-method': async () => opened((await fixture.meeting('posted')).joinWebUrl, { name: 'x' }),
  'admit-by-guest': async () => {
    const meeting = await fixture.meeting('open door', { lobbyScope: 'everyone' })
    const guest = browser()
    await guest.join(meeting.joinWebUrl, { name: 'Synthetic Guest' })
    await guest.press('admit', { participant: 'anybody' })
    return guest
  },
  'admit-from-lobby': async () => {
    const meeting = await fixture.meeting('own door')
    const guest = browser()
    await guest.join(meeting.joinWebUrl)
    await guest.press('admit', { participant: fixture.teams.participants(meeting.id)[0]?.id ?? '' })
    return guest
  },
  'admit-by-attendee': async () => {
    const meeting = await fixture.meeting('strict', { allowedPresenters: 'organizer' })
    await browser().join(meeting.joinWebUrl)
    const colleague = browser(ana.id)
    await colleague.join(meeting.joinWebUrl)
    await colleague.press('admit', { participant: fixture.teams.participants(meeting.id)[0]?.id ?? '' })
    return colleague
  },
  'admit-nobody': async () => {
    const colleague = browser(ana.id)
    await colleague.join((await fixture.meeting('nobody waits')).joinWebUrl)
    await colleague.press('admit', { participant: 'nobody' })
    return colleague
  },
  'anonymous-off': async () => {
    const meeting = await fixture.meeting('accounts only')
    fixture.meetingPolicy.anonymous = false
    return opened(`/meet/${slugOf(meeting)}?anon=true`).finally(() => {
      fixture.meetingPolicy.anonymous = true
    })
  },
  'anonymous-off-join': async () => {
    const meeting = await fixture.meeting('accounts only at the door')
    fixture.meetingPolicy.anonymous = false
    return opened(`/meet/${slugOf(meeting)}/join`, { anon: 'true', name: 'Guest' }).finally(() => {
      fixture.meetingPolicy.anonymous = true
    })
  },
}

describe('the Teams stand-in refuses', () => {
  it.each(REFUSALS)('$id: $request', async ({ id, status, body }) => {
    const provoke = PROVOKE[id]
    if (!provoke) throw new Error(`Nothing provokes ${id}.`)
    const answer = await provoke()
    expect(answer.status).toBe(status)
    expect(answer.page).toContain(`data-testid="${body}"`)
  })
})
