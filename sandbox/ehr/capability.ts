import type { EhrAddresses } from './addresses.ts'
import type { ResourceType } from './scopes.ts'

type Search = readonly [name: string, type: 'token' | 'reference' | 'date' | 'number', documentation: string]

const APPOINTMENT: readonly Search[] = [
  ['_id', 'token', "Required if 'patient', 'practitioner' and 'location' are not given."],
  ['patient', 'reference', 'A single or comma separated list of Patient references.'],
  ['practitioner', 'reference', 'A single or comma separated list of Practitioner references.'],
  ['location', 'reference', 'A single or comma separated list of Location references.'],
  ['date', 'date', "Required with both ends (ge and lt) unless '_id' is given."],
  ['status', 'token', 'A single or comma separated list of appointment statuses.'],
  ['_count', 'number', 'The maximum number of results of a page.'],
]
const BY_ID: readonly Search[] = [['_id', 'token', 'A single or comma separated list of ids.']]
const BY_PATIENT: readonly Search[] = [...BY_ID, ['patient', 'reference', 'The patient concerned.']]

/** CapabilityStatement of the FHIR server, with the oauth-uris extension of SMART App Launch 1. */
export function capabilityStatement(addresses: EhrAddresses, date: Date): fhir4.CapabilityStatement {
  const resource = (
    type: ResourceType,
    searches: readonly Search[],
    ...interactions: ('read' | 'search-type' | 'patch')[]
  ): fhir4.CapabilityStatementRestResource => ({
    type,
    interaction: interactions.map((code) => ({ code })),
    searchParam: searches.map(([name, searchType, documentation]) => ({
      name,
      type: searchType,
      documentation,
    })),
  })
  return {
    resourceType: 'CapabilityStatement',
    url: `${addresses.fhirBaseUrl}/metadata`,
    name: 'SandboxCapabilityStatement',
    title: 'Sandbox EHR (synthetic data)',
    status: 'active',
    date: date.toISOString().slice(0, 10),
    kind: 'instance',
    software: { name: 'Sandbox EHR', version: '1.0' },
    implementation: { description: 'Sandbox EHR with synthetic data', url: addresses.fhirBaseUrl },
    fhirVersion: '4.0.1',
    format: ['json'],
    patchFormat: ['application/json-patch+json'],
    rest: [
      {
        mode: 'server',
        security: {
          cors: true,
          service: [
            {
              coding: [
                {
                  system: 'http://terminology.hl7.org/CodeSystem/restful-security-service',
                  code: 'SMART-on-FHIR',
                },
              ],
            },
          ],
          extension: [
            {
              url: 'http://fhir-registry.smarthealthit.org/StructureDefinition/oauth-uris',
              extension: [
                { url: 'authorize', valueUri: `${addresses.origin}${addresses.authorizePath}` },
                { url: 'token', valueUri: `${addresses.origin}${addresses.tokenPath}` },
              ],
            },
          ],
        },
        resource: [
          resource('Appointment', APPOINTMENT, 'read', 'search-type', 'patch'),
          resource('Encounter', BY_PATIENT, 'read', 'search-type'),
          resource('Location', BY_ID, 'read', 'search-type'),
          resource('Patient', BY_ID, 'read', 'search-type'),
          resource('Practitioner', BY_ID, 'read', 'search-type'),
          resource('RelatedPerson', BY_PATIENT, 'read', 'search-type'),
        ],
      },
    ],
  }
}
