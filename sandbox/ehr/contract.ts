import type { StandIn } from '../contracts.ts'

export type BookInput = {
  readonly patientId: string
  readonly practitionerId: string
  readonly locationId: string
  readonly start: Date
  readonly minutes?: number
  readonly video?: boolean
  readonly status?: 'proposed' | 'booked' | 'arrived' | 'checked-in' | 'fulfilled' | 'cancelled' | 'noshow'
}

/** A line of the PowerChart-like board. Synthetic people only. */
export type BoardRow = {
  readonly appointmentId: string
  readonly start: string
  readonly minutes: number
  readonly status: string
  readonly video: boolean
  readonly patientId: string
  readonly patientName: string
  readonly birthDate: string
  readonly language: string
  readonly phone: string | undefined
  readonly practitionerId: string
  readonly practitionerName: string
  readonly locationName: string
}

export type EhrFaults = {
  /** Every FHIR request answers 503 with Retry-After. */
  fhirUnavailable: boolean
  /** Every FHIR request answers 429 with a throttled OperationOutcome. */
  fhirThrottled: boolean
  /** Every FHIR request answers 401, whatever the token, and none is renewed: as after somebody ended all sessions. */
  fhirTokenRefused: boolean
  /** Every FHIR request answers 403: as after a right was taken away. */
  fhirForbidden: boolean
  /** Milliseconds added to every answer. */
  slowMs: number
  /** Scopes that the token endpoint drops silently. */
  dropScopes: string[]
  /** The next authorize request answers with this OAuth error. */
  authorizeError: string | undefined
  /** The token response carries no appointment, encounter or patient context. */
  withoutContext: boolean
  /** What is set up wrongly at this EHR. */
  readonly flaws: Set<EhrFlaw>
}

/**
 * Each makes one thing wrong that an EHR team may get wrong: the FHIR version, no smart-configuration, no PKCE, other ways
 * of client authentication, keys that cannot be read, a system account that is refused, searches that break, a
 * location that is not there, video visits without their mark, patients and writing that are not allowed.
 */
export const EHR_FLAWS = [
  'fhir_version',
  'smart_configuration',
  'pkce',
  'auth_methods',
  'keys',
  'system_account',
  'search',
  'location',
  'video_mark',
  'patient_read',
  'writing',
] as const
export type EhrFlaw = (typeof EHR_FLAWS)[number]

export type Ehr = StandIn & {
  /** FHIR base URL of the clinic, `http://localhost:{port}/r4/{ehr tenant}`: the `iss` of a launch. */
  readonly fhirBaseUrl: string
  readonly ehrTenant: string
  readonly faults: EhrFaults
  /** Rows of the day around now, sorted by start. */
  board(): BoardRow[]
  book(input: BookInput): { appointmentId: string }
  move(appointmentId: string, start: Date): void
  cancel(appointmentId: string): void
  setVideo(appointmentId: string, video: boolean): void
  /** The stored Appointment as the FHIR server would serve it. */
  appointment(appointmentId: string): fhir4.Appointment | undefined
  patients(): { id: string; name: string; phone: string | undefined; language: string }[]
  practitioners(): { id: string; name: string; username: string }[]
  locations(): { id: string; name: string }[]
  /**
   * What PowerChart does when the clinician clicks the Teams column: a launch context is made and the app's launch URL
   * is opened with `iss` and `launch`. `context` chooses what the token response carries.
   */
  launchUrl(
    appLaunchUrl: string,
    who: { practitionerId: string; appointmentId?: string; patientId?: string },
    context?: 'appointment' | 'encounter' | 'patient' | 'none',
  ): string
  /** Gives the EHR the application's client registrations (as an EHR team would type them from the integration record). */
  register(client: EhrClient): void
  /** Every registration, oldest first. */
  clients(): readonly EhrClient[]
}

export type EhrClient = {
  readonly clientId: string
  readonly name?: string
  /** What the Teams column of the board, or the patient portal, opens. */
  readonly launchUrl?: string
  readonly kind: 'public' | 'private_key_jwt' | 'client_secret_basic'
  readonly redirectUris: readonly string[]
  /** Space-separated, SMART v1 or v2 scopes. */
  readonly scope: string
  readonly grants: readonly ('authorization_code' | 'client_credentials')[]
  readonly jwks?: { readonly keys: readonly Record<string, unknown>[] }
  readonly jwksUri?: string
  readonly secret?: string
}
