import { rosterOf } from '../meetings/roster/roster.ts'
import type { VisitRow } from '../store/rows.ts'
import { lateMinutes } from '../visits/late.ts'
import type { Attendance } from './presence.ts'
import { attendanceOf } from './visit-record.ts'

const MINUTE = 60_000
/** Minutes between looks that found nothing new: Graph writes a report some minutes after the call's end, or hours. */
const AGAIN = [2, 5, 15, 60, 180, 720, 1_440] as const
/** Without a word from the webhook the first look comes so long after the planned end. */
const UNTOLD = 10 * MINUTE
/** Nobody can join any more (an hour, visits/tap.ts), and those who did have had a while to leave. */
const SETTLED = 75 * MINUTE
/** A report may be a little older than the event of the same end. */
const SLACK = 2 * MINUTE
/** Nobody was seen and nobody pressed Join: so many empty looks are enough. */
const QUIET_LOOKS = 3

/** When Graph should be asked for a visit's attendance next; undefined where that is done with. Pure. */
export function attendanceLook(row: VisitRow): Date | undefined {
  if (row.reportAt !== undefined || row.sealedMeeting === undefined) return undefined
  if (row.attendanceNext !== undefined) return new Date(row.attendanceNext)
  if (row.cancelled || !row.video) return new Date(Date.parse(row.since) + MINUTE)
  return new Date(plannedEnd(row) + UNTOLD)
}

/** A call ended: its report is worth a look soon, whatever was looked for before. */
export function lookAfterEnd(row: VisitRow, at: string): VisitRow {
  const soon = new Date(Date.parse(at) + MINUTE).toISOString()
  return row.reportAt === undefined ? { ...row, attendanceLooks: 0, attendanceNext: soon } : row
}

/**
 * The visit row after a look. Pure. `reportAt` says that there will be no more: the attendance tells of every call and
 * nobody can come any more, or it was looked for long enough.
 * @param found undefined: Graph had no report.
 */
export function afterLook(row: VisitRow, found: Attendance | undefined, now: Date): VisitRow {
  const looks = (row.attendanceLooks ?? 0) + 1
  const { attendanceNext: _next, ...rest } = row
  const seen: VisitRow = {
    ...rest,
    attendanceLooks: looks,
    ...(found ? { attendance: JSON.stringify(found) } : {}),
  }
  const settledAt = settledFrom(row)
  const whole = found !== undefined && isWhole(row, found)
  if (whole && now.getTime() >= settledAt) return done(seen, now)
  if (whole) return next(seen, settledAt)
  const wait = AGAIN[looks - 1]
  const enough = wait === undefined || (!found && looks >= QUIET_LOOKS && isQuiet(row))
  if (enough && now.getTime() >= settledAt) return done(seen, now)
  return next(seen, Math.max(now.getTime() + (wait ?? AGAIN[0]) * MINUTE, enough ? settledAt : 0))
}

/** Graph could not be asked: later, for three days. */
export function afterFailedLook(
  row: VisitRow,
  code: string,
  waitSeconds: number | undefined,
  now: Date,
): VisitRow {
  if (code === 'graph_not_found') return done(row, now)
  if (now.getTime() > settledFrom(row) + 3 * 1_440 * MINUTE) return done(row, now)
  const refused = code === 'graph_permission_missing' || code === 'graph_access_policy_missing'
  const wait = Math.max((waitSeconds ?? 0) * 1_000, (refused ? 60 : 2) * MINUTE)
  return next(row, now.getTime() + wait)
}

function done(row: VisitRow, now: Date): VisitRow {
  const { attendanceNext: _next, ...rest } = row
  return { ...rest, reportAt: now.toISOString() }
}

function next(row: VisitRow, at: number): VisitRow {
  return { ...row, attendanceNext: new Date(at).toISOString() }
}

/** Whether the reports reach as far as what live events told. */
function isWhole(row: VisitRow, found: Attendance): boolean {
  const roster = rosterOf(row)
  const last = Object.values(roster.people).map(({ last: at }) => at)
  const latest = [...last, roster.endedAt ?? ''].sort().at(-1) ?? ''
  return latest === '' || Date.parse(found.endedAt ?? '') + SLACK >= Date.parse(latest)
}

function isQuiet(row: VisitRow): boolean {
  const anybody = Object.keys(rosterOf(row).people).length > 0
  return !anybody && !row.clinicianJoinedAt && !row.waitedFrom && attendanceOf(row) === undefined
}

function plannedEnd(row: VisitRow): number {
  return Date.parse(row.start) + (row.minutes + lateMinutes(row)) * MINUTE
}

function settledFrom(row: VisitRow): number {
  const off = row.cancelled || !row.video
  return off && isQuiet(row) ? Date.parse(row.since) : plannedEnd(row) + SETTLED
}
