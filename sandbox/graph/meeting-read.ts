import { type Answer, badRequest, refuse } from './answers.ts'
import { context, type GraphCall } from './call.ts'
import { onlineMeeting, onlineMeetings } from './online-meeting.ts'
import { meetingOf, organizerOf } from './organizer.ts'

/** GET /users/{id}/onlineMeetings/{id} (Get onlineMeeting). */
export function getMeeting(call: GraphCall): Answer {
  const meeting = meetingOf(call, 'Get')
  return 'status' in meeting ? meeting : { status: 200, body: onlineMeeting(call, meeting) }
}

/**
 * GET /users/{id}/onlineMeetings?$filter=JoinWebUrl eq '…' (Get onlineMeeting, example 3). There is no list without
 * that filter.
 */
export function findMeeting(call: GraphCall): Answer {
  const organizer = organizerOf(call, 'Get')
  if ('status' in organizer) return organizer
  const filter = /^\s*joinWebUrl\s+eq\s+'(.*)'\s*$/i.exec(call.query.get('$filter') ?? '')
  if (!filter) return badRequest("Filter expression expected - /onlineMeetings?$filter=JoinWebUrl eq '…'.")
  const wanted = (filter[1] ?? '').replaceAll("''", "'")
  const found = [...call.state.meetings.values()].filter(
    (meeting) =>
      meeting.tenantId === call.tenant.id &&
      meeting.organizerId === organizer.id &&
      (meeting.joinWebUrl === wanted || decodeURIComponent(meeting.joinWebUrl) === wanted),
  )
  return { status: 200, body: onlineMeetings(call, organizer.id, found) }
}

/** DELETE /users/{id}/onlineMeetings/{id} (Delete onlineMeeting): the join URL opens nothing from now on. */
export function deleteMeeting(call: GraphCall): Answer {
  const meeting = meetingOf(call, 'Delete')
  if ('status' in meeting) return meeting
  if (call.state.faults.flaws.has('delete')) {
    return refuse(403, 'Forbidden', 'The meeting cannot be deleted.')
  }
  call.state.meetings.delete(meeting.id)
  return { status: 204 }
}

/**
 * GET …/getVirtualAppointmentJoinWebUrl (virtualAppointment: getVirtualAppointmentJoinWebUrl). Sources disagree
 * whether an application may call it; the stand-in refuses until its fault switch says otherwise.
 */
export function virtualAppointmentUrl(call: GraphCall): Answer {
  const meeting = meetingOf(call, 'Get')
  if ('status' in meeting) return meeting
  if (!call.state.faults.virtualAppointmentUrl) {
    return refuse(403, 'Forbidden', 'This API is not supported in application-only context.')
  }
  const query = new URLSearchParams({
    tid: meeting.tenantId,
    convId: meeting.threadId,
    oid: meeting.organizerId,
  })
  return {
    status: 200,
    body: {
      '@odata.context': context(call, 'Edm.String'),
      value: `${call.state.teamsUrl}/visit/route?${query}`,
    },
  }
}
