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
  /** The EHR with the launch's own token while it lives, then with the system account where the site has one. */
  readonly ehr: (site: Site, session: LaunchSession) => Promise<Result<Ehr, string>>
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
  return asLaunch(ports, site, session, async (ehr) => {
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
  })
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

const OVER = new Date(0).toISOString()

/**
 * Reads with the token of a launch. An EHR may end it before its time: then the site's system account reads, as it does
 * after that time.
 */
export async function asLaunch<T, C extends string>(
  { ehr }: Pick<ChartPorts, 'ehr'>,
  site: Site,
  session: LaunchSession,
  work: (ehr: Ehr) => Promise<Result<T, C>>,
): Promise<Result<T, C>> {
  const connected = await ehr(site, session)
  if (!connected.ok) return { ok: false, failure: connected.failure as Failure<C> }
  const done = await work(connected.value)
  if (done.ok || done.failure.code !== 'ehr_token_expired' || !site.system) return done
  const again = await ehr(site, { ...session, accessTokenUntil: OVER })
  return again.ok ? work(again.value) : { ok: false, failure: again.failure as Failure<C> }
}
