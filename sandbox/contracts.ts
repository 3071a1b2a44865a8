/** The time that every stand-in lives by. The sandbox moves `Date` itself (see clock/), tests pass their own. */
export type Now = () => Date

/** One line of a stand-in's ledger: what reached it and what it answered. Tests read these as evidence. */
export type LedgerEntry = {
  readonly at: string
  readonly method: string
  readonly path: string
  readonly status: number
  /** Parsed request body where there was one. */
  readonly body?: unknown
  readonly note?: string
}

/** A documented refusal of a stand-in; a test provokes every row by a raw request. */
export type Refusal = {
  /** Short stable id, the name of the test that provokes it. */
  readonly id: string
  readonly request: string
  readonly status: number
  readonly body: string
  /** The vendor's page or clause that says so, by title. */
  readonly source: string
}

export type StandIn = {
  readonly ledger: readonly LedgerEntry[]
  close(): Promise<void>
}

/** Key and certificate (PEM) of a stand-in that listens on https; made by certificates/. */
export type Certificate = { readonly key: string; readonly cert: string; readonly ca: string }

export type TokenClaims = Readonly<Record<string, unknown>> & {
  readonly tid?: string
  readonly appid?: string
}

/** How Graph and ACS check a bearer token: signature by the sandbox Entra, expiry, audience. */
export type VerifyToken = (token: string, audience: string) => Promise<TokenClaims>

// ---------------------------------------------------------------- EHR

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
  /** Milliseconds added to every answer. */
  slowMs: number
  /** Scopes that the token endpoint drops silently. */
  dropScopes: string[]
  /** The next authorize request answers with this OAuth error. */
  authorizeError: string | undefined
  /** The token response carries no appointment, encounter or patient context. */
  withoutContext: boolean
}

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
}

export type EhrClient = {
  readonly clientId: string
  readonly kind: 'public' | 'private_key_jwt' | 'client_secret_basic'
  readonly redirectUris: readonly string[]
  /** Space-separated, SMART v1 or v2 scopes. */
  readonly scope: string
  readonly grants: readonly ('authorization_code' | 'client_credentials')[]
  readonly jwks?: { readonly keys: readonly Record<string, unknown>[] }
  readonly jwksUri?: string
  readonly secret?: string
}

// ---------------------------------------------------------------- Entra

export type EntraUser = {
  readonly id: string
  readonly upn: string
  readonly displayName: string
  readonly mail: string
  /** Directory role template ids, as they come in the `wids` claim. */
  readonly wids: readonly string[]
  /** App roles assigned on our application, as they come in `roles`. */
  readonly appRoles: readonly string[]
  readonly enabled: boolean
  /** Holds a licence that includes Teams. */
  readonly teams: boolean
}

export type EntraTenant = {
  readonly id: string
  readonly displayName: string
  readonly users: EntraUser[]
  /** Application permissions that an administrator of the tenant has consented to for our application. */
  readonly consented: Set<string>
}

export type Entra = StandIn & {
  /** `https://localhost:{port}`: token endpoints, discovery, keys. */
  readonly authority: string
  /** `http://localhost:{port}`: what a person's browser opens. */
  readonly signInUrl: string
  /** Two tenants: [0] Contoso-like configured clinic, [1] an unconfigured one. */
  readonly tenants: EntraTenant[]
  readonly verify: VerifyToken
  /** Our application as registered: client id, redirect URIs, the public keys its assertions are checked with. */
  register(application: {
    clientId: string
    redirectUris: readonly string[]
    assertionJwks: { keys: readonly Record<string, unknown>[] }
  }): void
  /** The signed-in account of a browser, from its Entra session cookie; used by the Teams page. */
  accountOf(cookieHeader: string | undefined): { tenantId: string; userId: string } | undefined
}

// ---------------------------------------------------------------- Graph and Teams

export type LobbyScope =
  | 'organizer'
  | 'organization'
  | 'organizationAndFederated'
  | 'everyone'
  | 'invited'
  | 'organizationExcludingGuests'

export type Meeting = {
  readonly id: string
  readonly tenantId: string
  readonly organizerId: string
  readonly externalId: string
  readonly joinWebUrl: string
  subject: string
  startDateTime: string
  endDateTime: string
  lobbyScope: LobbyScope
  allowedPresenters: string
  allowMeetingChat: string
  recordAutomatically: boolean
  attendees: { upn: string; role: 'attendee' | 'presenter' | 'coorganizer' }[]
  running: boolean
}

