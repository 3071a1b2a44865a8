import type { EntraUser } from '../contracts.ts'
import { context, type GraphCall } from './call.ts'
import type { StoredMeeting } from './state.ts'

/** Members that a client sees only when it asks for them (Prefer: include-unknown-enum-members). */
const EVOLVED = new Set(['invited', 'organizationExcludingGuests'])

/** The onlineMeeting resource as Graph serves it (onlineMeeting resource type). */
export function onlineMeeting(call: GraphCall, meeting: StoredMeeting): Record<string, unknown> {
  const organizer = call.tenant.users.find((user) => user.id === meeting.organizerId)
  return {
    '@odata.context': context(call, `users('${meeting.organizerId}')/onlineMeetings/$entity`),
    ...plain(call, meeting, organizer),
  }
}

/** The answer to a filter: the same without its own context. */
export function onlineMeetings(call: GraphCall, userId: string, meetings: readonly StoredMeeting[]) {
  return {
    '@odata.context': context(call, `users('${userId}')/onlineMeetings`),
    value: meetings.map((meeting) =>
      plain(
        call,
        meeting,
        call.tenant.users.find((user) => user.id === meeting.organizerId),
      ),
    ),
  }
}

function plain(call: GraphCall, meeting: StoredMeeting, organizer: EntraUser | undefined) {
  const { teamsUrl } = call.state
  return {
    id: meeting.id,
    creationDateTime: meeting.creationDateTime,
    startDateTime: meeting.startDateTime,
    endDateTime: meeting.endDateTime,
    joinUrl: meeting.joinWebUrl,
    joinWebUrl: meeting.joinWebUrl,
    meetingCode: meeting.conferenceId,
    subject: meeting.subject,
    isBroadcast: false,
    externalId: meeting.externalId,
    isEntryExitAnnounced: meeting.isEntryExitAnnounced,
    allowedPresenters: meeting.allowedPresenters,
    allowedLobbyAdmitters: meeting.allowedLobbyAdmitters,
    allowMeetingChat: meeting.allowMeetingChat,
    allowRecording: meeting.allowRecording,
    recordAutomatically: meeting.recordAutomatically,
    ...meeting.otherOptions,
    videoTeleconferenceId: null,
    broadcastSettings: null,
    joinInformation: null,
    lobbyBypassSettings: {
      scope: scopeShown(call, meeting),
      isDialInBypassEnabled: meeting.isDialInBypassEnabled,
    },
    audioConferencing: {
      conferenceId: meeting.conferenceId,
      tollNumber: '+12065550100',
      tollFreeNumber: null,
      dialinUrl: `${teamsUrl}/dialin/${meeting.organizerId}?id=${meeting.conferenceId}`,
    },
    chatInfo: { threadId: meeting.threadId, messageId: '0', replyChainMessageId: null },
    participants: {
      organizer: participant(meeting.tenantId, organizer, organizer?.upn ?? null, 'presenter'),
      attendees: meeting.attendees.map(({ upn, role }) =>
        participant(
          meeting.tenantId,
          call.tenant.users.find((user) => user.upn.toLowerCase() === upn.toLowerCase()),
          upn,
          role,
        ),
      ),
    },
  }
}

function participant(tenantId: string, user: EntraUser | undefined, upn: string | null, role: string) {
  return {
    upn,
    role,
    identity: {
      application: null,
      device: null,
      user: user ? { id: user.id, displayName: null, tenantId, identityProvider: 'AAD' } : null,
    },
  }
}

function scopeShown(call: GraphCall, meeting: StoredMeeting): string {
  const wantsAll = (call.headers.prefer ?? '').toLowerCase().includes('include-unknown-enum-members')
  return EVOLVED.has(meeting.lobbyScope) && !wantsAll ? 'unknownFutureValue' : meeting.lobbyScope
}
