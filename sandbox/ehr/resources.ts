import { appointmentResource, encounterResource } from './appointment-resource.ts'
import type { Clinic } from './clinic.ts'
import type { ResourceType } from './scopes.ts'

type Served =
  | fhir4.Appointment
  | fhir4.Encounter
  | fhir4.Location
  | fhir4.Patient
  | fhir4.Practitioner
  | fhir4.RelatedPerson

function encounters(clinic: Clinic): fhir4.Encounter[] {
  return clinic.appointments.all().map((record) => encounterResource(record, clinic))
}

/** One resource by id. */
export function readResource(clinic: Clinic, type: ResourceType, id: string): Served | undefined {
  switch (type) {
    case 'Appointment': {
      const record = clinic.appointments.get(id)
      return record && appointmentResource(record, clinic)
    }
    case 'Encounter':
      return encounters(clinic).find((encounter) => encounter.id === id)
    case 'Location':
      return clinic.locations.get(id)
    case 'Patient':
      return clinic.patients.get(id)
    case 'Practitioner':
      return clinic.practitioners.get(id)?.resource
    case 'RelatedPerson':
      return clinic.relatedPersons.get(id)
  }
}

/**
 * Searches by `_id` (a comma list) and, for Encounter and RelatedPerson, by one `patient`. Undefined where the
 * parameters are not supported.
 */
export function searchResources(
  clinic: Clinic,
  type: Exclude<ResourceType, 'Appointment'>,
  query: URLSearchParams,
): Served[] | undefined {
  const names = [...query.keys()].filter((name) => name !== '_format' && name !== '_count')
  const [name] = names
  if (names.length !== 1 || !name) return undefined
  const value = query.get(name) ?? ''
  if (name === '_id') {
    const ids = [...new Set(value.split(','))].filter(Boolean)
    if (ids.length === 0) return undefined
    return ids.map((id) => readResource(clinic, type, id)).filter((resource) => resource !== undefined)
  }
  if (name !== 'patient' || value === '') return undefined
  const reference = `Patient/${value.replace(/^Patient\//, '')}`
  if (type === 'Encounter')
    return encounters(clinic).filter((encounter) => encounter.subject?.reference === reference)
  if (type === 'RelatedPerson') {
    return [...clinic.relatedPersons.values()].filter((related) => related.patient.reference === reference)
  }
  return undefined
}

/** Whether a resource may be seen with a `patient/` scope: it is that patient's, or belongs to no patient. */
export function inCompartment(resource: fhir4.Resource, patientId: string): boolean {
  const served = resource as Served
  const reference = `Patient/${patientId}`
  switch (served.resourceType) {
    case 'Patient':
      return served.id === patientId
    case 'Appointment':
      return served.participant.some(({ actor }) => actor?.reference === reference)
    case 'Encounter':
      return served.subject?.reference === reference
    case 'RelatedPerson':
      return served.patient.reference === reference
    default:
      return true
  }
}
