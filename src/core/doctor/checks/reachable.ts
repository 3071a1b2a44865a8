import { getDocument, jsonOf } from '../../smart/answer.ts'
import type { Check } from '../check.ts'
import { failed, pass } from '../line.ts'
import { silenceOf } from '../silence.ts'

/** FHIR R4, "capabilities" interaction: every server answers it without a token. */
export const reachable: Check = {
  id: 'reachable',
  after: [],
  async run({ site, ports, facts }) {
    const url = `${site.fhirBaseUrl.replace(/\/+$/, '')}/metadata`
    const answer = await getDocument(url, 'application/fhir+json, application/json', ports.outbound)
    if (answer.kind === 'silent') return silenceOf(answer.why, 'The FHIR server')
    if (answer.status !== 200) {
      return failed(
        'ehr_status',
        `The FHIR server answered with status ${answer.status}.`,
        answer.status >= 500 || answer.status === 429
          ? 'The EHR is busy or out of order. Run the doctor again in some minutes; if it stays so, ask the EHR team.'
          : 'Compare the FHIR base URL with what the EHR team gave you. A missing or wrong version (such as /r4) or EHR tenant id answers like this.',
      )
    }
    const statement = jsonOf(answer.text)
    if (statement === undefined) {
      return failed(
        'ehr_not_json',
        'What answers at this address is no FHIR server: it sends a web page or something else.',
        'Compare the FHIR base URL with what the EHR team gave you. The address of a sign-in page or of a portal is not it.',
      )
    }
    facts.statement = statement
    return pass('The FHIR server answered.')
  },
}
