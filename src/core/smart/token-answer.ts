import { z } from 'zod'
import { fail, ok } from '../result.ts'
import { answerOf, jsonOf, retryAfterSeconds } from './answer.ts'
import type { SmartFailureCode, SmartResult } from './failures.ts'
import { shownError } from './shown-error.ts'

const text = z.string().optional().catch(undefined)
const errorBody = z.object({ error: z.string().min(1), error_description: text, error_uri: text })

const REFUSALS: ReadonlyMap<string, SmartFailureCode> = new Map([
  ['invalid_grant', 'smart_code_expired'],
  ['invalid_client', 'smart_client_rejected'],
  ['unauthorized_client', 'smart_client_rejected'],
  ['invalid_scope', 'smart_scope_refused'],
  ['invalid_request', 'smart_token_refused'],
  ['unsupported_grant_type', 'smart_token_refused'],
])

export type TokenAnswer = {
  /** The response as OAuth alone reads it. */
  readonly response: Response
  /** Taken out: OpenID Connect's part has its own verification. */
  readonly idToken: string | undefined
  readonly body: Readonly<Record<string, unknown>>
}

/**
 * Reads a token endpoint's answer once. A refusal (RFC 6749 §5.2) becomes a failure with the server's words in `shown`.
 * The id_token is taken out of an acceptance before oauth4webapi processes it: that insists on the discovered issuer,
 * and Cerner's id_tokens carry another one; id-token.ts verifies it against the site's list.
 */
export async function readTokenAnswer(response: Response, now: Date): Promise<SmartResult<TokenAnswer>> {
  const answer = await answerOf(response)
  if (answer.kind === 'silent') return fail('smart_token_unreachable', { detail: answer.why })
  const json = jsonOf(answer.text)
  if (answer.status !== 200) return refusal(answer.status, answer.headers, json, now)
  const parsed = z.record(z.string(), z.unknown()).safeParse(json)
  if (!parsed.success) return fail('smart_token_invalid', { detail: 'not a JSON object' })
  const { id_token, ...body } = parsed.data
  if (id_token !== undefined && id_token !== null && typeof id_token !== 'string')
    return fail('smart_token_invalid', { detail: 'id_token' })
  return ok({
    response: Response.json(body, { headers: { 'cache-control': 'no-store' } }),
    idToken: id_token || undefined,
    body,
  })
}

function refusal(
  status: number,
  headers: Headers,
  json: unknown,
  now: Date,
): ReturnType<typeof fail<SmartFailureCode>> {
  const error = errorBody.safeParse(json).data
  const known = error && REFUSALS.get(error.error)
  const wait = retryAfterSeconds(headers, now)
  return fail(codeOf(status, known), {
    detail: known && error ? `status ${status} ${error.error}` : `status ${status}`,
    ...(error ? { shown: shownError(error) } : {}),
    ...(wait === undefined ? {} : { retryAfterSeconds: wait }),
  })
}

function codeOf(status: number, known: SmartFailureCode | undefined): SmartFailureCode {
  if (status === 429) return 'smart_throttled'
  if (status >= 500) return 'smart_token_unreachable'
  if (known) return known
  // Some servers answer 401 without a body to a client that they do not know.
  if (status === 401) return 'smart_client_rejected'
  return status >= 400 ? 'smart_token_refused' : 'smart_token_invalid'
}
