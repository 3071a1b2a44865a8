import { fail, ok } from '../result.ts'
import type { SmartFailureCode, SmartResult } from './failures.ts'
import { shownError } from './shown-error.ts'
import type { SmartConfiguration, SmartSite } from './types.ts'

/** Sealed states and the codes of large vendors are long; nothing honest is longer than this. */
const LONGEST = 8_192

const REFUSALS: ReadonlyMap<string, SmartFailureCode> = new Map([
  ['access_denied', 'smart_authorize_refused'],
  ['login_required', 'smart_authorize_refused'],
  ['interaction_required', 'smart_authorize_refused'],
  ['consent_required', 'smart_authorize_refused'],
  ['account_selection_required', 'smart_authorize_refused'],
  ['server_error', 'smart_authorize_unavailable'],
  ['temporarily_unavailable', 'smart_authorize_unavailable'],
  ['invalid_scope', 'smart_scope_refused'],
  ['unauthorized_client', 'smart_client_rejected'],
  ['invalid_client', 'smart_client_rejected'],
])

/**
 * What came back to the redirect address. `state` stands beside the answer, since a refusal too belongs to a launch
 * that is to be consumed. The caller opens and consumes `state` first, then checks `iss`, and reads `answer` last: the
 * words of a server that was never asked are shown to nobody.
 */
export type Callback = {
  readonly state: string | undefined
  /** The issuer that the answer names (RFC 9207 §2). */
  readonly iss: string | undefined
  readonly answer: SmartResult<{ readonly code: string }>
}

/**
 * Parses the authorization response (RFC 6749 §4.1.2, §4.1.2.1). A parameter given twice makes it invalid (§3.1).
 * Errors become failures whose `shown` holds error, error_description and error_uri as plain text.
 */
export function parseCallback(query: URLSearchParams): Callback {
  const twice = ['code', 'state', 'iss', 'error'].find((name) => query.getAll(name).length > 1)
  if (twice) return nothing(`${twice} given more than once`)
  const read = (name: string) => query.get(name) || undefined
  const [state, iss, code, error] = [read('state'), read('iss'), read('code'), read('error')]
  if ([state, iss, code].some((value) => value !== undefined && value.length > LONGEST))
    return nothing('a parameter is too long')
  if (error !== undefined) return { state, iss, answer: refusal(query, error) }
  if (state === undefined) return { ...nothing('no state'), iss }
  if (code === undefined) return { ...nothing('neither code nor error'), state, iss }
  return { state, iss, answer: ok({ code }) }
}

/**
 * Closes the mix-up of authorization servers (RFC 9207 §2.4): where the answer names an issuer it must be the one that
 * was asked, and it must be named where the server promised so.
 */
export function checkCallbackIssuer(
  config: SmartConfiguration,
  site: SmartSite,
  iss: string | undefined,
): SmartResult<undefined> {
  if (iss === undefined)
    return config.sendsIssuer
      ? fail('smart_issuer_mismatch', { detail: 'no iss in the callback' })
      : ok(undefined)
  const expected = iss === config.issuer || site.allowedIssuers.includes(iss)
  return expected ? ok(undefined) : fail('smart_issuer_mismatch', { detail: 'iss of the callback' })
}

function refusal(query: URLSearchParams, error: string): Callback['answer'] {
  const known = REFUSALS.get(error)
  return fail(known ?? 'smart_authorize_invalid', {
    detail: known ? error : 'an error of another name',
    shown: shownError({
      error,
      error_description: query.get('error_description') ?? undefined,
      error_uri: query.get('error_uri') ?? undefined,
    }),
  })
}

function nothing(detail: string): Callback {
  return { state: undefined, iss: undefined, answer: fail('smart_callback_invalid', { detail }) }
}
