import type { Now } from '../contracts.ts'
import { type AppointmentBook, createAppointmentBook } from './appointments.ts'

/** A clinician of the synthetic clinic, with the EHR sign-in that a launch happens under. */
export type Clinician = {
  readonly id: string
  /** As the EHR shows it: `Family, Given`. */
  readonly name: string
  readonly username: string
  readonly resource: fhir4.Practitioner
}

/** Everything that the EHR holds; in memory, synthetic, gone at close. */
export type Clinic = {
  readonly patients: Map<string, fhir4.Patient>
  readonly practitioners: Map<string, Clinician>
  readonly locations: Map<string, fhir4.Location>
  readonly relatedPersons: Map<string, fhir4.RelatedPerson>
  readonly appointments: AppointmentBook
}

export function emptyClinic(now: Now): Clinic {
  return {
    patients: new Map(),
    practitioners: new Map(),
    locations: new Map(),
    relatedPersons: new Map(),
    appointments: createAppointmentBook(now),
  }
}

/** A patient's name as the EHR shows it: `Family, Given`. */
export function shownName(patient: fhir4.Patient | undefined): string {
  const name = patient?.name?.[0]
  return name ? `${name.family ?? ''}, ${(name.given ?? []).join(' ')}` : ''
}

/** Marks each resource as test data (HL7 v3 ActReason "test health data"). */
export const SYNTHETIC: fhir4.Coding = {
  system: 'http://terminology.hl7.org/CodeSystem/v3-ActReason',
  code: 'HTEST',
  display: 'test health data',
}
