import { z } from 'zod'
import type { Check } from '../check.ts'
import { failed, pass } from '../line.ts'

const statement = z.object({ resourceType: z.string(), fhirVersion: z.string().max(40).optional() })

/** FHIR R4, CapabilityStatement.fhirVersion; DSTU2 calls the resource Conformance. */
export const fhirVersion: Check = {
  id: 'fhir_version',
  after: ['reachable'],
  async run({ facts }) {
    const parsed = statement.safeParse(facts.statement)
    const version = parsed.success ? parsed.data.fhirVersion : undefined
    if (version !== undefined && /^4\.0(\.|$)/.test(version)) return pass(`FHIR ${version}.`)
    return failed(
      'ehr_fhir_version',
      version === undefined
        ? 'The server does not say its FHIR version.'
        : `The server speaks FHIR ${version}.`,
      'Version R4 (4.0) is needed. Ask the EHR team for the R4 address; with Oracle Health it has /r4/ in it.',
    )
  },
}
