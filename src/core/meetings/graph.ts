import type { TokenCredential } from '@azure/identity'
import { Client } from '@microsoft/microsoft-graph-client'
import { type Failure, fail, ok, type Result } from '../result.ts'

export type GraphFailure =
  | 'graph_unavailable'
  | 'graph_throttled'
  | 'graph_permission_missing'
  | 'graph_access_policy_missing'
  | 'graph_not_found'
  | 'graph_refused'

export type Graph = Client

/** @param baseUrl the operator's GRAPH_BASE_URL; the SDK sends the token to hosts of Graph and to this one only. */
export function graphClient(baseUrl: string, credential: TokenCredential): Graph {
  return Client.initWithMiddleware({
    authProvider: {
      async getAccessToken() {
        // The scope names the service, wherever it is reached.
        return (await credential.getToken('https://graph.microsoft.com/.default'))?.token ?? ''
      },
    },
    baseUrl: `${baseUrl}/`,
    customHosts: new Set([new URL(baseUrl).hostname]),
    defaultVersion: 'v1.0',
  })
}

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
  const { statusCode, code, message, headers } = error as {
    statusCode?: number
    code?: string
    message?: string
    headers?: Headers
  }
  const detail = `status ${statusCode ?? 'none'}, ${code ?? 'no code'}`
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
