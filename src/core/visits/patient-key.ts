import type { Appointment } from '../ehr/appointment.ts'
import { sameText } from '../http/csrf.ts'
import type { IdentityKeys } from '../keys/identity.ts'
import type { VisitRow } from '../store/rows.ts'
import type { VisitRef } from './visit.ts'

type Keys = Pick<IdentityKeys, 'patientKey'>

/** Whose visit an appointment is, as its row keeps it; undefined where the appointment names no patient. */
export function patientKeyOf(
  identity: Keys,
  { tenantId, siteId, visitKey }: VisitRef,
  { patientId }: Pick<Appointment, 'patientId'>,
): string | undefined {
  return patientId === undefined ? undefined : identity.patientKey(tenantId, siteId, visitKey, patientId)
}

/** A row that says whose visit it is, as the EHR has it now; nothing else of it changes. */
export function withPatientKey(row: VisitRow, patientKey: string | undefined): VisitRow {
  const { patientKey: _before, ...rest } = row
  return patientKey === undefined ? rest : { ...rest, patientKey }
}

/** Whether a row's visit is this patient's; undefined where the row does not say whose it is. */
export function isOfPatient(
  identity: Keys,
  ref: VisitRef,
  { patientKey }: Pick<VisitRow, 'patientKey'>,
  patientId: string,
): boolean | undefined {
  if (patientKey === undefined) return undefined
  return sameText(patientKey, identity.patientKey(ref.tenantId, ref.siteId, ref.visitKey, patientId))
}
