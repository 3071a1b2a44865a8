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

export * from './acs/contract.ts'
export type * from './console/contract.ts'
export * from './ehr/contract.ts'

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
  /** What an organization has set up wrongly. */
  readonly flaws: Set<GraphFlaw>
}

/**
 * Organizers whose meetings of the month are used up, a policy that overrules the lobby, join links of another cloud,
 * subscriptions that are refused, meetings that cannot be deleted.
 */
export const GRAPH_FLAWS = ['meeting_limit', 'lobby', 'join_url', 'subscriptions', 'delete'] as const
export type GraphFlaw = (typeof GRAPH_FLAWS)[number]

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
