import type { Appointment } from '../src/core/ehr/appointment.ts'
import type { Ehr } from '../src/core/ehr/ehr.ts'
import type { EhrFailure } from '../src/core/ehr/fhir-client.ts'
import type { Patient } from '../src/core/ehr/patient.ts'
import { fail, ok, type Result } from '../src/core/result.ts'
import type { Process } from './process.ts'
import type { Random } from './random.ts'

/** When an appointment changed, and what it was from then on; the checks compare texts with it. */
export type Change = { readonly at: number; readonly is: Appointment }

/** An EHR in memory, with Oracle Health's rule that a search shows what lies in its range as a whole. */
export type SimulatedEhr = {
  readonly appointments: Map<string, Appointment>
  readonly patients: Map<string, Patient>
  readonly history: Map<string, Change[]>
  /** Until this instant it answers nothing but 503. */
  outageUntil: number
  set(at: number, appointment: Appointment): void
  /** As one process reads it. */
  port(of: Process, now: () => Date, random: Random): Ehr
}

export function simulatedEhr(): SimulatedEhr {
  const appointments = new Map<string, Appointment>()
  const patients = new Map<string, Patient>()
  const history = new Map<string, Change[]>()
  const self: SimulatedEhr = {
    appointments,
    patients,
    history,
    outageUntil: 0,
    set(at, appointment) {
      const { id } = appointment
      appointments.set(id, appointment)
      history.set(id, [...(history.get(id) ?? []), { at, is: appointment }])
    },
    port(of, now, random) {
      const ask = <T>(point: string, value: () => T): Promise<Result<T, EhrFailure>> =>
        of.do<Result<T, EhrFailure>>(point, () => {
          if (now().getTime() < self.outageUntil)
            return fail(
              'ehr_unavailable',
              random.chance(0.5) ? { retryAfterSeconds: random.between(5, 90) } : {},
            )
          return ok(value())
        })
      const chosen = <T>(all: Map<string, T>, ids: readonly string[]) =>
        new Map(
          ids.flatMap((id) => {
            const one = all.get(id)
            return one ? [[id, one] as const] : []
          }),
        )
      const nothing = async <T>() => ok(new Map<string, T>())
      return {
        appointments: (ids) =>
          ids.length === 0 ? nothing() : ask('ehr.appointments', () => chosen(appointments, ids)),
        patients: (ids) => (ids.length === 0 ? nothing() : ask('ehr.patients', () => chosen(patients, ids))),
        appointmentsIn: (locationIds, from, to) =>
          ask(
            'ehr.appointmentsIn',
            () => new Map([...appointments].filter(([, one]) => lies(one, locationIds, from, to))),
          ),
      } satisfies Partial<Ehr> as unknown as Ehr
    },
  }
  return self
}

function lies(
  { start, minutes, locationIds }: Appointment,
  wanted: readonly string[],
  from: Date,
  to: Date,
): boolean {
  const end = start.getTime() + minutes * 60_000
  return start >= from && end <= to.getTime() && locationIds.some((id) => wanted.includes(id))
}
