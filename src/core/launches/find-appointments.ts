import type { Appointment } from '../ehr/appointment.ts'
import type { Ehr } from '../ehr/ehr.ts'
import type { EhrFailure } from '../ehr/fhir-client.ts'
import { fail, ok, type Result } from '../result.ts'
import type { LaunchSession } from './session.ts'

export type FindFailure = 'launch_no_context' | 'launch_no_appointment' | EhrFailure

/** The appointments that a launch may mean, earliest first. */
export type Found = {
  readonly all: readonly Appointment[]
  /** Those of them that can be visited. */
  readonly fitting: readonly Appointment[]
}

const NEAR = 12 * 3_600_000
/** As far as a day board reaches. */
const BOARD = 14 * 3_600_000

/** Reads what the launch's context leads to: appointments by id, an encounter's, or the patient's around now. */
export async function findAppointments(
  ehr: Ehr,
  session: LaunchSession,
  now: Date,
  chosen?: string,
): Promise<Result<Found, FindFailure>> {
  const { context } = session
  if (context.kind === 'none') return ofTheDay(ehr, session, now, chosen)
  if (context.kind === 'appointment') return found(session, one(await ehr.appointment(context.appointmentId)))
  if (context.kind === 'appointments')
    return found(session, list(await ehr.appointments(context.appointmentIds)))
  if (context.kind === 'encounter') {
    const linked = await ehr.appointmentsOfEncounter(context.encounterId)
    if (!linked.ok || linked.value.size > 0) return found(session, list(linked))
    if (context.patientId === undefined) return fail('launch_no_appointment')
  }
  const [from, to] = [new Date(now.getTime() - NEAR), new Date(now.getTime() + NEAR)]
  const around = await ehr.appointmentsOfPatient(context.patientId ?? '', from, to)
  const read = found(session, list(around))
  if (!read.ok) return read
  const fitting = read.value.all.filter((a) => a.video && !a.cancelled && !a.over)
  return ok({ all: read.value.all, fitting })
}

/** Launched without a patient: what was chosen on the clinician's own day board, and nothing else. */
async function ofTheDay(
  ehr: Ehr,
  session: LaunchSession,
  now: Date,
  chosen: string | undefined,
): Promise<Result<Found, FindFailure>> {
  const { practitionerId } = session.ehrUser
  if (practitionerId === undefined || chosen === undefined) return fail('launch_no_context')
  const [from, to] = [new Date(now.getTime() - BOARD), new Date(now.getTime() + BOARD)]
  const day = list(await ehr.appointmentsOfPractitioner(practitionerId, from, to))
  return day.ok ? ok({ all: day.value, fitting: [] }) : day
}

/** The chart that is open decides whose visit is shown, whatever else the launch's context led to. */
function found(
  { context }: LaunchSession,
  read: Result<Appointment[], FindFailure>,
): Result<Found, FindFailure> {
  if (!read.ok) return read
  const patientId = context.kind === 'none' ? undefined : context.patientId
  const all = read.value.filter(
    (a) => patientId === undefined || a.patientId === undefined || a.patientId === patientId,
  )
  return ok({ all, fitting: all })
}

function one(read: Result<Appointment, EhrFailure>): Result<Appointment[], FindFailure> {
  if (read.ok) return ok([read.value])
  return read.failure.code === 'ehr_not_found' ? fail('launch_no_appointment') : read
}

function list(read: Result<Map<string, Appointment>, EhrFailure>): Result<Appointment[], EhrFailure> {
  return read.ok ? ok([...read.value.values()].sort((a, b) => a.start.getTime() - b.start.getTime())) : read
}
