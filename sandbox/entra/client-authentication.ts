import { fail, ok, type Result } from '../../src/core/result.ts'
import type { Application } from './applications.ts'
import { checkAssertion } from './assertion.ts'
import { type Context, issuerOf } from './context.ts'
import type { Scope } from './directory.ts'
import type { RefusalId } from './refusals.ts'

const JWT_BEARER = 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer'

/**
 * Which application calls the token endpoint, proved by a client assertion: every registration here is a confidential
 * client without a secret.
 *
 * The assertion is for the token endpoint as addressed, the same by tenant id, or the tenant's issuer.
 */
export async function authenticateClient(
  context: Context,
  scope: Scope,
  form: Readonly<Record<string, string>>,
): Promise<Result<Application, RefusalId>> {
  const clientId = form.client_id
  if (!clientId) return fail('client_id_missing')
  const application = context.applications.find(clientId)
  if (!application) return fail('client_unknown', { shown: { client: clientId } })
  if (form.client_secret) return fail('secret_invalid')
  if (!form.client_assertion || form.client_assertion_type !== JWT_BEARER) return fail('credential_missing')
  const names = scope.kind === 'one' ? [scope.segment, scope.tenant.id] : [scope.segment]
  const audiences = [
    ...names.map((name) => `${context.authority}/${name}/oauth2/v2.0/token`),
    ...(scope.kind === 'one' ? [issuerOf(context, scope.tenant.id)] : []),
  ]
  const checked = await checkAssertion(
    form.client_assertion,
    application,
    audiences,
    context.usedAssertions,
    context.now,
  )
  return checked.ok ? ok(application) : checked
}
