import type { Mappings } from '../accounts/mapping.ts'
import { ok, type Result } from '../result.ts'
import type { Site } from '../sites/site.ts'
import type { Visit, VisitMeeting, VisitSeals } from '../visits/visit.ts'
import type { VisitStore } from '../visits/visit-store.ts'
import type { Graph } from './graph.ts'
import { chooseOrganizer, createMeeting, type MeetingFailure } from './meeting.ts'
import { readUser } from './user.ts'

export type MeetingPorts = {
  readonly visits: VisitStore
  readonly seals: VisitSeals
  readonly mappings: Mappings
  readonly graph: (tenantId: string) => Promise<Graph>
  readonly teamsOrigins: readonly string[]
  readonly now: () => Date
}

const AGAIN_MS = 60_000

/**
 * The meeting of a visit: the one in its row, or else made now. Two who ask at once get the same meeting, since the
 * organizer follows from the visit and Graph knows the externalId.
 * @param clinicians Entra ids of those who should be able to run the meeting besides the organizer.
 */
export async function ensureMeeting(
  ports: MeetingPorts,
  site: Site,
  visit: Visit,
  practitionerIds: readonly string[],
  clinicians: readonly string[] = [],
): Promise<Result<{ meeting: VisitMeeting; created: boolean }, MeetingFailure>> {
  const known = ports.seals.meeting(visit)
  if (known) return ok({ meeting: known, created: false })
  const made = await makeMeeting(ports, site, visit, practitionerIds, clinicians)
  if (!made.ok) await noteFailure(ports, visit, made.failure.code)
  return made
}

/** The reports tell of it, should the visit come to nothing. A page that asks again and again writes it once a minute. */
async function noteFailure(ports: MeetingPorts, visit: Visit, meetingFailure: MeetingFailure): Promise<void> {
  const at = ports.now().getTime()
  await ports.visits.update(visit, (row) =>
    row.meetingFailure === meetingFailure && at - Date.parse(row.meetingFailedAt ?? '') < AGAIN_MS
      ? undefined
      : { ...row, meetingFailure, meetingFailedAt: new Date(at).toISOString() },
  )
}

async function makeMeeting(
  ports: MeetingPorts,
  site: Site,
  visit: Visit,
  practitionerIds: readonly string[],
  clinicians: readonly string[],
): Promise<Result<{ meeting: VisitMeeting; created: boolean }, MeetingFailure>> {
  const organizer = chooseOrganizer(site.organizers, visit.visitKey)
  if (!organizer.ok) return organizer
  const graph = await ports.graph(site.tenantId)
  const mapped = await ports.mappings.ofPractitioners(site.tenantId, site.siteId, practitionerIds)
  const coOrganizers: { id: string; upn: string }[] = []
  for (const id of new Set([...clinicians, ...mapped])) {
    const user = await readUser(graph, id)
    // A colleague who left does not keep the visit from taking place.
    if (user.ok && user.value.enabled && id !== organizer.value) coOrganizers.push(user.value)
  }
  const made = await createMeeting(graph, {
    organizerId: organizer.value,
    visitKey: visit.visitKey,
    start: new Date(visit.row.start),
    minutes: visit.row.minutes,
    coOrganizers,
    teamsOrigins: ports.teamsOrigins,
  })
  if (!made.ok) return made
  const stored = await ports.visits.update(visit, (row) =>
    row.sealedMeeting === undefined
      ? { ...row, sealedMeeting: ports.seals.sealMeeting(visit, made.value) }
      : undefined,
  )
  // Somebody may have been first, with another organizer where the site's list changed in between: theirs is the meeting.
  const meeting = (stored && ports.seals.meeting(stored)) ?? made.value
  return ok({ meeting, created: meeting.meetingId === made.value.meetingId })
}
