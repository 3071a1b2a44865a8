import { z } from 'zod'
import { fail, ok, type Result } from '../result.ts'
import type { VisitMeeting } from '../visits/visit.ts'
import type { Graph } from './graph.ts'
import { callGraph, type GraphFailure } from './graph-call.ts'

export type MeetingFailure = GraphFailure | 'meeting_no_organizer' | 'meeting_url_foreign'

export type MeetingRequest = {
  /** Chosen once and kept in the visit row: another organizer would get another meeting. */
  readonly organizerId: string
  readonly visitKey: string
  readonly start: Date
  readonly minutes: number
  /** The appointment's clinicians who are known already; they cannot be added once the meeting runs. */
  readonly coOrganizers: readonly { readonly id: string; readonly upn: string }[]
  /** Origins that a join URL may have. */
  readonly teamsOrigins: readonly string[]
}

/** Graph's own schemas disagree on the case of these names. */
const audioConferencing = z.preprocess(
  (value) =>
    value && typeof value === 'object'
      ? Object.fromEntries(Object.entries(value).map(([name, held]) => [name.toLowerCase(), held]))
      : value,
  z.object({ tollnumber: z.string().nullish(), conferenceid: z.string().nullish() }).nullish(),
)
const answer = z.object({ id: z.string().min(1), joinWebUrl: z.url(), audioConferencing })
const rulesAnswer = z.object({ lobbyBypassSettings: z.object({ scope: z.string() }).nullish() }).nullish()

/** Names neither clinician nor patient: everybody in the meeting reads it. */
const SUBJECT = 'Virtual appointment'

/** The service account that organizes a visit's meeting: spread evenly, and the same at every try. */
export function chooseOrganizer(
  organizers: readonly string[],
  visitKey: string,
): Result<string, 'meeting_no_organizer'> {
  const number = Buffer.from(visitKey, 'base64url').readUInt32BE(0)
  const chosen = organizers[number % Math.max(1, organizers.length)]
  return chosen === undefined ? fail('meeting_no_organizer') : ok(chosen)
}

/**
 * Creates the meeting of a visit, or finds the one that is there (Graph, "onlineMeeting: createOrGet"; identity is
 * tenant, user and externalId), then sets what createOrGet ignores: who waits in the lobby and who may admit.
 * The tenant's people enter and admit; everybody else waits. Chat lasts as long as the meeting; nothing is recorded
 * by itself.
 */
export async function createMeeting(
  graph: Graph,
  request: MeetingRequest,
): Promise<Result<VisitMeeting, MeetingFailure>> {
  const user = `/users/${encodeURIComponent(request.organizerId)}/onlineMeetings`
  const created = await callGraph(async () =>
    answer.parse(
      await graph.api(`${user}/createOrGet`).post({
        externalId: request.visitKey,
        subject: SUBJECT,
        ...times(request),
        participants: {
          attendees: request.coOrganizers.map(({ id, upn }) => ({
            upn,
            role: 'coorganizer',
            identity: { user: { id } },
          })),
        },
      }),
    ),
  )
  if (!created.ok) return created
  const { id, joinWebUrl, audioConferencing } = created.value
  if (!request.teamsOrigins.includes(new URL(joinWebUrl).origin)) return fail('meeting_url_foreign')
  const path = `${user}/${encodeURIComponent(id)}`
  const rules = await callGraph(async () =>
    rulesAnswer.parse(await graph.api(path).patch({ ...MEETING_RULES, ...times(request) })),
  )
  if (!rules.ok) return rules
  // Where the tenant's policy overrules us the meeting must not be used: patients could walk in on each other.
  const scope = rules.value?.lobbyBypassSettings?.scope
  if (scope !== undefined && !SAFE_LOBBIES.has(scope))
    return fail('graph_refused', { detail: 'the lobby was not set' })
  const virtual = await virtualAppointmentUrl(graph, path, request.teamsOrigins)
  const { tollnumber, conferenceid } = audioConferencing ?? {}
  return ok({
    organizerId: request.organizerId,
    meetingId: id,
    joinWebUrl,
    ...(virtual ? { virtualAppointmentUrl: virtual } : {}),
    ...(tollnumber && conferenceid ? { dialIn: { number: tollnumber, conferenceId: conferenceid } } : {}),
  })
}

const MEETING_RULES = {
  lobbyBypassSettings: { scope: 'organization', isDialInBypassEnabled: false },
  allowedPresenters: 'organization',
  allowMeetingChat: 'limited',
  recordAutomatically: false,
  isEntryExitAnnounced: false,
}

/** Everybody from outside waits. */
const SAFE_LOBBIES = new Set(['organization', 'organizationExcludingGuests', 'organizer', 'invited'])

/** Start and end go together, or Graph refuses both. An hour more, for the visit that starts late. */
function times({ start, minutes }: MeetingRequest) {
  return {
    startDateTime: start.toISOString(),
    endDateTime: new Date(start.getTime() + (minutes + 60) * 60_000).toISOString(),
  }
}

/**
 * Graph, "virtualAppointment: getVirtualAppointmentJoinWebUrl". Sources disagree on whether an application may ask:
 * where it is refused, the join URL serves the patient just as well.
 */
async function virtualAppointmentUrl(
  graph: Graph,
  path: string,
  origins: readonly string[],
): Promise<string | undefined> {
  const asked = await callGraph(async () =>
    z.object({ value: z.url() }).parse(await graph.api(`${path}/getVirtualAppointmentJoinWebUrl`).get()),
  )
  return asked.ok && origins.includes(new URL(asked.value.value).origin) ? asked.value.value : undefined
}
