import type { PatientPorts, Tapped } from './patient-visit.ts'

/**
 * The language that the EHR has for the patient of a tapped link, as a BCP 47 tag: one read, whose answer is dropped.
 * Undefined where the EHR names none or cannot be asked, and for a guest, whose language the chart does not hold.
 */
export async function patientLanguage(
  ports: Pick<PatientPorts, 'ehr'>,
  { site, audience, appointment }: Tapped,
): Promise<string | undefined> {
  if (audience !== 'patient' || appointment?.patientId === undefined) return undefined
  const ehr = await ports.ehr(site)
  const read = ehr.ok ? await ehr.value.patient(appointment.patientId) : ehr
  return read.ok ? read.value.language : undefined
}
