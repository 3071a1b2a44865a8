import type { EntraTenant, EntraUser, GraphFaults, Meeting, Now, Participant } from '../contracts.ts'
import type { CallRecord } from './call-records.ts'
import type { Identifiers } from './identifiers.ts'
import type { Subscription } from './subscription.ts'

/** An online meeting as Graph keeps it: the contract's part and what Teams and the resource shape need besides. */
export type StoredMeeting = Meeting & {
  readonly creationDateTime: string
  /** `19:meeting_…@thread.v2`. */
  readonly threadId: string
  readonly conferenceId: string
  allowedLobbyAdmitters: 'organizerAndCoOrganizersAndPresenters' | 'organizerAndCoOrganizers'
  isDialInBypassEnabled: boolean
  isEntryExitAnnounced: boolean
  allowRecording: boolean
  /** Further boolean options that can be set and are only kept. */
  otherOptions: Record<string, boolean>
  /** The call going on: who is in it or waits, and everybody's time in it. */
  call: Call | undefined
  readonly reports: AttendanceReport[]
}

export type Call = {
  readonly startedAt: string
  readonly present: Map<string, Participant>
  readonly intervals: Interval[]
}

/** Time in the meeting; time in the lobby does not count. */
export type Interval = {
  readonly participantId: string
  readonly userId: string | undefined
  readonly displayName: string
  readonly joinDateTime: string
  leaveDateTime: string | undefined
}

export type AttendanceReport = {
  readonly id: string
  readonly meetingStartDateTime: string
  readonly meetingEndDateTime: string
  readonly intervals: readonly Interval[]
}

/** How the two disputed spots of a call event are spelled; sources disagree, so that a reader must know both. */
export type EventSpelling = {
  eventType: 'eventType' | 'callEventType'
  participants: 'participants@delta' | 'participants'
  /** Under which key an anonymous person stands. */
  guest: 'guest' | 'azureCommunicationServicesUser'
}

export type GraphState = {
  readonly baseUrl: string
  readonly teamsUrl: string
  readonly now: Now
  readonly tenants: readonly EntraTenant[]
  /** Our application's client id, where it is known; the access policy names it. */
  readonly appId: string | undefined
  readonly ids: Identifiers
  readonly accessPolicy: Set<string>
  readonly meetings: Map<string, StoredMeeting>
  readonly subscriptions: Map<string, Subscription>
  readonly faults: Pick<GraphFaults, 'virtualAppointmentUrl' | 'flaws'>
  readonly settings: {
    /** Which of the two documented refusals a user without the access policy draws. */
    policyRefusal: 'Forbidden' | 'Unauthorized'
    readonly spelling: EventSpelling
    /** How the next call is measured, and how long its record takes (hours, in reality). */
    callQuality: CallRecord['quality']
    callRecordsAfterMinutes: number
  }
  /** Calls that ended, oldest first. */
  readonly callRecords: CallRecord[]
  /** Meetings made per user and calendar month. */
  readonly created: Map<string, number>
  /** How often a tenant + user + externalId was made anew after a deletion. */
  readonly generations: Map<string, number>
}

/** A user of the tenant by object id or, where `upnToo`, by user principal name. */
export function userOf(tenant: EntraTenant, idOrUpn: string, upnToo = true): EntraUser | undefined {
  const wanted = idOrUpn.toLowerCase()
  return tenant.users.find(
    (user) => user.id.toLowerCase() === wanted || (upnToo && user.upn.toLowerCase() === wanted),
  )
}

/** Graph's spelling of a moment: UTC, no fraction where it is zero. */
export function graphDate(at: Date): string {
  return at.toISOString().replace('.000Z', 'Z')
}
