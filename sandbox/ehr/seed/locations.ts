import { SYNTHETIC } from '../clinic.ts'

const PLACES = [
  ['21304876', 'Riverside Clinic 1', 'Kansas City'],
  ['21304877', 'Riverside Clinic 2', 'Kansas City'],
  ['21304912', 'Northland Pediatrics', 'Liberty'],
  ['21305020', 'Prairie Behavioral Health', 'Overland Park'],
] as const

export type Place = readonly [id: string, name: string, city: string]

/** Places of one time zone, which comes as HL7's extension on Location; Northwind's are in Central time. */
export function locations(places: readonly Place[] = PLACES, zone = 'America/Chicago'): fhir4.Location[] {
  return places.map(([id, name, city]) => ({
    resourceType: 'Location',
    id,
    meta: { versionId: '0', tag: [SYNTHETIC] },
    extension: [{ url: 'http://hl7.org/fhir/StructureDefinition/timezone', valueCode: zone }],
    identifier: [{ system: 'urn:sandbox:synthetic:location', value: id }],
    status: 'active',
    name,
    mode: 'instance',
    address: { city, country: 'US' },
  }))
}
