import type { Appointment } from '../ehr/appointment.ts'
import type { Ehr } from '../ehr/ehr.ts'
import type { LinkAudience } from '../keys/link-token.ts'
import { ensureMeeting, type MeetingPorts } from '../meetings/ensure-meeting.ts'
import type { MeetingFailure } from '../meetings/meeting.ts'
import { fail, ok, type Result } from '../result.ts'
import type { Site } from '../sites/site.ts'
import { type TapState, tapState } from './tap.ts'
import type { Visit, VisitMeeting, VisitSeals } from './visit.ts'
import type { VisitStore } from './visit-store.ts'

export type TapFailure = 'link_unknown' | 'visit_not_open' | MeetingFailure

export type PatientPorts = MeetingPorts & {
  readonly visits: VisitStore
  readonly seals: VisitSeals
  readonly site: (tenantId: string, siteId: string) => Promise<Site | undefined>
  readonly ehr: (site: Site) => Promise<Result<Ehr, string>>
  readonly allowedTenants: readonly string[]
  readonly opensMinutes: number
  readonly now: () => Date
}

export type Tapped = {
  readonly site: Site
  readonly visit: Visit | undefined
  /** A guest's link opens the same visit; what is known of the patient does not follow from it. */
  readonly audience: LinkAudience
  readonly appointment: Appointment | undefined
  readonly state: TapState | { readonly kind: 'over' }
  readonly meeting: VisitMeeting | undefined
}

/** A link was opened. Reads, changes nothing: previews and scanners open links too. */
export async function tapLink(ports: PatientPorts, token: string): Promise<Result<Tapped, 'link_unknown'>> {
  const found = await ports.visits.byToken(token, ports.now())
  if (!found) return fail('link_unknown')
  const { visit, audience } = found
  const site = visit && (await ports.site(visit.tenantId, visit.siteId))
  if (!visit || !site || !ports.allowedTenants.includes(site.tenantId)) return fail('link_unknown')
  const meeting = ports.seals.meeting(visit)
  // What was sealed is taken off visits that are long over; nothing is left to ask the EHR with.
  if (visit.row.sealedAppointment === undefined) {
    const state = { kind: 'over' as const, start: new Date(visit.row.start) }
    return ok({ site, visit, audience, appointment: undefined, state, meeting })
  }
  const read = await readAppointment(ports, site, visit)
  const state = tapState(visit.row, read, ports.opensMinutes, ports.now())
  const appointment = read === 'unreadable' ? undefined : read
  return ok({ site, visit, audience, appointment, state, meeting })
}

/**
 * The patient pressed Join: the visit is asked once more, the meeting made where there is none, and the patient is
 * marked as on the way in.
 * @returns the address of the lobby.
 */
export async function joinAsPatient(ports: PatientPorts, token: string): Promise<Result<string, TapFailure>> {
  const tapped = await tapLink(ports, token)
  if (!tapped.ok) return tapped
  const { site, visit, audience, appointment, state } = tapped.value
  const open = state.kind === 'ready' || ('joinable' in state && state.joinable)
  if (!visit || !open) return fail('visit_not_open')
  const made = await ensureMeeting(ports, site, visit, appointment?.practitionerIds ?? [])
  if (!made.ok) return made
  const at = ports.now().toISOString()
  await ports.visits.update(visit, (row) => ({
    ...row,
    waitedFrom: row.waitedFrom ?? at,
    ...(audience === 'patient' ? { patientSeenAt: row.patientSeenAt ?? at, patientWaitingSince: at } : {}),
  }))
  return ok(guestUrl(made.value.meeting))
}

async function readAppointment(
  ports: PatientPorts,
  site: Site,
  visit: Visit,
): Promise<Appointment | undefined | 'unreadable'> {
  const id = ports.seals.appointmentId(visit)
  // Sealed with a key that is gone: we cannot ask, which is not the same as "cancelled".
  if (id === undefined) return 'unreadable'
  const ehr = await ports.ehr(site)
  if (!ehr.ok) return 'unreadable'
  const read = await ehr.value.appointment(id)
  if (read.ok) return read.value
  return read.failure.code === 'ehr_not_found' ? undefined : 'unreadable'
}

/**
 * The patient's way in. By the plain join URL somebody who is signed in to Teams with an account of the organization
 * (an employee who is a patient) would enter as that account, past the lobby: they join as a guest.
 */
function guestUrl({ virtualAppointmentUrl, joinWebUrl }: VisitMeeting): string {
  if (virtualAppointmentUrl !== undefined) return virtualAppointmentUrl
  const url = new URL(joinWebUrl)
  url.searchParams.set('anon', 'true')
  return url.href
}
