import { z } from 'zod'
import type { Graph } from '../meetings/graph.ts'
import { callGraph, type GraphFailure } from '../meetings/graph-call.ts'
import { ok, type Result } from '../result.ts'
import type { VisitMeeting } from '../visits/visit.ts'
import type { Attendance, Stay } from './presence.ts'

const instant = z.iso.datetime({ offset: true })
const summary = z.object({ id: z.string(), meetingEndDateTime: instant })
const listed = z.object({ value: z.array(summary) })
const interval = z.object({ joinDateTime: instant, leaveDateTime: instant })
/** Names and addresses are not even read: what a schema does not name is dropped by the parser. */
const record = z.object({
  id: z.string().nullish(),
  identity: z.object({ id: z.string().nullish(), tenantId: z.string().nullish() }).nullish(),
  attendanceIntervals: z.array(interval).nullish(),
})
const report = summary.extend({ attendanceRecords: z.array(record).nullish() })
type Report = z.infer<typeof report>

/** A meeting has one report for each call that ended; more than this is no visit. */
const MOST_REPORTS = 20

/**
 * Who attended a meeting, by Graph ("List meetingAttendanceReports", "Get meetingAttendanceReport", with
 * `$expand=attendanceRecords`). One report for each call that ended; together they tell the visit.
 * @returns undefined where there is no report yet: nobody was in, or the call has not ended, or Graph takes its time.
 */
export async function readAttendance(
  graph: Graph,
  tenantId: string,
  { organizerId, meetingId }: Pick<VisitMeeting, 'organizerId' | 'meetingId'>,
): Promise<Result<Attendance | undefined, GraphFailure>> {
  const path = `/users/${encodeURIComponent(organizerId)}/onlineMeetings/${encodeURIComponent(meetingId)}/attendanceReports`
  const list = await callGraph(async () => listed.parse(await graph.api(path).get()))
  if (!list.ok) return list
  const reports: Report[] = []
  for (const { id } of list.value.value.slice(0, MOST_REPORTS)) {
    const one = await callGraph(async () =>
      report.parse(
        await graph
          .api(`${path}/${encodeURIComponent(id)}`)
          .expand('attendanceRecords')
          .get(),
      ),
    )
    if (!one.ok) return one
    reports.push(one.value)
  }
  return ok(attendanceOfReports(reports, tenantId))
}

/**
 * What reports come to, in whatever order they are listed. Staff are users of a directory, as in the live roster; the
 * visit's clinician is the user of this tenant who was in longest.
 */
export function attendanceOfReports(reports: readonly Report[], tenantId: string): Attendance | undefined {
  if (reports.length === 0) return undefined
  const stays: Stay[] = []
  const seconds = new Map<string, number>()
  for (const { attendanceRecords } of reports)
    for (const { id, identity, attendanceIntervals } of attendanceRecords ?? []) {
      const staff = Boolean(identity?.tenantId)
      const user = identity?.tenantId === tenantId ? (identity.id ?? id) : undefined
      for (const { joinDateTime, leaveDateTime } of attendanceIntervals ?? []) {
        const [from, to] = [joinDateTime, leaveDateTime].map((time) => new Date(time).toISOString()) as [
          string,
          string,
        ]
        if (to < from) continue
        stays.push({ staff, from, to })
        if (user) seconds.set(user, (seconds.get(user) ?? 0) + (Date.parse(to) - Date.parse(from)) / 1000)
      }
    }
  const clinicianId = [...seconds].sort(([a, x], [b, y]) => y - x || (a < b ? -1 : 1))[0]?.[0]
  const ends = reports.map(({ meetingEndDateTime }) => new Date(meetingEndDateTime).toISOString()).sort()
  const endedAt = ends.at(-1)
  return {
    stays: stays.sort(byTime),
    ...(endedAt === undefined ? {} : { endedAt }),
    ...(clinicianId === undefined ? {} : { clinicianId }),
  }
}

function byTime(a: Stay, b: Stay): number {
  const key = ({ from, to, staff }: Stay) => `${from}|${to}|${staff}`
  return key(a) < key(b) ? -1 : 1
}
