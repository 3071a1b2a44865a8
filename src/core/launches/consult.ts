import type { IdentityKeys } from '../keys/identity.ts'
import type { KeyRing } from '../keys/key-ring.ts'
import { bucketOf } from '../keys/link-token.ts'
import { ensureMeeting, type MeetingPorts } from '../meetings/ensure-meeting.ts'
import type { MeetingFailure } from '../meetings/meeting.ts'
import { ok, type Result } from '../result.ts'
import type { Site } from '../sites/site.ts'
import { utcDay } from '../visits/bay.ts'
import { type Visit, type VisitRef, visitRef } from '../visits/visit.ts'

export type ConsultPorts = MeetingPorts & {
  readonly identity: IdentityKeys
  readonly linkKeys: KeyRing
}

/** How long a consult may last before its links end. */
const MINUTES = 60

/**
 * A visit without a patient: a clinician consults another provider. It has a meeting and links like any visit, no
 * appointment, no notices, and begins now.
 * @param clinicianId Entra id of who asks: they run the meeting.
 * @param form names the launch and its form: the same form sent twice is one consult, and one meeting.
 */
export async function startConsult(
  ports: ConsultPorts,
  site: Site,
  clinicianId: string,
  form: string,
): Promise<Result<VisitRef, MeetingFailure>> {
  // No FHIR id has this form: it can be no appointment's visit.
  const ref = visitRef(ports.identity, site, `consult|${form}`)
  const now = ports.now()
  const start = now.toISOString()
  const known = await ports.visits.find(ref)
  const written =
    known ??
    (await ports.visits.save(ref, undefined, {
      schema: 1,
      type: 'visit',
      departmentId: 'consult',
      start,
      minutes: MINUTES,
      version: 1,
      cause: 'untold',
      since: start,
      cancelled: false,
      video: true,
      ehrVersion: '',
      linkKeyId: ports.linkKeys.current.id,
      linkSerial: 1,
      linkBucket: bucketOf(ref.siteId, utcDay(now)),
      consult: true,
    }))
  // Undefined where the same form was sent at the same moment: that one wrote it.
  const visit = written ?? (await ports.visits.find(ref))
  if (!visit) throw new Error('the row of a consult was not written')
  const made = await ensureMeeting(ports, site, visit, [], [clinicianId])
  return made.ok ? ok(ref) : made
}

/** A consult of this tenant and site, by its reference. */
export async function findConsult(
  { visits }: Pick<ConsultPorts, 'visits'>,
  ref: VisitRef,
): Promise<Visit | undefined> {
  const visit = await visits.find(ref)
  return visit?.row.consult ? visit : undefined
}
