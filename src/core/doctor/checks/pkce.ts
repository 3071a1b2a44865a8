import type { Check } from '../check.ts'
import { failed, pass, warn } from '../line.ts'

/** SMART App Launch 2.2.0, "Considerations for PKCE Support": S256 is required. */
export const pkce: Check = {
  id: 'pkce',
  after: ['smart_configuration'],
  async run({ facts }) {
    if (facts.configuration?.source === 'smart_configuration') return pass('The server offers S256.')
    if (facts.configuration) {
      return warn(
        'smart_pkce_unknown',
        'A CapabilityStatement cannot say whether PKCE is offered. It is used all the same.',
        'Ask the EHR team for .well-known/smart-configuration.',
      )
    }
    return failed(
      'smart_pkce_missing',
      'The server does not offer PKCE with S256, so no sign-in is started.',
      'Ask the EHR team to switch PKCE (S256) on, and to list it under code_challenge_methods_supported.',
    )
  },
}
