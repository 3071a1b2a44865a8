import { fail, ok, type Result } from '../../src/core/result.ts'
import { type EntraFailure, json, jsonError } from './answers.ts'
import { authenticateClient } from './client-authentication.ts'
import { redeemCode } from './code-grant.ts'
import type { Context } from './context.ts'
import { credentialsGrant } from './credentials-grant.ts'
import { scopeOf } from './directory.ts'
import type { Answer, Call } from './listener.ts'
import type { RefusalId } from './refusals.ts'

/** `/{tenant}/oauth2/v2.0/token`. */
export async function tokenEndpoint(context: Context, segment: string, call: Call): Promise<Answer> {
  const refuse = (failure: EntraFailure) => jsonError(failure, context.now)
  if (call.method !== 'POST') return refuse({ code: 'token_method', shown: { method: call.method } })
  const outcome = await answerGrant(context, segment, call.form)
  return outcome.ok ? json(outcome.value) : refuse(outcome.failure)
}

async function answerGrant(
  context: Context,
  segment: string,
  form: Readonly<Record<string, string>>,
): Promise<Result<Record<string, unknown>, RefusalId>> {
  const scope = scopeOf(context.tenants, segment)
  if (!scope) return fail('tenant_unknown', { shown: { tenant: segment } })
  const grantType = form.grant_type
  if (!grantType) return fail('grant_type_missing')
  const grant = GRANTS.get(grantType)
  if (!grant) return fail('grant_type_unsupported', { shown: { grant: grantType } })
  const application = await authenticateClient(context, scope, form)
  if (!application.ok) return application
  const tokens = await grant(context, scope, application.value, form)
  return tokens.ok ? ok({ token_type: 'Bearer', ...tokens.value }) : tokens
}

const GRANTS = new Map<string, typeof redeemCode>([
  ['authorization_code', redeemCode],
  ['client_credentials', credentialsGrant],
])
