import type { Now } from '../../contracts.ts'
import { type Clinic, emptyClinic } from '../clinic.ts'
import { bookDay } from './day.ts'
import { locations } from './locations.ts'
import { patients, relatedPersons } from './patients.ts'
import { practitioners } from './practitioners.ts'

/** The synthetic clinic: people, places and a day of appointments around now. The same now gives the same clinic. */
export function seedClinic(now: Now): Clinic {
  const clinic = emptyClinic(now)
  for (const location of locations()) clinic.locations.set(location.id ?? '', location)
  for (const clinician of practitioners()) clinic.practitioners.set(clinician.id, clinician)
  for (const patient of patients(now())) clinic.patients.set(patient.id ?? '', patient)
  for (const related of relatedPersons()) clinic.relatedPersons.set(related.id ?? '', related)
  bookDay(clinic, now())
  return clinic
}
