import { fail, ok } from '../result.ts'
import type { SmartResult } from './failures.ts'
import type { TokenResponse } from './types.ts'

/** `user/Appointment.rs?status=booked` taken apart; `actions` are letters of `cruds`. */
type AccessScope = {
  readonly context: string
  readonly resource: string
  readonly actions: string
  readonly query: string
}

const ACCESS = /^(patient|user|system)\/([A-Za-z]+|\*)\.(read|write|\*|[cruds]{1,5})(?:\?(.+))?$/
const V1: Readonly<Record<string, string>> = { read: 'rs', write: 'cud', '*': 'cruds' }

/** Scopes whose effect shows in the response itself (context, id_token): servers often leave them out of `scope`. */
const SHOWN_OTHERWISE = /^(launch(\/\w+)?|openid|fhirUser|profile)$/

/**
 * Asked access that was not granted, as it was asked. Servers drop scopes silently (SMART App Launch 2.2.0 §Obtain
 * access token: the granted scope may differ from the requested one). v1 and v2 spellings are equal: `read` = `rs`, `write` = `cud`,
 * `*` = `cruds` (§Scopes for requesting FHIR Resources). A grant narrowed by a query does not cover an asked scope
 * without one. launch, openid, fhirUser and profile are not looked for.
 */
export function missingScopes(asked: string, granted: string): string[] {
  const grantedList = split(granted)
  const access = grantedList.map(parse).filter((scope) => scope !== undefined)
  return split(asked).filter((text) => {
    if (SHOWN_OTHERWISE.test(text) || grantedList.includes(text)) return false
    const wanted = parse(text)
    if (!wanted) return true
    return ![...wanted.actions].every((action) => access.some((scope) => covers(scope, wanted, action)))
  })
}

/** Refuses a token with less access than a step needs; `shown.missing` names what is lacking. */
export function requireScopes(token: Pick<TokenResponse, 'scope'>, needed: string): SmartResult<undefined> {
  const missing = missingScopes(needed, token.scope)
  if (missing.length === 0) return ok(undefined)
  return fail('smart_scope_missing', { detail: missing.join(' '), shown: { missing: missing.join(' ') } })
}

export function split(scopes: string): string[] {
  return [...new Set(scopes.split(/\s+/).filter(Boolean))]
}

function parse(text: string): AccessScope | undefined {
  const [, context, resource, actions, query] = ACCESS.exec(text) ?? []
  if (context === undefined || resource === undefined || actions === undefined) return undefined
  return { context, resource, actions: V1[actions] ?? actions, query: query ?? '' }
}

function covers(granted: AccessScope, wanted: AccessScope, action: string): boolean {
  if (granted.context !== wanted.context || !granted.actions.includes(action)) return false
  if (granted.resource !== '*' && granted.resource !== wanted.resource) return false
  return granted.query === '' || granted.query === wanted.query
}
