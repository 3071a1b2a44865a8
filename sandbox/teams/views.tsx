import { createHash } from 'node:crypto'
import type { StoredMeeting } from '../graph/state.ts'
import { admissionOf } from './admission.ts'
import { InMeeting, type Seen } from './pages/in-meeting.tsx'
import { Lobby } from './pages/lobby.tsx'
import { Notice } from './pages/notice.tsx'
import type { Person, Rooms } from './rooms.ts'

export const NOT_FOUND = {
  title: 'We couldn’t find this meeting',
  text: 'The link may be wrong, or the meeting was deleted. Ask who sent it to you for a new one.',
}

/** Changes whenever the person's page would look different. */
export function versionOf(rooms: Rooms, meeting: StoredMeeting, person: Person): string {
  const seen = person.state === 'in' ? rooms.present(meeting.id).map(({ id, state }) => `${id} ${state}`) : []
  const facts = [person.state, rooms.admits(meeting, person), meeting.subject, ...factsOf(meeting), ...seen]
  return createHash('sha256').update(facts.join('\n')).digest('hex').slice(0, 16)
}

/** The page of somebody who pressed "Join now", by where they are. */
export function personPage(rooms: Rooms, meeting: StoredMeeting, person: Person, pageUrl: string) {
  const version = versionOf(rooms, meeting, person)
  const { subject } = meeting
  if (person.state === 'lobby') {
    return <Lobby subject={subject} name={person.displayName} pageUrl={pageUrl} version={version} />
  }
  if (person.state === 'removed') {
    return (
      <Notice
        testId="removed"
        title="Your request to join was declined"
        text="Someone in the meeting did not let you in. Call the people you wanted to meet."
      />
    )
  }
  if (person.state === 'left') {
    const guest = person.account === undefined ? '&anon=true' : ''
    const action = { label: 'Rejoin', url: `${meeting.joinWebUrl}${guest}` }
    return (
      <Notice
        testId="left"
        title="You left the meeting"
        text="Left too soon? You can join again."
        action={action}
      />
    )
  }
  const present = rooms.present(meeting.id)
  const see = (one: Person): Seen => ({
    id: one.id,
    displayName: one.displayName,
    label: labelOf(meeting, one),
    self: one.key === person.key,
  })
  return (
    <InMeeting
      subject={subject}
      people={present.filter(({ state }) => state === 'in').map(see)}
      waiting={rooms.admits(meeting, person) ? present.filter(({ state }) => state === 'lobby').map(see) : []}
      facts={factsOf(meeting)}
      pageUrl={pageUrl}
      version={version}
    />
  )
}

const CHAT: Readonly<Record<string, string>> = {
  enabled: 'Chat stays open',
  limited: 'Chat during the meeting only',
  disabled: 'No chat',
}

function factsOf(meeting: StoredMeeting): string[] {
  return [
    CHAT[meeting.allowMeetingChat] ?? '',
    meeting.recordAutomatically ? 'Recorded automatically' : 'Not recorded',
  ].filter(Boolean)
}

function labelOf(meeting: StoredMeeting, { account }: Person): string {
  if (account === undefined) return 'Guest'
  const { role } = admissionOf(meeting, account)
  if (role === 'organizer') return 'Organizer'
  if (role === 'coorganizer') return 'Co-organizer'
  return account.tenantId === meeting.tenantId ? '' : 'External'
}
