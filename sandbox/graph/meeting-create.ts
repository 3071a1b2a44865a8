import { z } from 'zod'
import { type Answer, badRequest, refuse } from './answers.ts'
import { attendeesOf, participants } from './attendees.ts'
import type { GraphCall } from './call.ts'
import { onlineMeeting } from './online-meeting.ts'
import { organizerOf } from './organizer.ts'
import { graphDate, type StoredMeeting } from './state.ts'

const HOUR = 3_600_000
/** Cloud communications service limits: meetings per user each month. */
const MEETINGS_PER_USER_AND_MONTH = 2000

const moment = z.iso
  .datetime({ offset: true, local: true })
  .transform((text) => new Date(/Z|[+-]\d\d:\d\d$/.test(text) ? text : `${text}Z`))

/** Options (lobby, chat …) may stand in the body and are not looked at: createOrGet takes these alone. */
const body = z.object({
  externalId: z.string().min(1),
  subject: z.string().nullish(),
  startDateTime: moment.nullish(),
  endDateTime: moment.nullish(),
  participants: participants.nullish(),
  chatInfo: z.unknown().optional(),
})

/**
 * POST /users/{id}/onlineMeetings/createOrGet (onlineMeeting: createOrGet). Tenant, user and externalId are the
 * meeting's identity; a meeting that exists comes back as it is (200), whatever the body says; a new one is 201.
 */
export function createOrGet(call: GraphCall): Answer {
  const organizer = organizerOf(call, 'Create')
  if ('status' in organizer) return organizer
  const parsed = body.safeParse(call.body)
  if (!parsed.success) {
    return badRequest(`Invalid value for '${parsed.error.issues[0]?.path.join('.') || 'externalId'}'.`)
  }
  const asked = parsed.data
  const { state } = call
  for (const meeting of state.meetings.values()) {
    if (
      meeting.tenantId === call.tenant.id &&
      meeting.organizerId === organizer.id &&
      meeting.externalId === asked.externalId
    ) {
      return { status: 200, body: onlineMeeting(call, meeting) }
    }
  }
  const times = timesOf(asked, state.now())
  if ('status' in times) return times
  const month = `${organizer.id} ${state.now().toISOString().slice(0, 7)}`
  const made = state.created.get(month) ?? 0
  if (made >= MEETINGS_PER_USER_AND_MONTH || state.faults.flaws.has('meeting_limit')) {
    return refuse(429, 'TooManyRequests', 'The user has reached the limit of 2000 meetings for this month.')
  }
  state.created.set(month, made + 1)
  const meeting = newMeeting(call, organizer.id, asked.externalId, asked.subject ?? '', times)
  meeting.attendees = attendeesOf(asked.participants)
  state.meetings.set(meeting.id, meeting)
  return { status: 201, body: onlineMeeting(call, meeting) }
}

type Times = { readonly start: Date; readonly end: Date }

/** Defaults and refusals of the times, as the notes of the page say. */
function timesOf(
  asked: { startDateTime?: Date | null | undefined; endDateTime?: Date | null | undefined },
  now: Date,
): Times | Answer {
  const { startDateTime, endDateTime } = asked
  if (endDateTime && !startDateTime) return badRequest('startDateTime is required when endDateTime is given.')
  const start = startDateTime ?? now
  const end = endDateTime ?? new Date(start.getTime() + HOUR)
  if (end < start) return badRequest('endDateTime must not be earlier than startDateTime.')
  return { start, end }
}

function newMeeting(
  call: GraphCall,
  organizerId: string,
  externalId: string,
  subject: string,
  times: Times,
): StoredMeeting {
  const { state, tenant } = call
  const identity = `${tenant.id} ${organizerId} ${externalId}`
  const generation = state.generations.get(identity) ?? 0
  state.generations.set(identity, generation + 1)
  const parts = [identity, String(generation)]
  const thread = `meeting_${Buffer.from(state.ids.guid('thread', ...parts)).toString('base64url')}`
  const threadId = `19:${thread}@thread.v2`
  const context = encodeURIComponent(JSON.stringify({ Tid: tenant.id, Oid: organizerId })).replace(
    /%../g,
    (hex) => hex.toLowerCase(),
  )
  return {
    id: Buffer.from(`1*${organizerId}*0**${threadId}`).toString('base64url'),
    tenantId: tenant.id,
    organizerId,
    externalId,
    joinWebUrl: `${state.faults.flaws.has('join_url') ? 'https://teams.example.us' : state.teamsUrl}/l/meetup-join/19%3a${thread}%40thread.v2/0?context=${context}`,
    threadId,
    conferenceId: state.ids.digits(9, ...parts),
    creationDateTime: graphDate(state.now()),
    subject,
    startDateTime: graphDate(times.start),
    endDateTime: graphDate(times.end),
    lobbyScope: 'organization',
    isDialInBypassEnabled: false,
    allowedPresenters: 'everyone',
    allowedLobbyAdmitters: 'organizerAndCoOrganizersAndPresenters',
    allowMeetingChat: 'enabled',
    allowRecording: true,
    recordAutomatically: false,
    isEntryExitAnnounced: true,
    otherOptions: {},
    attendees: [],
    running: false,
    call: undefined,
    reports: [],
  }
}
