import type { Site } from '../../sites/site.ts'
import type { Check } from '../check.ts'
import { failed, pass, warn } from '../line.ts'

/** Whether the token endpoint takes the ways that the site's clients prove themselves by. */
export const authMethods: Check = {
  id: 'auth_methods',
  after: ['pkce'],
  async run({ site, facts }) {
    const offered = facts.configuration?.tokenEndpointAuthMethods ?? []
    const used = usedMethods(site)
    if (used.length === 0) return pass('The client is public and proves nothing.')
    if (offered.length === 0) {
      return warn(
        'smart_auth_unknown',
        'The server does not say which ways it takes.',
        `Ask the EHR team whether it takes ${used.join(' and ')}; the sign-in of the system account below shows it too.`,
      )
    }
    const missing = used.filter((method) => !offered.includes(method))
    if (missing.length === 0) return pass(`The server takes ${used.join(' and ')}.`)
    return failed(
      'smart_auth_unsupported',
      `The server does not take ${missing.join(' and ')}; it offers ${offered.slice(0, 6).join(', ')}.`,
      'Change how the client proves itself, in the site’s settings, to one that the server offers.',
    )
  },
}

function usedMethods({ launch, system }: Site): string[] {
  const methods = [launch.auth.method, ...(system ? [system.auth.method] : [])]
  return [...new Set(methods)].filter((method) => method !== 'none')
}
