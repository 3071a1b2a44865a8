import { z } from 'zod'
import type { Roster } from '../meetings/roster/roster.ts'
import type { VisitRow } from '../store/rows.ts'

const HOUR = 3_600_000
/** What happened longer than this before the planned start belongs to an earlier day that the visit was moved from. */
export const EARLIEST = 4 * HOUR

/** Somebody's time in the meeting; without `to` they are still in. The lobby does not count. */
const stay = z.object({ staff: z.boolean(), from: z.iso.datetime(), to: z.iso.datetime().optional() })
export type Stay = z.infer<typeof stay>

/** What a visit row keeps of Graph's attendance reports: no name, no address, one id of Microsoft's, that of staff. */
export const attendanceSchema = z.object({
  stays: z.array(stay),
  /** The end of the latest report. */
  endedAt: z.iso.datetime().optional(),
  clinicianId: z.string().optional(),
})
export type Attendance = z.infer<typeof attendanceSchema>

export type Presence = {
  readonly stays: readonly Stay[]
  /** The first sign of a participant at the door. */
  readonly waitedFrom: string | undefined
  readonly endedAt: string | undefined
  readonly clinicianId: string | undefined
  /** By which account: Graph's attendance reports say it for good, live events until then. */
  readonly basis: 'planned' | 'live' | 'attendance'
}

/**
 * Who was in a visit, by the best account there is. Pure.
 * Once attendance reports are in, live events say one thing more only: that somebody waited in the lobby, whom no
 * report names. For those who came by our links our own page said so before, and lost events change nothing.
 */
export function presenceOf(row: VisitRow, roster: Roster, attendance: Attendance | undefined): Presence {
  const since = new Date(Date.parse(row.start) - EARLIEST).toISOString()
  const counts = (at: string | undefined): at is string => at !== undefined && at >= since
  const people = Object.values(roster.people)
  const lobby = people.filter(({ staff }) => !staff).map((one) => one.lobby ?? lobbyOf(one))
  const waitedFrom = [row.waitedFrom, row.patientWaitingSince, ...lobby].filter(counts).sort()[0]
  const live = people.flatMap((one) => stayOf(one, roster.endedAt))
  const stays = (attendance?.stays ?? live).filter(({ from }) => counts(from))
  const endedAt = attendance?.endedAt ?? roster.endedAt
  const signs = stays.length > 0 || waitedFrom !== undefined || counts(row.clinicianJoinedAt)
  return {
    stays,
    waitedFrom,
    endedAt: counts(endedAt) ? endedAt : undefined,
    clinicianId: attendance?.clinicianId ?? (counts(row.clinicianJoinedAt) ? row.clinicianId : undefined),
    basis: attendance ? 'attendance' : signs ? 'live' : 'planned',
  }
}

type Person = Roster['people'][string]

/** Rows of the release before kept only where somebody was last seen. */
function lobbyOf({ place, since }: Person): string | undefined {
  return place === 'lobby' ? since : undefined
}

function stayOf(one: Person, endedAt: string | undefined): Stay[] {
  const from = one.joined ?? (one.place === 'meeting' ? one.since : undefined)
  if (from === undefined) return []
  const over = one.place === 'gone' ? (one.left ?? one.since) : undefined
  const to = over ?? (endedAt !== undefined && one.last <= endedAt ? endedAt : undefined)
  return [{ staff: one.staff, from, ...(to === undefined ? {} : { to: to > from ? to : from }) }]
}

/** The first moment at which somebody of the staff and a participant are in at once. */
export function togetherFrom(stays: readonly Stay[]): string | undefined {
  const moments: string[] = []
  for (const a of stays)
    for (const b of stays) {
      if (!a.staff || b.staff) continue
      const from = a.from > b.from ? a.from : b.from
      if (from < (a.to ?? FAR) && from < (b.to ?? FAR)) moments.push(from)
    }
  return moments.sort()[0]
}

/** The most people who were in the meeting at one moment. Somebody who leaves as another one comes is not counted twice. */
export function mostAtOnce(stays: readonly Stay[]): number {
  const changes = stays.flatMap(({ from, to }) => [
    { at: from, by: 1 },
    ...(to === undefined ? [] : [{ at: to, by: -1 }]),
  ])
  changes.sort((a, b) => a.at.localeCompare(b.at) || a.by - b.by)
  let [now, most] = [0, 0]
  for (const { by } of changes) {
    now += by
    most = Math.max(most, now)
  }
  return most
}

/** When the last one left; undefined while somebody is in. */
export function lastLeft(stays: readonly Stay[]): string | undefined {
  if (stays.some(({ to }) => to === undefined)) return undefined
  return stays
    .map(({ to }) => to ?? '')
    .sort()
    .at(-1)
}

const FAR = '9999-12-31T00:00:00.000Z'
