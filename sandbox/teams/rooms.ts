import { createHash } from 'node:crypto'
import type { Now, Participant } from '../contracts.ts'
import type { GraphStandIn } from '../graph/graph.ts'
import type { Account } from '../graph/roles.ts'
import type { StoredMeeting } from '../graph/state.ts'
import { admissionOf, mayAdmit } from './admission.ts'

/** Somebody at a meeting, from the press on "Join now" to the end. */
export type Person = {
  /** Stands in the address of the person's own page, so that two tabs of one browser can be two people. */
  readonly key: string
  /** The participant id that Graph and the other people see. */
  readonly id: string
  readonly meetingId: string
  readonly account: Account
  readonly displayName: string
  readonly joinedAt: string
  state: 'in' | 'lobby' | 'left' | 'removed'
}

export type Refused = 'not_allowed' | 'not_waiting'

/** Who is where, in every meeting. Each change is told to Graph in the order in which it happened. */
export function rooms(graph: GraphStandIn, now: Now, seed: string) {
  const people = new Map<string, Person>()
  const present = (meetingId: string) =>
    [...people.values()].filter(
      (person) => person.meetingId === meetingId && (person.state === 'in' || person.state === 'lobby'),
    )
  const digest = (...parts: string[]) =>
    createHash('sha256')
      .update([seed, ...parts].join('\n'))
      .digest('hex')

  function join(meeting: StoredMeeting, account: Account, displayName: string): Person {
    const serial = String(people.size)
    const hex = digest('participant', meeting.id, serial)
    const person: Person = {
      key: digest('key', meeting.id, serial).slice(0, 32),
      id: `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-a${hex.slice(17, 20)}-${hex.slice(20, 32)}`,
      meetingId: meeting.id,
      account,
      displayName,
      joinedAt: now().toISOString(),
      state: admissionOf(meeting, account).bypassesLobby ? 'in' : 'lobby',
    }
    people.set(person.key, person)
    void graph.roster(meeting.id, { kind: 'joined', participant: participantOf(person) })
    return person
  }

  /** Whether this person sees, and may open, the lobby's door. */
  function admits(meeting: StoredMeeting, person: Person): boolean {
    return person.state === 'in' && mayAdmit(meeting, person.account)
  }

  function decide(
    meeting: StoredMeeting,
    person: Person,
    participantId: string,
    decision: 'admit' | 'remove',
  ): Refused | undefined {
    if (!admits(meeting, person)) return 'not_allowed'
    const waiting = present(meeting.id).find(({ id, state }) => id === participantId && state === 'lobby')
    if (!waiting) return 'not_waiting'
    waiting.state = decision === 'admit' ? 'in' : 'removed'
    void graph.roster(meeting.id, { kind: decision === 'admit' ? 'admitted' : 'left', participantId })
    return undefined
  }

  /** The last one out, lobby included, ends the call. */
  function leave(person: Person): void {
    if (person.state !== 'in' && person.state !== 'lobby') return
    person.state = 'left'
    void graph.roster(person.meetingId, { kind: 'left', participantId: person.id })
    if (present(person.meetingId).length === 0) void graph.roster(person.meetingId, { kind: 'ended' })
  }

  return {
    join,
    admits,
    decide,
    leave,
    present,
    find: (meetingId: string, key: string) => {
      const person = people.get(key)
      return person?.meetingId === meetingId ? person : undefined
    },
    participants: (meetingId: string): Participant[] => present(meetingId).map(participantOf),
  }
}

export type Rooms = ReturnType<typeof rooms>

function participantOf({ id, displayName, account, state, joinedAt }: Person): Participant {
  return { id, displayName, userId: account?.userId, inLobby: state === 'lobby', joinedAt }
}
