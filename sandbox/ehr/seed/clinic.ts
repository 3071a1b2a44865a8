import type { Now } from '../../contracts.ts'
import { type Clinic, type Clinician, emptyClinic } from '../clinic.ts'
import { CHARTS, type Chart } from './charts.ts'
import { bookDay } from './day.ts'
import { locations } from './locations.ts'
import { patients, relatedPersons } from './patients.ts'
import { practitioners } from './practitioners.ts'
import { WOODGROVE } from './woodgrove.ts'

/** People and places of one synthetic clinic. */
export type ClinicSeed = {
  readonly charts: readonly Chart[]
  readonly practitioners: readonly Clinician[]
  readonly locations: readonly fhir4.Location[]
  readonly relatedPersons: readonly fhir4.RelatedPerson[]
}

const NORTHWIND = (): ClinicSeed => ({
  charts: CHARTS,
  practitioners: practitioners(),
  locations: locations(),
  relatedPersons: relatedPersons(),
})

/** The synthetic clinic: people, places and a day of appointments around now. The same now gives the same clinic. */
export function seedClinic(now: Now, which: 'clinic' | 'woodgrove' = 'clinic'): Clinic {
  const seed = which === 'woodgrove' ? WOODGROVE() : NORTHWIND()
  const clinic = emptyClinic(now)
  for (const location of seed.locations) clinic.locations.set(location.id ?? '', location)
  for (const clinician of seed.practitioners) clinic.practitioners.set(clinician.id, clinician)
  for (const patient of patients(now(), seed.charts)) clinic.patients.set(patient.id ?? '', patient)
  for (const related of seed.relatedPersons) clinic.relatedPersons.set(related.id ?? '', related)
  bookDay(clinic, now(), seed.charts)
  return clinic
}
