import type { GraphFaults, VerifyToken } from '../contracts.ts'
import { type Answer, badRequest, refuse } from './answers.ts'
import type { GraphCall, Route } from './call.ts'
import type { GraphState } from './state.ts'

export const AUDIENCE = 'https://graph.microsoft.com'

/** A request as it arrives, alone or as a step of a batch. */
export type Asked = {
  readonly method: string
  readonly version: 'v1.0' | 'beta'
  /** Path below the version with its query, percent-encoded. */
  readonly target: string
  readonly headers: Readonly<Record<string, string>>
  readonly body: unknown
}

export type Dispatch = (asked: Asked) => Promise<Answer>

/** Fault switches, sign-in, route, permission, in this order; then the route's own work. */
export function dispatcher(
  state: GraphState,
  faults: GraphFaults,
  verify: VerifyToken,
  table: readonly Route[],
): Dispatch {
  const compiled = table.map((route) => ({
    ...route,
    pattern: new RegExp(`^${route.path.replaceAll('{}', '([^/]+)')}/?$`, 'i'),
  }))
  return async (asked) => {
    const broken = faultOf(faults)
    if (broken) return broken
    const caller = await callerOf(asked.headers, state, verify)
    if ('status' in caller) return caller
    const [path = '', query = ''] = asked.target.split(/\?(.*)/s)
    const candidates = compiled.flatMap((route) => {
      const match = route.pattern.exec(path)
      return match ? [{ route, parameters: match.slice(1) }] : []
    })
    const hit = candidates.find(({ route }) => route.method === asked.method)
    if (!hit) {
      return candidates.length > 0
        ? refuse(405, 'Request_BadRequest', 'Specified HTTP method is not allowed for the request target.')
        : badRequest(`Resource not found for the segment '${path.split('/')[1] ?? ''}'.`)
    }
    if (!hit.route.anyOf.some((permission) => caller.roles.has(permission))) {
      return refuse(403, 'Authorization_RequestDenied', 'Insufficient privileges to complete the operation.')
    }
    let parameters: string[]
    try {
      parameters = hit.parameters.map(decodeURIComponent)
    } catch {
      return badRequest('Malformed percent-encoding in the request URL.')
    }
    const call: GraphCall = {
      method: asked.method,
      version: asked.version,
      parameters,
      query: new URLSearchParams(query),
      headers: asked.headers,
      body: asked.body,
      state,
      ...caller,
    }
    return hit.route.handle(call)
  }
}

/** The switches of the sandbox's console. */
function faultOf(faults: GraphFaults): Answer | undefined {
  if (faults.throttled) {
    return refuse(429, 'TooManyRequests', 'Too many requests.', { 'retry-after': '2' })
  }
  if (faults.unavailable) {
    return refuse(503, 'ServiceUnavailable', 'The service is temporarily unavailable.', {
      'retry-after': '2',
    })
  }
  return undefined
}

type Caller = Pick<GraphCall, 'tenant' | 'appId' | 'roles'>

async function callerOf(
  headers: Readonly<Record<string, string>>,
  state: GraphState,
  verify: VerifyToken,
): Promise<Caller | Answer> {
  const token = /^Bearer +(\S+)$/i.exec(headers.authorization ?? '')?.[1]
  if (!token) return unauthenticated('Access token is empty.')
  try {
    const claims = await verify(token, AUDIENCE)
    const tenant = state.tenants.find(({ id }) => id === claims.tid)
    if (!tenant) return unauthenticated('Access token validation failure. Invalid tenant.')
    const roles = Array.isArray(claims.roles) ? claims.roles.filter((role) => typeof role === 'string') : []
    return { tenant, appId: claims.appid, roles: new Set(roles) }
  } catch {
    return unauthenticated('Access token validation failure.')
  }
}

function unauthenticated(message: string): Answer {
  return refuse(401, 'InvalidAuthenticationToken', message, {
    'www-authenticate':
      'Bearer realm="", authorization_uri="https://login.microsoftonline.com/common/oauth2/authorize"',
  })
}
