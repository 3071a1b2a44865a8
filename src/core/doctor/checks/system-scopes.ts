import type { Check } from '../check.ts'
import { failed, pass } from '../line.ts'

/** An EHR may leave out scopes without a word: what was granted is compared with what was asked for. */
export const systemScopes: Check = {
  id: 'system_scopes',
  after: ['system_token'],
  async run({ site, facts }) {
    if (!facts.missingScopes) return pass(`Granted: ${site.system?.scopes ?? ''}.`.slice(0, 1000))
    return failed(
      'smart_scope_missing',
      `The EHR left these out: ${facts.missingScopes}.`.slice(0, 1000),
      'Ask the EHR team to add them to the registration of the system account.',
    )
  },
}
