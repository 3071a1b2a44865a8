import { z } from 'zod'
import { type Answer, badRequest } from './answers.ts'
import { attendeesOf } from './attendees.ts'
import type { GraphCall } from './call.ts'
import { onlineMeeting } from './online-meeting.ts'
import { meetingOf } from './organizer.ts'
import { graphDate } from './state.ts'

const OTHER_OPTIONS = [
  'allowAttendeeToEnableCamera',
  'allowAttendeeToEnableMic',
  'allowBreakoutRooms',
  'allowCopyingAndSharingMeetingContent',
  'allowPowerPointSharing',
  'allowTeamworkReactions',
  'allowTranscription',
  'allowWhiteboard',
] as const

const moment = z.iso.datetime({ offset: true }).transform((text) => new Date(text))

/** Adjusting attendees requires the full list; each needs `upn` and `role`. */
const attendees = z.array(
  z.object({
    upn: z.string().min(1),
    role: z.enum(['attendee', 'presenter', 'coorganizer']),
    identity: z.unknown().optional(),
  }),
)

const changes = z.strictObject({
  '@odata.type': z.string().optional(),
  subject: z.string().optional(),
  startDateTime: moment.optional(),
  endDateTime: moment.optional(),
  lobbyBypassSettings: z
    .strictObject({
      '@odata.type': z.string().optional(),
      scope: z
        .enum([
          'organizer',
          'organization',
          'organizationAndFederated',
          'everyone',
          'invited',
          'organizationExcludingGuests',
        ])
        .optional(),
      isDialInBypassEnabled: z.boolean().optional(),
    })
    .optional(),
  allowedPresenters: z.enum(['everyone', 'organization', 'roleIsPresenter', 'organizer']).optional(),
  allowMeetingChat: z.enum(['enabled', 'disabled', 'limited']).optional(),
  allowedLobbyAdmitters: z
    .enum(['organizerAndCoOrganizersAndPresenters', 'organizerAndCoOrganizers'])
    .optional(),
  recordAutomatically: z.boolean().optional(),
  allowRecording: z.boolean().optional(),
  isEntryExitAnnounced: z.boolean().optional(),
  participants: z.object({ attendees: attendees.optional() }).optional(),
  ...Object.fromEntries(OTHER_OPTIONS.map((name) => [name, z.boolean().optional()])),
})

/**
 * PATCH /users/{id}/onlineMeetings/{id} (Update onlineMeeting). While the meeting runs, what the page's last column
 * marks "No" (subject, times, participants, automatic recording) is accepted and changes nothing.
 */
export function updateMeeting(call: GraphCall): Answer {
  const meeting = meetingOf(call, 'Update')
  if ('status' in meeting) return meeting
  const parsed = changes.safeParse(call.body)
  if (!parsed.success) {
    const issue = parsed.error.issues[0]
    const where = issue?.code === 'unrecognized_keys' ? issue.keys[0] : issue?.path.join('.')
    return badRequest(`Invalid value for '${where ?? ''}'.`)
  }
  const asked = parsed.data
  if ((asked.startDateTime === undefined) !== (asked.endDateTime === undefined)) {
    return badRequest('startDateTime and endDateTime must be updated together.')
  }
  if (asked.startDateTime && asked.endDateTime && asked.endDateTime < asked.startDateTime) {
    return badRequest('endDateTime must not be earlier than startDateTime.')
  }

  const { scope, isDialInBypassEnabled } = asked.lobbyBypassSettings ?? {}
  if (scope !== undefined) meeting.lobbyScope = scope
  // The organization's meeting policy has the last word on who waits.
  if (call.state.faults.flaws.has('lobby')) meeting.lobbyScope = 'everyone'
  if (isDialInBypassEnabled !== undefined) meeting.isDialInBypassEnabled = isDialInBypassEnabled
  if (asked.allowedPresenters !== undefined) meeting.allowedPresenters = asked.allowedPresenters
  if (asked.allowMeetingChat !== undefined) meeting.allowMeetingChat = asked.allowMeetingChat
  if (asked.allowedLobbyAdmitters !== undefined) meeting.allowedLobbyAdmitters = asked.allowedLobbyAdmitters
  if (asked.allowRecording !== undefined) meeting.allowRecording = asked.allowRecording
  if (asked.isEntryExitAnnounced !== undefined) meeting.isEntryExitAnnounced = asked.isEntryExitAnnounced
  for (const name of OTHER_OPTIONS) {
    const value: unknown = asked[name as keyof typeof asked]
    if (typeof value === 'boolean') meeting.otherOptions[name] = value
  }
  if (!meeting.running) {
    if (asked.subject !== undefined) meeting.subject = asked.subject
    if (asked.startDateTime) meeting.startDateTime = graphDate(asked.startDateTime)
    if (asked.endDateTime) meeting.endDateTime = graphDate(asked.endDateTime)
    if (asked.recordAutomatically !== undefined) meeting.recordAutomatically = asked.recordAutomatically
    if (asked.participants?.attendees) meeting.attendees = attendeesOf(asked.participants)
  }
  return { status: 200, body: onlineMeeting(call, meeting) }
}
