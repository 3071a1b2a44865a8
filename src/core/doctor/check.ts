import type { App } from '../app.ts'
import type { Appointment } from '../ehr/appointment.ts'
import type { Ehr } from '../ehr/ehr.ts'
import type { Site } from '../sites/site.ts'
import type { SmartConfiguration, SmartSite } from '../smart/types.ts'
import type { CheckId, Outcome } from './line.ts'

export type DoctorPorts = Pick<
  App,
  | 'settings'
  | 'now'
  | 'store'
  | 'outbound'
  | 'smart'
  | 'sites'
  | 'tenants'
  | 'graph'
  | 'renewedCredential'
  | 'sendText'
  | 'sendEmail'
  | 'keys'
  | 'notificationKeys'
  | 'phoneNumbers'
  | 'senders'
>

/** A meeting that was made for the run, and is deleted at its end. */
export type TestMeeting = {
  readonly organizerId: string
  readonly meetingId: string
  readonly joinWebUrl: string
}

/** What earlier checks found out and later ones build on. Lives as long as the run and is never stored. */
export type Facts = {
  /** The CapabilityStatement as it came. */
  statement?: unknown
  configuration?: SmartConfiguration
  smartSite?: SmartSite
  accessToken?: string
  /** Access that was asked for and not granted, space-separated. */
  missingScopes?: string
  ehr?: Ehr
  appointments?: readonly Appointment[]
  readonly meetings: TestMeeting[]
  /** Organizers whose meetings of this month are used up. */
  readonly full: string[]
}

/** In place of a user id: a command of whoever runs the service started it, nobody of the tenant. */
export const BY_COMMAND = 'command'

/** One run on one site. */
export type Run = {
  readonly ports: DoctorPorts
  readonly site: Site
  readonly runId: string
  readonly startedAt: Date
  /** Entra user id of who started it, or {@link BY_COMMAND}. */
  readonly by: string
  /** The administrator's own phone, E.164; undefined where none was given. */
  readonly phone: string | undefined
  readonly facts: Facts
}

export type Check = {
  readonly id: CheckId
  /** Checks that must not have failed or been left out; this one is skipped otherwise. */
  readonly after: readonly CheckId[]
  run(run: Run): Promise<Outcome>
}
