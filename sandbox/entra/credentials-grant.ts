import { fail, ok, type Result } from '../../src/core/result.ts'
import type { Application } from './applications.ts'
import type { Context } from './context.ts'
import type { Scope } from './directory.ts'
import type { RefusalId } from './refusals.ts'
import { applicationToken, COMMUNICATION, GRAPH, LIFETIME } from './tokens.ts'

const RESOURCES = [GRAPH, COMMUNICATION]

/** An application's own token in one tenant (OAuth 2.0 client credentials flow on the Microsoft identity platform). */
export async function credentialsGrant(
  context: Context,
  scope: Scope,
  application: Application,
  form: Readonly<Record<string, string>>,
): Promise<Result<Record<string, unknown>, RefusalId>> {
  if (scope.kind === 'any') return fail(scope.segment === 'common' ? 'tenant_common' : 'tenant_missing')
  const resource = resourceOf(form.scope ?? '')
  if (resource === undefined) return fail('default_scope_missing', { shown: { scope: form.scope ?? '' } })
  const { tenant } = scope
  if (!RESOURCES.includes(resource)) {
    return fail('resource_unknown', { shown: { resource, tenant: tenant.displayName } })
  }
  if (!context.applications.isIn(tenant, application.clientId)) {
    return fail('service_principal_missing', { shown: { client: application.clientId, tenant: tenant.id } })
  }
  return ok({
    expires_in: LIFETIME,
    ext_expires_in: LIFETIME,
    access_token: await applicationToken(context, tenant, application.clientId, resource),
  })
}

/**
 * The resource of `{resource}/.default`, without a trailing slash: the Communication Services SDKs ask for
 * `https://communication.azure.com//.default`. MSAL appends the scopes of OpenID Connect, which say nothing here.
 */
function resourceOf(scope: string): string | undefined {
  const asked = scope
    .split(' ')
    .filter((one) => one && !['openid', 'profile', 'offline_access'].includes(one))
  const [only, more] = asked
  if (only === undefined || more !== undefined || !only.endsWith('/.default')) return undefined
  return only.slice(0, -'/.default'.length).replace(/\/$/, '')
}
