import type { StoredMeeting } from './state.ts'

/** Somebody at the door of a meeting: a signed-in account or nobody known. */
export type Account = { readonly tenantId: string; readonly userId: string; readonly upn: string } | undefined

export type MeetingRole = 'organizer' | 'coorganizer' | 'presenter' | 'attendee'

/**
 * A person's role in a meeting (Roles in Microsoft Teams meetings): the organizer and the co-organizers by name, others
 * by `allowedPresenters`. An upn counts within the meeting's tenant alone.
 */
export function roleIn(meeting: StoredMeeting, account: Account): MeetingRole {
  const sameTenant = account !== undefined && account.tenantId === meeting.tenantId
  if (sameTenant && account.userId === meeting.organizerId) return 'organizer'
  const listed = sameTenant ? invitation(meeting, account.upn) : undefined
  if (listed?.role === 'coorganizer') return 'coorganizer'
  switch (meeting.allowedPresenters) {
    case 'everyone':
      return 'presenter'
    case 'organization':
      return sameTenant ? 'presenter' : 'attendee'
    case 'roleIsPresenter':
      return listed?.role === 'presenter' ? 'presenter' : 'attendee'
    default:
      return 'attendee'
  }
}

/** The attendee entry with this upn, whatever its letter case. */
export function invitation(meeting: StoredMeeting, upn: string) {
  return meeting.attendees.find((attendee) => attendee.upn.toLowerCase() === upn.toLowerCase())
}