export type GraphFaults = {
  slowMs: number
  throttled: boolean
  unavailable: boolean
  /** The virtual-appointment URL is given instead of refused. */
  virtualAppointmentUrl: boolean
}

/** One person in a meeting, as Teams sees them. */
export type Participant = {
  readonly id: string
  readonly displayName: string
  readonly userId: string | undefined
  readonly inLobby: boolean
  readonly joinedAt: string
}

export type Graph = StandIn & {
  /** `https://localhost:{port}`; the app's GRAPH_BASE_URL. */
  readonly baseUrl: string
  readonly faults: GraphFaults
  meetings(): Meeting[]
  /** Users (by id) who hold the Teams application access policy for our application. */
  readonly accessPolicy: Set<string>
  /** Teams tells Graph of joins, admissions and leaves: subscriptions are notified, attendance reports grow. */
  roster(meetingId: string, event: RosterEvent): Promise<void>
  findByJoinUrl(joinWebUrl: string): Meeting | undefined
}

export type RosterEvent =
  | { kind: 'joined'; participant: Participant }
  | { kind: 'admitted'; participantId: string }
  | { kind: 'left'; participantId: string }
  | { kind: 'ended' }

export type Teams = StandIn & {
  /** `http://localhost:{port}`; join URLs live under it. */
  readonly url: string
  participants(meetingId: string): Participant[]
}

// ---------------------------------------------------------------- ACS

export type SmsRecord = {
  readonly messageId: string
  readonly from: string
  readonly to: string
  readonly message: string
  readonly tag: string | undefined
  readonly repeatabilityRequestId: string | undefined
  /** When it was accepted. */
  readonly at: string
  deliveryStatus: 'pending' | 'Delivered' | 'Failed'
}

export type AcsFaults = {
  throttled: boolean
  unavailable: boolean
  slowMs: number
  /** Seconds that a repeatability id is remembered; 0 = never. */
  repeatabilitySeconds: number
  /** Delivery reports: sent twice, held back until `flushReports`, in reverse order. */
  doubleReports: boolean
  holdReports: boolean
  /** The connection breaks after the text was accepted: the sender never learns the outcome. */
  loseAnswers: boolean
}

export type Acs = StandIn & {
  /** `https://localhost:{port}`; the app's ACS_ENDPOINT. */
  readonly endpoint: string
  readonly faults: AcsFaults
  /** Every text accepted, oldest first: the phone's view. */
  texts(): SmsRecord[]
  emails(): { id: string; to: string; subject: string; plainText: string; html: string; at: string }[]
  /** Numbers of this Communication Services resource. */
  numbers(): { phoneNumber: string; kind: 'tollFree'; verified: boolean }[]
  /** Money spent on purchases. */
  purchases(): { searchId: string; phoneNumber: string; at: string }[]
  /** A patient's answer (STOP, HELP …), delivered as an SMSReceived event. */
  reply(from: string, to: string, message: string): Promise<void>
  flushReports(order?: 'inOrder' | 'reversed'): Promise<void>
  /** Where Event Grid posts: the host's webhook URLs by event type. */
  subscribe(eventTypes: readonly string[], webhookUrl: string): Promise<void>
}

// ---------------------------------------------------------------- console

/** A clinic whose board the console can show: a customer of the EHR with its own people. */
export type ConsoleClinic = {
  readonly id: string
  readonly name: string
  readonly timeZone: string
  readonly ehr: Ehr
  /** The clinic's Microsoft 365 organization. */
  readonly tenantId: string
}

export type ConsoleParts = {
  readonly appUrl: string
  /** The first is shown unless another is chosen; absent = `ehr` alone. */
  readonly clinics?: readonly ConsoleClinic[]
  readonly ehr: Ehr
  readonly entra: Entra
  readonly graph: Graph
  readonly teams: Teams
  readonly acs: Acs
  readonly clock: SandboxClock
}

export type SandboxClock = {
  now(): Date
  readonly offsetMs: number
  /** Moves every process of the sandbox (stand-ins, storage, functions host) forward together. */
  advance(ms: number): Promise<void>
}
