import type { Mappings } from '../accounts/mapping.ts'
import type { Appointment } from '../ehr/appointment.ts'
import type { Ehr } from '../ehr/ehr.ts'
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
import { choiceOf, type FindFailure, findAppointments } from './find-appointments.ts'
import type { LaunchSession } from './session.ts'

export type OpenFailure =
  | 'launch_unknown_issuer'
  | 'account_unconfirmed'
  | FindFailure
  | 'appointment_not_video'
  | 'appointment_cancelled'
  | 'appointment_over'
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

type Candidate = { readonly choice: string; readonly appointment: Appointment }

export type Opened =
  | { readonly kind: 'choice'; readonly site: Site; readonly candidates: readonly Candidate[] }
  | {
      readonly kind: 'visit'
      readonly site: Site
      readonly appointment: Appointment
      readonly patient: Patient | undefined
      readonly visit: Visit
      /** A meeting that could not be made is told on the page; the appointment is shown all the same. */
      readonly meeting: Result<VisitMeeting, MeetingFailure>
      readonly account: { readonly userId: string; readonly upn: string }
      /**
       * Set where the page should be held to this appointment from now on: an hour later the same search may find
       * another one, and the page that stands open must not become its page.
       */
      readonly choice?: string
    }

/**
 * What a launch shows: its appointment, read now, and the meeting, made at the first launch.
 * @param chosen which of several appointments the clinician picked, as `choiceOf` names it.
 */
export async function openVisit(
  ports: OpenPorts,
  session: LaunchSession,
  chosen?: string,
): Promise<Result<Opened, OpenFailure>> {
  const site = await ports.site(session.tenantId, session.siteId)
  if (!site) return fail('launch_unknown_issuer')
  const account = await confirmedAccount(ports, session)
  if (!account.ok) return account
  const ehr = await ports.ehr(site, session)
  if (!ehr.ok) return { ok: false, failure: ehr.failure as Failure<OpenFailure> }
  const found = await findAppointments(ehr.value, session, ports.now(), chosen)
  if (!found.ok) return found
  const { all, fitting, searched } = found.value
  const only = fitting.length === 1 ? fitting[0] : undefined
  const pick = chosen === undefined ? only : all.find((one) => choiceOf(session, one) === chosen)
  if (!pick && fitting.length === 0) return fail('launch_no_appointment')
  if (!pick) return ok({ kind: 'choice', site, candidates: fitting.map((one) => candidate(session, one)) })
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
    ...(searched && chosen === undefined ? { choice: choiceOf(session, pick) } : {}),
  })
}

function candidate(session: LaunchSession, appointment: Appointment): Candidate {
  return { choice: choiceOf(session, appointment), appointment }
}

/** Who joins: as confirmed once, and still a user who may sign in. A mapping to one who left is removed here. */
export async function confirmedAccount(
  ports: Pick<OpenPorts, 'mappings' | 'graph'>,
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

/** So long after its end an appointment is not opened any more. */
const LONG_OVER = 12 * 3_600_000

function refusal(appointment: Appointment, now: Date): OpenFailure | undefined {
  if (appointment.cancelled) return 'appointment_cancelled'
  if (!appointment.video) return 'appointment_not_video'
  const end = appointment.start.getTime() + appointment.minutes * 60_000
  return appointment.over || end + LONG_OVER < now.getTime() ? 'appointment_over' : undefined
}
