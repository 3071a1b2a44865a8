import { SYNTHETIC } from '../clinic.ts'

const PLACES = [
  ['21304876', 'Riverside Clinic 1', 'Kansas City'],
  ['21304877', 'Riverside Clinic 2', 'Kansas City'],
  ['21304912', 'Northland Pediatrics', 'Liberty'],
  ['21305020', 'Prairie Behavioral Health', 'Overland Park'],
] as const

/** All in Central time; the zone comes as HL7's extension on Location. */
const TIME_ZONE = 'America/Chicago'

export function locations(): fhir4.Location[] {
  return PLACES.map(([id, name, city]) => ({
    resourceType: 'Location',
    id,
    meta: { versionId: '0', tag: [SYNTHETIC] },
    extension: [{ url: 'http://hl7.org/fhir/StructureDefinition/timezone', valueCode: TIME_ZONE }],
    identifier: [{ system: 'urn:sandbox:synthetic:location', value: id }],
    status: 'active',
    name,
    mode: 'instance',
    address: { city, country: 'US' },
  }))
}
