import type { BoardRow, Now } from '../contracts.ts'
import { type Clinic, shownName } from './clinic.ts'

/** Hours before and after now that the board shows. */
const HOURS_BEFORE = 6
const HOURS_AFTER = 18

/** The rows of the PowerChart-like board: the appointments around now, earliest first. */
export function boardRows(clinic: Clinic, now: Now): BoardRow[] {
  const at = now().getTime()
  return clinic.appointments
    .all()
    .filter(({ start }) => {
      const hours = (start.getTime() - at) / 3_600_000
      return hours >= -HOURS_BEFORE && hours <= HOURS_AFTER
    })
    .map((record) => {
      const patient = clinic.patients.get(record.patientId)
      return {
        appointmentId: record.id,
        start: record.start.toISOString(),
        minutes: record.minutes,
        status: record.status,
        video: record.video,
        patientId: record.patientId,
        patientName: shownName(patient),
        birthDate: patient?.birthDate ?? '',
        language: languageOf(patient),
        phone: patient && phoneOf(patient, now),
        practitionerId: record.practitionerId,
        practitionerName: clinic.practitioners.get(record.practitionerId)?.name ?? '',
        locationName: clinic.locations.get(record.locationId)?.name ?? '',
      }
    })
}

/** The patient's language as a BCP 47 tag, `en` where the chart names none. */
export function languageOf(patient: fhir4.Patient | undefined): string {
  const preferred = patient?.communication?.find(({ preferred }) => preferred) ?? patient?.communication?.[0]
  return preferred?.language.coding?.find(({ system }) => system === 'urn:ietf:bcp:47')?.code ?? 'en'
}

/** The number that a receptionist would read off the chart, as typed: current, mobile before others, then by rank. */
export function phoneOf(patient: fhir4.Patient, now: Now): string | undefined {
  const current = (patient.telecom ?? []).filter(
    ({ system, use, period }) =>
      system === 'phone' && use !== 'old' && !(period?.end && Date.parse(period.end) < now().getTime()),
  )
  const order = (point: fhir4.ContactPoint) => (point.use === 'mobile' ? 0 : 100) + (point.rank ?? 50)
  return current.sort((a, b) => order(a) - order(b))[0]?.value
}
