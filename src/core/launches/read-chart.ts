import type { Appointment } from '../ehr/appointment.ts'
import type { Ehr } from '../ehr/ehr.ts'
import type { EhrFailure } from '../ehr/fhir-client.ts'
import type { Patient } from '../ehr/patient.ts'
import type { IdentityKeys } from '../keys/identity.ts'
import type { KeyRing } from '../keys/key-ring.ts'
import { type Failure, fail, ok, type Result } from '../result.ts'
import type { Site } from '../sites/site.ts'
import { visitRef } from '../visits/visit.ts'
import { openChoice, sealChoice } from './choice.ts'
import { type FindFailure, findAppointments } from './find-appointments.ts'
import type { LaunchSession } from './session.ts'

export type ChartPorts = {
  readonly identity: IdentityKeys
  readonly sessionKeys: KeyRing
  /** The EHR as the launch may read it. */
  readonly ehr: (site: Site) => Promise<Result<Ehr, string>>
  readonly now: () => Date
}

export type Candidate = { readonly choice: string; readonly appointment: Appointment }

export type Chart =
  | { readonly kind: 'choice'; readonly candidates: readonly Candidate[] }
  /** Only one fits; it is to be named from now on, since an hour later the same search may find another one. */
  | { readonly kind: 'named'; readonly choice: string }
  | {
      readonly kind: 'appointment'
      readonly appointment: Appointment
      /** Why it is undefined, where the appointment has a patient and the EHR did not show them. */
      readonly patient: Patient | undefined
      readonly patientUnread?: Failure<EhrFailure>
    }

/** What a launch's context leads to in the EHR, read now. @param chosen which of several, as `sealChoice` names it. */
export async function readChart(
  ports: ChartPorts,
  site: Site,
  session: LaunchSession,
  chosen: string | undefined,
): Promise<Result<Chart, FindFailure>> {
  const connected = await ports.ehr(site)
  if (!connected.ok) return { ok: false, failure: connected.failure as Failure<FindFailure> }
  const ehr = connected.value
  const found = await findAppointments(ehr, session, ports.now(), chosen)
  if (!found.ok) return found
  const { all, fitting } = found.value
  const choice = ({ id }: Appointment) =>
    sealChoice(ports.sessionKeys, session, visitRef(ports.identity, site, id).visitKey)
  if (chosen === undefined) {
    const [only] = fitting
    if (!only) return fail('launch_no_appointment')
    if (fitting.length > 1) return several(fitting, choice)
    if (session.context.kind !== 'appointment') return ok({ kind: 'named', choice: choice(only) })
    return withPatient(ehr, only)
  }
  const key = openChoice(ports.sessionKeys, session, chosen)
  const pick = all.find(({ id }) => visitRef(ports.identity, site, id).visitKey === key)
  if (pick) return withPatient(ehr, pick)
  return fitting.length > 0 ? several(fitting, choice) : fail('launch_no_appointment')
}

function several(
  fitting: readonly Appointment[],
  choice: (appointment: Appointment) => string,
): Result<Chart, never> {
  const candidates = fitting.map((appointment) => ({ choice: choice(appointment), appointment }))
  return ok({ kind: 'choice', candidates })
}

async function withPatient(ehr: Ehr, appointment: Appointment): Promise<Result<Chart, never>> {
  const { patientId } = appointment
  const read = patientId === undefined ? undefined : await ehr.patient(patientId)
  return ok({
    kind: 'appointment',
    appointment,
    patient: read?.ok ? read.value : undefined,
    ...(read && !read.ok ? { patientUnread: read.failure } : {}),
  })
}
