import { endpointProblem } from '../../smart/endpoint.ts'
import type { Tell } from './read-settings.ts'

/** Issuers of id_tokens, one a line; they are compared character by character, a trailing slash too. */
export function readIssuers(field: string, text: string, http: boolean, tell: Tell): string[] {
  const issuers = [...new Set(text.split(/\s+/).filter(Boolean))]
  const bad = issuers.find((issuer) => issuer.length > 500 || endpointProblem(issuer, http) !== undefined)
  if (bad !== undefined) tell(field, `“${bad.slice(0, 80)}” is not an https address.`)
  else if (issuers.length > 5) tell(field, 'At most five issuers.')
  return issuers
}
