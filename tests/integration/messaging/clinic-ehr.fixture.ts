import type { Appointment } from '../../../src/core/ehr/appointment.ts'
import type { Ehr } from '../../../src/core/ehr/ehr.ts'
import type { EhrFailure } from '../../../src/core/ehr/fhir-client.ts'
import type { Guardian } from '../../../src/core/ehr/guardian.ts'
import type { Patient } from '../../../src/core/ehr/patient.ts'
import { fail, ok, type Result } from '../../../src/core/result.ts'
import { appointmentWith, patientWith } from '../../unit/messaging/clinic.fixture.ts'

/** An EHR in memory, as far as texts need one. Its search has Oracle Health's rule: inside the range as a whole. */
export type ClinicEhr = {
  readonly port: Ehr
  /** Undefined: it answers. */
  failing: { code: EhrFailure; retryAfterSeconds?: number } | undefined
  readonly appointments: Map<string, Appointment>
  readonly patients: Map<string, Patient>
  /** By patient; undefined: not granted. */
  related: Map<string, Guardian> | undefined
  /** How many requests were made. */
  calls: number
  /** Called at every request, before it is answered. */
  onCall: () => Promise<void>
  book(id: string, start: Date, more?: Partial<Appointment>, patient?: Partial<Patient>): void
  change(id: string, change: Partial<Appointment>): void
  changePatientOf(id: string, change: Partial<Patient>): void
}

export function clinicEhr(): ClinicEhr {
  const appointments = new Map<string, Appointment>()
  const patients = new Map<string, Patient>()
  const ehr: ClinicEhr = {
    port: undefined as unknown as Ehr,
    failing: undefined,
    appointments,
    patients,
    related: new Map(),
    calls: 0,
    onCall: async () => {},
    book(id, start, more = {}, patient = {}) {
      const patientId = `patient of ${id}`
      const number = String(appointments.size).padStart(4, '0')
      patients.set(patientId, patientWith({ id: patientId, phones: [`816-444-${number}`], ...patient }))
      appointments.set(id, appointmentWith({ id, start, patientId, ...more }))
    },
    change(id, change) {
      const known = appointments.get(id)
      if (!known) throw new Error(`no appointment ${id}`)
      appointments.set(id, { ...known, ehrVersion: `${Number(known.ehrVersion) + 1}`, ...change })
    },
    changePatientOf(id, change) {
      const patientId = `patient of ${id}`
      patients.set(patientId, { ...patientWith(patients.get(patientId)), ...change })
    },
  }
  async function answer<T>(value: () => T): Promise<Result<T, EhrFailure>> {
    ehr.calls++
    await ehr.onCall()
    if (!ehr.failing) return ok(value())
    const { code, ...more } = ehr.failing
    return fail(code, more)
  }
  const pick = <T>(all: Map<string, T>, ids: readonly string[]) =>
    new Map(ids.flatMap((id) => (all.has(id) ? [[id, all.get(id) as T]] : [])))
  const port: Partial<Ehr> = {
    // Nothing is asked about nothing.
    appointments: async (ids) => (ids.length > 0 ? answer(() => pick(appointments, ids)) : ok(new Map())),
    patients: async (ids) => (ids.length > 0 ? answer(() => pick(patients, ids)) : ok(new Map())),
    guardiansOf: async (patientId) => {
      const found = ehr.related?.get(patientId)
      const answered = await answer(() => new Map(found ? [['r1', { id: 'r1', ...found }]] : []))
      return ehr.related ? answered : fail('ehr_scope_missing')
    },
    appointmentsOfPractitioner: (practitionerId, from, to) =>
      answer(
        () =>
          new Map(
            [...appointments].filter(
              ([, { start, practitionerIds }]) =>
                start >= from && start < to && practitionerIds.includes(practitionerId),
            ),
          ),
      ),
    appointmentsIn: (locationIds, from, to) =>
      answer(
        () =>
          new Map(
            [...appointments].filter(([, { start, minutes, locationIds: at }]) => {
              const end = start.getTime() + minutes * 60_000
              return start >= from && end <= to.getTime() && at.some((id) => locationIds.includes(id))
            }),
          ),
      ),
  }
  return Object.assign(ehr, { port: port as Ehr })
}
