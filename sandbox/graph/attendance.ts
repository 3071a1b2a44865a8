import { type Answer, notFound } from './answers.ts'
import { context, type GraphCall, parameter } from './call.ts'
import { meetingOf } from './organizer.ts'
import { roleIn } from './roles.ts'
import type { AttendanceReport, Interval, StoredMeeting } from './state.ts'

/** GET …/attendanceReports (List meetingAttendanceReports): one report for each call that ended. */
export function listReports(call: GraphCall): Answer {
  const meeting = meetingOf(call, 'Get')
  if ('status' in meeting) return meeting
  return {
    status: 200,
    body: {
      '@odata.context': context(call, `${path(meeting)}/attendanceReports`),
      value: [...meeting.reports].reverse().map(summary),
    },
  }
}

/** GET …/attendanceReports/{id}, with `$expand=attendanceRecords` for who was there (Get meetingAttendanceReport). */
export function getReport(call: GraphCall): Answer {
  const found = reportOf(call)
  if ('status' in found) return found
  const expand = (call.query.get('$expand') ?? '').split(',').map((part) => part.trim().toLowerCase())
  return {
    status: 200,
    body: {
      '@odata.context': context(call, `${path(found.meeting)}/attendanceReports/$entity`),
      ...summary(found.report),
      ...(expand.includes('attendancerecords') ? { attendanceRecords: recordsOf(call, found) } : {}),
    },
  }
}

/** GET …/attendanceReports/{id}/attendanceRecords (List attendanceRecords). */
export function listRecords(call: GraphCall): Answer {
  const found = reportOf(call)
  if ('status' in found) return found
  return {
    status: 200,
    body: {
      '@odata.context': context(
        call,
        `${path(found.meeting)}/attendanceReports('${found.report.id}')/attendanceRecords`,
      ),
      value: recordsOf(call, found),
    },
  }
}

type Found = { readonly meeting: StoredMeeting; readonly report: AttendanceReport }

function reportOf(call: GraphCall): Found | Answer {
  const meeting = meetingOf(call, 'Get')
  if ('status' in meeting) return meeting
  const report = meeting.reports.find(({ id }) => id === parameter(call, 2))
  return report ? { meeting, report } : notFound('Attendance report not found')
}

function path(meeting: StoredMeeting): string {
  return `users('${meeting.organizerId}')/onlineMeetings('${meeting.id}')`
}

function summary(report: AttendanceReport) {
  return {
    id: report.id,
    totalParticipantCount: byPerson(report.intervals).size,
    meetingStartDateTime: report.meetingStartDateTime,
    meetingEndDateTime: report.meetingEndDateTime,
  }
}

/** A signed-in person has one record however often they came; every anonymous join is a record of its own. */
function byPerson(intervals: readonly Interval[]): Map<string, Interval[]> {
  const people = new Map<string, Interval[]>()
  for (const interval of intervals) {
    const key = interval.userId ?? interval.participantId
    people.set(key, [...(people.get(key) ?? []), interval])
  }
  return people
}

function recordsOf(call: GraphCall, { meeting, report }: Found) {
  return [...byPerson(report.intervals)].map(([key, intervals]) => {
    const first = intervals[0]
    const user = call.tenant.users.find(({ id }) => id === first?.userId)
    const times = intervals.map(({ joinDateTime, leaveDateTime = report.meetingEndDateTime }) => ({
      joinDateTime,
      leaveDateTime,
      durationInSeconds: Math.round((Date.parse(leaveDateTime) - Date.parse(joinDateTime)) / 1000),
    }))
    return {
      id: key,
      emailAddress: user?.mail ?? null,
      totalAttendanceInSeconds: times.reduce((sum, { durationInSeconds }) => sum + durationInSeconds, 0),
      role: roleOf(meeting, first?.userId, user?.upn),
      registrantId: null,
      identity: {
        id: key,
        displayName: first?.displayName ?? null,
        tenantId: user ? meeting.tenantId : null,
      },
      attendanceIntervals: times,
    }
  })
}

function roleOf(meeting: StoredMeeting, userId: string | undefined, upn: string | undefined): string {
  const account = userId && upn ? { tenantId: meeting.tenantId, userId, upn } : undefined
  const role = roleIn(meeting, account)
  if (role === 'organizer') return 'Organizer'
  return role === 'attendee' ? 'Attendee' : 'Presenter'
}
