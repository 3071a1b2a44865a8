import type { Mappings } from '../accounts/mapping.ts'
import type { Appointment } from '../ehr/appointment.ts'
import type { Patient } from '../ehr/patient.ts'
import type { KeyRing } from '../keys/key-ring.ts'
import { ensureMeeting, type MeetingPorts } from '../meetings/ensure-meeting.ts'
import type { MeetingFailure } from '../meetings/meeting.ts'
import { BESIDE_MEETING_MS, within } from '../patience.ts'
import { type Failure, fail, ok, type Result } from '../result.ts'
import type { Site } from '../sites/site.ts'
import { ensureVisit } from '../visits/ensure-visit.ts'
import { type Visit, type VisitMeeting, visitRef } from '../visits/visit.ts'
import { askAccount, type JoiningAccount } from './confirmed-account.ts'
import type { FindFailure } from './find-appointments.ts'
import { type KnownVisit, knownVisit, withMeeting } from './known-visit.ts'
import { type Candidate, type Chart, type ChartPorts, readChart } from './read-chart.ts'
import type { LaunchSession } from './session.ts'

export type OpenFailure =
  | 'launch_unknown_issuer'
  | 'account_unconfirmed'
  | FindFailure
  | 'appointment_not_video'
  | 'appointment_cancelled'
  | 'appointment_over'
  | MeetingFailure

export type OpenPorts = MeetingPorts &
  ChartPorts & {
    readonly mappings: Mappings
    readonly linkKeys: KeyRing
    readonly site: (tenantId: string, siteId: string) => Promise<Site | undefined>
  }

export type Opened =
  | { readonly kind: 'choice'; readonly site: Site; readonly candidates: readonly Candidate[] }
  /** The page should be held to this appointment from now on. */
  | { readonly kind: 'named'; readonly choice: string }
  | {
      readonly kind: 'visit'
      readonly site: Site
      /** Undefined where the EHR could not be asked, and the meeting is there all the same. */
      readonly appointment: Appointment | undefined
      readonly patient: Patient | undefined
      readonly visit: Visit
      /** A meeting that could not be made is told on the page; the appointment is shown all the same. */
      readonly meeting: Result<VisitMeeting, MeetingFailure>
      readonly account: JoiningAccount
      /** Why the appointment or its patient is not shown. */
      readonly unread?: Failure
    }

/**
 * What a launch shows: its appointment, read now, and the meeting, made at the first launch. Where the meeting is there
 * already, neither the EHR's trouble nor Graph's keeps the clinician out: what could not be read is said instead. Which
 * visits a launch may be shown so is told by `mayOpenUnread`.
 * @param chosen which of several appointments the clinician picked, as `sealChoice` names it.
 */
export async function openVisit(
  ports: OpenPorts,
  session: LaunchSession,
  chosen?: string,
): Promise<Result<Opened, OpenFailure>> {
  const site = await ports.site(session.tenantId, session.siteId)
  if (!site) return fail('launch_unknown_issuer')
  const asked = await askAccount(ports, session)
  if (!asked.ok) return asked
  const { chart, known } = await readInTime(ports, site, session, chosen)
  const account = await asked.value(async () => known !== undefined || needsNoName(ports, site, chart))
  if (!account.ok) return account
  if (!chart.ok) return known ? unread(ports, site, known, account.value, chart.failure) : chart
  if (chart.value.kind === 'choice') return ok({ ...chart.value, site })
  if (chart.value.kind === 'named') return ok(chart.value)
  const { appointment, patient, patientUnread } = chart.value
  const refused = refusal(appointment, ports.now())
  if (refused) return fail(refused)
  const visit = await ensureVisit(ports, site, appointment)
  const made = await ensureMeeting(ports, site, visit, appointment.practitionerIds, [account.value.userId])
  return ok({
    kind: 'visit',
    site,
    appointment,
    patient,
    visit: (await ports.visits.find(visit)) ?? visit,
    meeting: made.ok ? ok(made.value.meeting) : made,
    account: account.value,
    ...(patientUnread ? { unread: patientUnread } : {}),
  })
}

/**
 * What the EHR says, and the visit that opens without it where it says nothing. Where that visit's meeting is there, an
 * EHR that takes its time is as good as silent; where there is none, it is waited for.
 */
async function readInTime(
  ports: OpenPorts,
  site: Site,
  session: LaunchSession,
  chosen: string | undefined,
): Promise<{ chart: Result<Chart, FindFailure>; known?: KnownVisit | undefined }> {
  const reading = readChart(ports, site, session, chosen)
  const early = await within(BESIDE_MEETING_MS, reading)
  const late = fail('ehr_unreachable', { detail: 'no answer in time' })
  if (early?.ok) return { chart: early }
  const known = await knownVisit(ports, session, chosen, (early ?? late).failure)
  if (early || known) return { chart: early ?? late, known }
  const chart = await reading
  return { chart, known: chart.ok ? undefined : await knownVisit(ports, session, chosen, chart.failure) }
}

/** Whether who joins need not be waited for: a meeting that is there, or what is no visit yet and opens none. */
async function needsNoName(ports: OpenPorts, site: Site, chart: Result<Chart, string>): Promise<boolean> {
  if (!chart.ok) return false
  if (chart.value.kind !== 'appointment') return true
  const ref = visitRef(ports.identity, site, chart.value.appointment.id)
  return (await withMeeting(ports, ref)) !== undefined
}

/** The visit as our own row has it: what a sweep or an earlier launch last saw of the appointment. */
function unread(
  ports: OpenPorts,
  site: Site,
  { visit, meeting }: KnownVisit,
  account: JoiningAccount,
  failure: Failure,
): Result<Opened, OpenFailure> {
  const { start, minutes, cancelled, video } = visit.row
  const refused = refusal({ start: new Date(start), minutes, cancelled, video, over: false }, ports.now())
  if (refused) return fail(refused)
  const nothing = { appointment: undefined, patient: undefined }
  return ok({ kind: 'visit', site, ...nothing, visit, meeting: ok(meeting), account, unread: failure })
}

/** So long after its end an appointment is not opened any more. */
const LONG_OVER = 12 * 3_600_000

function refusal(
  appointment: Pick<Appointment, 'start' | 'minutes' | 'cancelled' | 'video' | 'over'>,
  now: Date,
): OpenFailure | undefined {
  if (appointment.cancelled) return 'appointment_cancelled'
  if (!appointment.video) return 'appointment_not_video'
  const end = appointment.start.getTime() + appointment.minutes * 60_000
  return appointment.over || end + LONG_OVER < now.getTime() ? 'appointment_over' : undefined
}
