import type { Refusal } from '../../contracts.ts'

const SOURCE = {
  BATCH: 'Combine multiple HTTP requests using JSON batching',
  ERR: 'Microsoft Graph error responses and resource types',
  FILTER: 'List users',
  SEARCH: 'Use the $search query parameter',
  THROTTLE: 'Microsoft Graph throttling limits, "Cloud communication service limits"',
} as const

/** What any call may draw, and the directory's own refusals. `body` is `error.code`. */
export const CALLS: readonly Refusal[] = [
  {
    id: 'no-token',
    request: 'any call without Authorization',
    status: 401,
    body: 'InvalidAuthenticationToken',
    source: SOURCE.ERR,
  },
  {
    id: 'bad-token',
    request: 'any call with a token that does not verify',
    status: 401,
    body: 'InvalidAuthenticationToken',
    source: SOURCE.ERR,
  },
  {
    id: 'foreign-issuer-tenant',
    request: 'any call with a token of a tenant that is not known',
    status: 401,
    body: 'InvalidAuthenticationToken',
    source: SOURCE.ERR,
  },
  {
    id: 'permission-missing',
    request: 'GET /users/{id} with a token that lacks every permission of the call',
    status: 403,
    body: 'Authorization_RequestDenied',
    source: SOURCE.ERR,
  },
  { id: 'unknown-version', request: 'GET /v2.0/users', status: 400, body: 'BadRequest', source: SOURCE.ERR },
  {
    id: 'unknown-segment',
    request: 'GET /v1.0/nothing',
    status: 400,
    body: 'BadRequest',
    source: SOURCE.ERR,
  },
  {
    id: 'method-not-allowed',
    request: 'DELETE /v1.0/organization',
    status: 405,
    body: 'Request_BadRequest',
    source: SOURCE.ERR,
  },
  {
    id: 'invalid-json',
    request: 'POST with a body that is not JSON',
    status: 400,
    body: 'BadRequest',
    source: SOURCE.ERR,
  },
  {
    id: 'throttled',
    request: 'any call while faults.throttled is on',
    status: 429,
    body: 'TooManyRequests',
    source: SOURCE.THROTTLE,
  },
  {
    id: 'unavailable',
    request: 'any call while faults.unavailable is on',
    status: 503,
    body: 'ServiceUnavailable',
    source: SOURCE.ERR,
  },
  {
    id: 'unknown-user',
    request: 'GET /users/{id} that the tenant does not have',
    status: 404,
    body: 'Request_ResourceNotFound',
    source: SOURCE.ERR,
  },
  {
    id: 'users-filter',
    request: 'GET /users with a filter that is not understood',
    status: 400,
    body: 'Request_UnsupportedQuery',
    source: SOURCE.FILTER,
  },
  {
    id: 'users-search-header',
    request: 'GET /users?$search without ConsistencyLevel',
    status: 400,
    body: 'Request_UnsupportedQuery',
    source: SOURCE.SEARCH,
  },
  {
    id: 'users-top',
    request: 'GET /users?$top=1000',
    status: 400,
    body: 'BadRequest',
    source: SOURCE.FILTER,
  },
  {
    id: 'batch-too-many',
    request: 'POST /$batch with 21 steps',
    status: 400,
    body: 'BadRequest',
    source: SOURCE.BATCH,
  },
  {
    id: 'batch-same-id',
    request: 'POST /$batch with two steps of one id',
    status: 400,
    body: 'BadRequest',
    source: SOURCE.BATCH,
  },
]
