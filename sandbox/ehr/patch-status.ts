import type { AppointmentRecord, AppointmentStatus } from './appointments.ts'
import type { Clinic } from './clinic.ts'
import { type FhirAnswer, outcome } from './outcomes.ts'

/** Oracle Health "Appointment | R4 API", Overview: the sequences in which a status may be changed. */
const SEQUENCES: Partial<Record<AppointmentStatus, readonly AppointmentStatus[]>> = {
  proposed: ['booked', 'cancelled'],
  booked: ['arrived', 'checked-in', 'cancelled'],
  arrived: ['checked-in', 'cancelled'],
  'checked-in': ['fulfilled', 'cancelled'],
}

type Operation = { readonly op: string; readonly path: string; readonly value?: unknown }

/** One operation, `replace /status`, along the vendor's sequences. Gives the refusal, or undefined when applied. */
export function patchStatus(
  clinic: Clinic,
  record: AppointmentRecord,
  ops: readonly Operation[],
): FhirAnswer | undefined {
  const [first] = ops
  if (ops.length !== 1 || first?.op !== 'replace') {
    return outcome(422, 'business-rule', 'status is changed by one replace operation')
  }
  const next = SEQUENCES[record.status]?.find((status) => status === first.value)
  if (!next) return outcome(422, 'business-rule', 'status cannot be changed in this sequence')
  clinic.appointments.change(record.id, { status: next })
  return undefined
}
