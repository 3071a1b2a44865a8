import type { Mappings } from '../accounts/mapping.ts'
import type { Appointment } from '../ehr/appointment.ts'
import type { Ehr } from '../ehr/ehr.ts'
import type { EhrFailure } from '../ehr/fhir-client.ts'
import type { Patient } from '../ehr/patient.ts'
import type { IdentityKeys } from '../keys/identity.ts'
import type { KeyRing } from '../keys/key-ring.ts'
import { ensureMeeting, type MeetingPorts } from '../meetings/ensure-meeting.ts'
import type { MeetingFailure } from '../meetings/meeting.ts'
import { readUser } from '../meetings/user.ts'
import { type Failure, fail, ok, type Result } from '../result.ts'
import type { Site } from '../sites/site.ts'
import { ensureVisit } from '../visits/ensure-visit.ts'
import type { Visit, VisitMeeting } from '../visits/visit.ts'
import type { LaunchSession } from './session.ts'

export type OpenFailure =
  | 'launch_unknown_issuer'
  | 'account_unconfirmed'
  | 'launch_no_context'
  | 'launch_no_appointment'
  | 'appointment_not_video'
  | 'appointment_cancelled'
  | 'appointment_over'
  | EhrFailure
  | MeetingFailure

export type OpenPorts = MeetingPorts & {
  readonly mappings: Mappings
  readonly identity: IdentityKeys
  readonly linkKeys: KeyRing
  readonly site: (tenantId: string, siteId: string) => Promise<Site | undefined>
  /** The EHR with the launch's own token while it lives, then with the system account where the site has one. */
  readonly ehr: (site: Site, session: LaunchSession) => Promise<Result<Ehr, string>>
  readonly now: () => Date
}

export type Opened =
  | { readonly kind: 'choice'; readonly site: Site; readonly candidates: readonly Appointment[] }
  | {
      readonly kind: 'visit'
      readonly site: Site
      readonly appointment: Appointment
      readonly patient: Patient | undefined
      readonly visit: Visit
      /** A meeting that could not be made is told on the page; the appointment is shown all the same. */
      readonly meeting: Result<VisitMeeting, MeetingFailure>
      readonly account: { readonly userId: string; readonly upn: string }
    }

/**
 * What a launch shows: its appointment, read now, and the meeting, made at the first launch.
 * @param chosen which of several appointments the clinician picked: its number in their order, from 1.
 */
export async function openVisit(
  ports: OpenPorts,
  session: LaunchSession,
  chosen?: number,
): Promise<Result<Opened, OpenFailure>> {
  const site = await ports.site(session.tenantId, session.siteId)
  if (!site) return fail('launch_unknown_issuer')
  const account = await mappedAccount(ports, session)
  if (!account.ok) return account
  const ehr = await ports.ehr(site, session)
  if (!ehr.ok) return { ok: false, failure: ehr.failure as Failure<OpenFailure> }
  const found = ofPatient(await findAppointments(ehr.value, session, ports.now()), session)
  if (!found.ok) return found
  const pick = found.value.length === 1 ? found.value[0] : found.value[(chosen ?? 0) - 1]
  if (!pick)
    return found.value.length === 0
      ? fail('launch_no_appointment')
      : ok({ kind: 'choice', site, candidates: found.value })
  const refused = refusal(pick, ports.now())
  if (refused) return fail(refused)
  const visit = await ensureVisit(ports, site, pick)
  const patient = pick.patientId === undefined ? undefined : await ehr.value.patient(pick.patientId)
  const made = await ensureMeeting(ports, site, visit, pick.practitionerIds, [account.value.userId])
  return ok({
    kind: 'visit',
    site,
    appointment: pick,
    patient: patient?.ok ? patient.value : undefined,
    visit: (await ports.visits.find(visit)) ?? visit,
    meeting: made.ok ? ok(made.value.meeting) : made,
    account: account.value,
  })
}

/** Who joins: as confirmed once, and still a user who may sign in. A mapping to one who left is removed here. */
async function mappedAccount(
  ports: OpenPorts,
  session: LaunchSession,
): Promise<Result<{ userId: string; upn: string }, OpenFailure>> {
  const userId = await ports.mappings.find(session.tenantId, session.siteId, session.ehrUser)
  if (userId === undefined) return fail('account_unconfirmed')
  const user = await readUser(await ports.graph(session.tenantId), userId)
  if (user.ok && user.value.enabled) return ok({ userId, upn: user.value.upn })
  if (!user.ok && user.failure.code !== 'graph_not_found') return user
  await ports.mappings.forget(session.tenantId, session.siteId, session.ehrUser)
  return fail('account_unconfirmed')
}

const NEAR = 12 * 3_600_000

async function findAppointments(
  ehr: Ehr,
  { context }: LaunchSession,
  now: Date,
): Promise<Result<Appointment[], OpenFailure>> {
  if (context.kind === 'none') return fail('launch_no_context')
  if (context.kind === 'appointment') return one(await ehr.appointment(context.appointmentId))
  if (context.kind === 'appointments') return list(await ehr.appointments(context.appointmentIds))
  if (context.kind === 'encounter') {
    const linked = await ehr.appointmentsOfEncounter(context.encounterId)
    if (!linked.ok) return linked
    if (linked.value.size > 0) return list(linked)
    if (context.patientId === undefined) return fail('launch_no_appointment')
  }
  const patientId = context.patientId ?? ''
  const around = await ehr.appointmentsOfPatient(
    patientId,
    new Date(now.getTime() - NEAR),
    new Date(now.getTime() + NEAR),
  )
  const read = list(around)
  return read.ok ? ok(read.value.filter((a) => a.video && !a.cancelled && !a.over)) : read
}

/** The chart that is open decides whose visit is shown, whatever else the launch's context led to. */
function ofPatient(
  found: Result<Appointment[], OpenFailure>,
  { context }: LaunchSession,
): Result<Appointment[], OpenFailure> {
  const patientId = context.kind === 'none' ? undefined : context.patientId
  if (!found.ok || patientId === undefined) return found
  return ok(found.value.filter((a) => a.patientId === undefined || a.patientId === patientId))
}

function one(read: Result<Appointment, EhrFailure>): Result<Appointment[], OpenFailure> {
  if (read.ok) return ok([read.value])
  return read.failure.code === 'ehr_not_found' ? fail('launch_no_appointment') : read
}

function list(read: Result<Map<string, Appointment>, EhrFailure>): Result<Appointment[], OpenFailure> {
  return read.ok ? ok([...read.value.values()].sort((a, b) => a.start.getTime() - b.start.getTime())) : read
}

function refusal(appointment: Appointment, now: Date): OpenFailure | undefined {
  if (appointment.cancelled) return 'appointment_cancelled'
  if (!appointment.video) return 'appointment_not_video'
  const end = appointment.start.getTime() + appointment.minutes * 60_000
  return appointment.over || end + NEAR < now.getTime() ? 'appointment_over' : undefined
}
