import { createHash } from 'node:crypto'
import { fail, ok, type Result } from '../../src/core/result.ts'
import type { Application } from './applications.ts'
import type { Context } from './context.ts'
import { memberById, type Scope } from './directory.ts'
import type { RefusalId } from './refusals.ts'
import { idToken, LIFETIME, userToken } from './tokens.ts'

/** Redeems an authorization code (RFC 6749, section 4.1.3; RFC 7636, section 4.6) for an id_token and access token. */
export async function redeemCode(
  context: Context,
  scope: Scope,
  application: Application,
  form: Readonly<Record<string, string>>,
): Promise<Result<Record<string, unknown>, RefusalId>> {
  const { code, redirect_uri: redirectUri, code_verifier: verifier } = form
  if (!code) return fail('parameter_missing', { shown: { name: 'code' } })
  if (!redirectUri) return fail('parameter_missing', { shown: { name: 'redirect_uri' } })
  if (!verifier) return fail('parameter_missing', { shown: { name: 'code_verifier' } })

  const redemption = context.codes.redeem(code, application.clientId)
  if (redemption.state !== 'valid') return fail(`code_${redemption.state}`)
  const { grant } = redemption
  if (scope.kind === 'one' && scope.tenant.id !== grant.tenantId) return fail('code_tenant')
  if (redirectUri !== grant.redirectUri) return fail('code_redirect_uri')
  const challenge = createHash('sha256').update(verifier).digest('base64url')
  if (challenge !== grant.codeChallenge) return fail('code_verifier')
  const member = memberById(context.tenants, grant.userId)
  if (!member?.user.enabled) return fail('code_account_disabled')

  return ok({
    scope: grant.scope,
    expires_in: LIFETIME,
    ext_expires_in: LIFETIME,
    access_token: await userToken(context, grant, member),
    id_token: await idToken(context, grant, member),
    ...(form.client_info === '1' && { client_info: clientInfo(grant.userId, grant.tenantId) }),
  })
}

/** What Microsoft's libraries ask for to key their caches. */
function clientInfo(uid: string, utid: string): string {
  return Buffer.from(JSON.stringify({ uid, utid })).toString('base64url')
}
