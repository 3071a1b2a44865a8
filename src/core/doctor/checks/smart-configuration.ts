import { discover } from '../../smart/discovery.ts'
import type { Check } from '../check.ts'
import { fromFailure } from '../from-failure.ts'
import { failed, pass, warn } from '../line.ts'

/** SMART App Launch 2.2.0, "Conformance": read anew, past every cache. */
export const smartConfiguration: Check = {
  id: 'smart_configuration',
  after: ['fhir_version'],
  async run({ site, ports, facts }) {
    const described = await ports.smart.site(site)
    facts.smartSite = described
    const found = await discover(described, ports.outbound, ports.now())
    if (found.ok) {
      facts.configuration = found.value
      return found.value.source === 'smart_configuration'
        ? pass('smart-configuration was read; its addresses are safe.')
        : warn(
            'smart_by_capability',
            'The server has no smart-configuration; the addresses come from its CapabilityStatement.',
            'This works. Ask the EHR team for .well-known/smart-configuration: it also says what the server can do.',
          )
    }
    const { code, detail } = found.failure
    // The document is there and complete but for PKCE: that is the next line's.
    if (code === 'smart_pkce_missing') return pass('smart-configuration was read; its addresses are safe.')
    if (code === 'smart_discovery_invalid') {
      return failed(
        code,
        `smart-configuration is incomplete or unsafe: ${detail ?? 'it is no JSON'}.`,
        'Ask the EHR team to mend what is named, or compare the FHIR base URL with the one that they gave you.',
      )
    }
    if (detail === 'status 404') {
      return failed(
        code,
        'The server has no .well-known/smart-configuration.',
        'Compare the FHIR base URL with what the EHR team gave you. An EHR that has none at all can be allowed by its CapabilityStatement, under the advanced settings of the site.',
      )
    }
    return fromFailure(found.failure)
  },
}
