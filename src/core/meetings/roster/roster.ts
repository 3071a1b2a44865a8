import { z } from 'zod'
import type { VisitRow } from '../../store/rows.ts'
import type { CallEvent } from './call-event.ts'

const person = z.object({
  staff: z.boolean(),
  place: z.enum(['lobby', 'meeting', 'gone']),
  /** When this place was taken. */
  since: z.iso.datetime(),
  /** The latest word about them. */
  last: z.iso.datetime(),
  /** First seen in the lobby, first seen in the meeting, last seen to leave: the same in whatever order events come. */
  lobby: z.iso.datetime().optional(),
  joined: z.iso.datetime().optional(),
  left: z.iso.datetime().optional(),
})
type Person = z.infer<typeof person>

/** Who is where in one visit's meeting, by hashed id; kept in the visit row, erased with what is sealed in it. */
export const rosterSchema = z.object({
  people: z.record(z.string(), person),
  endedAt: z.iso.datetime().optional(),
})
export type Roster = z.infer<typeof rosterSchema>

export const EMPTY_ROSTER: Roster = { people: {} }

/** The roster of a visit row; an unreadable one of another release counts as none. */
export function rosterOf(row: Pick<VisitRow, 'roster'>): Roster {
  if (row.roster === undefined) return EMPTY_ROSTER
  const parsed = rosterSchema.safeParse(JSON.parse(row.roster))
  return parsed.success ? parsed.data : EMPTY_ROSTER
}

/** A meeting holds a handful of people; more than this is not a visit any more. */
const MOST_PEOPLE = 100

/**
 * The roster after an event. Events are deltas, come twice and out of order: for each person the latest word counts, by
 * the event's own time; one as old as what is known changes nothing.
 */
export function applyEvent(roster: Roster, event: CallEvent, receivedAt: Date): Roster {
  const at = event.at ?? receivedAt.toISOString()
  if (event.kind === 'ended') {
    const people = Object.fromEntries(
      Object.entries(roster.people).map(([who, one]) => [
        who,
        one.last <= at && one.place !== 'gone'
          ? { ...one, place: 'gone' as const, since: at, last: at }
          : one,
      ]),
    )
    return { people, endedAt: later(roster.endedAt, at) }
  }
  const people = { ...roster.people }
  for (const { who, staff, place } of event.changes) {
    const known = people[who]
    if (!known && Object.keys(people).length >= MOST_PEOPLE) continue
    const times = timesOf(known, place, at)
    people[who] =
      known && known.last >= at
        ? { ...known, ...times }
        : { staff, place, since: known?.place === place ? known.since : at, last: at, ...times }
  }
  const here = Object.values(people).some((one) => one.place !== 'gone' && one.since > (roster.endedAt ?? ''))
  const { endedAt, ...rest } = { ...roster, people }
  return here || endedAt === undefined ? rest : { ...rest, endedAt }
}

function timesOf(known: Person | undefined, place: Person['place'], at: string) {
  const { lobby, joined, left } = known ?? {}
  const first = (before: string | undefined) => (before !== undefined && before < at ? before : at)
  const times = {
    lobby: place === 'lobby' ? first(lobby) : lobby,
    joined: place === 'meeting' ? first(joined) : joined,
    left: place === 'gone' ? later(left, at) : left,
  }
  return Object.fromEntries(Object.entries(times).filter(([, time]) => time !== undefined))
}

/** Where the patient's side is, as far as Teams told. */
export type PatientPlace = {
  readonly kind: 'waiting' | 'in_visit' | 'left' | 'ended'
  readonly since: string
}

/** The patient's side is everybody without an account of a directory. Waiting counts first: somebody must act on it. */
export function patientPlace(roster: Roster): PatientPlace | undefined {
  const guests = Object.values(roster.people).filter(({ staff }) => !staff)
  const earliest = (place: string) =>
    guests
      .filter((one) => one.place === place)
      .map(({ since }) => since)
      .sort()[0]
  const waiting = earliest('lobby')
  if (waiting) return { kind: 'waiting', since: waiting }
  const inside = earliest('meeting')
  if (inside) return { kind: 'in_visit', since: inside }
  if (roster.endedAt) return { kind: 'ended', since: roster.endedAt }
  const left = guests
    .map(({ since }) => since)
    .sort()
    .at(-1)
  return left === undefined ? undefined : { kind: 'left', since: left }
}

function later(a: string | undefined, b: string): string {
  return a !== undefined && a > b ? a : b
}
