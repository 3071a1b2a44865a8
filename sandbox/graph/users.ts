import { type Answer, badRequest, noSuchResource } from './answers.ts'
import { context, type GraphCall, parameter } from './call.ts'
import { userOf } from './state.ts'
import { licenseDetails, organizationResource, userResource } from './user.ts'
import { filterOf, searchOf } from './user-query.ts'

/** GET /users/{id | userPrincipalName} (Get a user). */
export function getUser(call: GraphCall): Answer {
  const id = parameter(call, 0)
  const user = userOf(call.tenant, id)
  if (!user) return noSuchResource(id)
  return {
    status: 200,
    body: {
      '@odata.context': context(call, 'users/$entity'),
      ...userResource(user, call.query.get('$select')),
    },
  }
}

/** GET /users with `$filter`, `$search`, `$top`, `$select`, `$orderby=displayName` and paging (List users). */
export function listUsers(call: GraphCall): Answer {
  const { query, headers } = call
  const filter = filterOf(query.get('$filter'))
  if (typeof filter !== 'function') return filter
  const search = searchOf(query.get('$search'), headers.consistencylevel)
  if (typeof search !== 'function') return search
  const top = query.has('$top') ? Number(query.get('$top')) : 100
  if (!Number.isInteger(top) || top < 1 || top > 999) {
    return badRequest('Invalid page size specified. Must be between 1 and 999 inclusive.')
  }
  const skip = Number(query.get('$skiptoken') ?? 0)
  const found = call.tenant.users.filter((user) => filter(user) && search(user))
  if (query.has('$orderby')) found.sort((a, b) => a.displayName.localeCompare(b.displayName))
  const page = found.slice(skip, skip + top)
  return {
    status: 200,
    body: {
      '@odata.context': context(call, 'users'),
      ...(query.get('$count') === 'true' ? { '@odata.count': found.length } : {}),
      ...(skip + top < found.length ? { '@odata.nextLink': nextLink(call, skip + top) } : {}),
      value: page.map((user) => userResource(user, query.get('$select'))),
    },
  }
}

function nextLink(call: GraphCall, skip: number): string {
  const query = new URLSearchParams(call.query)
  query.set('$skiptoken', String(skip))
  return `${call.state.baseUrl}/${call.version}/users?${query}`
}

/** GET /organization (List organizations). */
export function getOrganization(call: GraphCall): Answer {
  return {
    status: 200,
    body: { '@odata.context': context(call, 'organization'), value: [organizationResource(call.tenant)] },
  }
}

/** GET /users/{id}/licenseDetails (List licenseDetails). */
export function getLicenseDetails(call: GraphCall): Answer {
  const id = parameter(call, 0)
  const user = userOf(call.tenant, id)
  if (!user) return noSuchResource(id)
  return {
    status: 200,
    body: {
      '@odata.context': context(call, `users('${user.id}')/licenseDetails`),
      value: licenseDetails(user),
    },
  }
}
