import { ZodError } from 'zod'
import { type Failure, fail, ok, type Result } from '../result.ts'

// Apart from the client (graph.ts): whoever only calls loads no SDK.

export type GraphFailure =
  | 'graph_unavailable'
  | 'graph_throttled'
  | 'graph_permission_missing'
  | 'graph_access_policy_missing'
  | 'graph_not_found'
  | 'graph_refused'

/** Runs calls to Graph, and the parsing of what they answer, and turns what they throw into a stable code. */
export async function callGraph<T>(work: () => Promise<T>): Promise<Result<T, GraphFailure>> {
  try {
    return ok(await work())
  } catch (error) {
    return { ok: false, failure: graphFailure(error) }
  }
}

/** "Allow applications to access online meetings on behalf of a user": what Graph says when the policy is missing. */
const NO_POLICY = /access policy|not authorized to \w+ meeting|on behalf of user/i

function graphFailure(error: unknown): Failure<GraphFailure> {
  if (error instanceof ZodError) return fail('graph_refused', { detail: 'the answer does not parse' }).failure
  const {
    statusCode,
    code,
    message,
    headers,
    name: kind,
  } = error as {
    name?: string
    statusCode?: number
    code?: unknown
    message?: string
    headers?: Headers
  }
  // Graph's codes are words; its messages name users and meetings, and go nowhere.
  const name = typeof code === 'string' && /^[\w.]{1,60}$/.test(code) ? code : 'no code'
  const detail = `status ${statusCode ?? 'none'}, ${name}`
  // The client makes the name of what was thrown inside it the code of its own error.
  if (name === 'TokenRefused' || kind === 'TokenRefused')
    return fail('graph_permission_missing', { detail: 'token refused' }).failure
  const wait = Number(headers?.get?.('retry-after'))
  if (statusCode === 429)
    return fail('graph_throttled', { detail, ...(wait > 0 ? { retryAfterSeconds: wait } : {}) }).failure
  if ((statusCode === 403 || statusCode === 401) && NO_POLICY.test(message ?? ''))
    return fail('graph_access_policy_missing', { detail }).failure
  if (statusCode === 401 || statusCode === 403) return fail('graph_permission_missing', { detail }).failure
  if (statusCode === 404) return fail('graph_not_found', { detail }).failure
  if (statusCode === undefined || statusCode < 0 || statusCode >= 500)
    return fail('graph_unavailable', { detail }).failure
  return fail('graph_refused', { detail }).failure
}
