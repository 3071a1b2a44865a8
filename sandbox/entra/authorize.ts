import { errorBody } from './answers.ts'
import {
  type Caller,
  checkCaller,
  checkSignIn,
  type Parameters,
  responseMode,
  type SignInRequest,
} from './authorize-request.ts'
import { chooseAccount } from './choose-account.ts'
import type { Context } from './context.ts'
import { domainsOf, type Member, memberById, memberByName, tenantsIn } from './directory.ts'
import type { Answer, Call } from './listener.ts'
import { pickerPage, refusalPage } from './page-answers.tsx'
import { respond } from './respond.ts'
import type { Session } from './sessions.ts'

/**
 * `/{tenant}/oauth2/v2.0/authorize`. GET answers at once where a session is enough (single sign-on), otherwise shows
 * the account picker; the picker posts back to the same address.
 */
export async function authorizeEndpoint(context: Context, segment: string, call: Call): Promise<Answer> {
  const parameters: Parameters = Object.fromEntries(call.url.searchParams)
  const caller = checkCaller(context, segment, parameters)
  if (!caller.ok) return refusalPage(caller.failure, context)
  const mode = responseMode(parameters.response_mode) ?? 'query'
  const send = (fields: Record<string, string>, setCookie?: string) =>
    respond(caller.value, mode, fields, setCookie)
  const request = checkSignIn(parameters)
  if (!request.ok) return send(oauthError(errorBody(request.failure, context.now)))

  if (call.method === 'POST') {
    const chosen = chooseAccount(context, caller.value.scope, call)
    if (!chosen.ok) return refusalPage(chosen.failure, context)
    const { member, session, setCookie } = chosen.value
    return send(grantCode(context, caller.value, request.value, member, session), setCookie)
  }
  const signedIn = sessionFor(context, caller.value, request.value, call.cookies)
  if (signedIn) {
    return send(grantCode(context, caller.value, request.value, signedIn.member, signedIn.session))
  }
  if (request.value.prompt === 'none') {
    return send(oauthError(errorBody({ code: 'login_required' }, context.now)))
  }
  return pickerPage(context, {
    caller: caller.value,
    tenants: offeredTenants(context, caller.value, request.value),
    loginHint: request.value.loginHint,
    action: `${call.url.pathname}${call.url.search}`,
    cookies: call.cookies,
  })
}

/** The live session, unless the request wants another account or the person may no longer sign in there. */
function sessionFor(
  context: Context,
  caller: Caller,
  request: SignInRequest,
  cookies: string | undefined,
): { member: Member; session: Session } | undefined {
  if (request.prompt === 'login' || request.prompt === 'select_account') return undefined
  const session = context.sessions.find(cookies)
  const member = session && memberById(tenantsIn(context.tenants, caller.scope), session.userId)
  if (!session || !member?.user.enabled) return undefined
  const hinted = request.loginHint && memberByName(context.tenants, request.loginHint)
  if (hinted && hinted.user.id !== member.user.id) return undefined
  return { member, session }
}

/** The scope's tenants, narrowed by a `domain_hint` that one of them owns. */
function offeredTenants(context: Context, caller: Caller, request: SignInRequest) {
  const tenants = tenantsIn(context.tenants, caller.scope)
  const hinted = tenants.filter((tenant) => domainsOf(tenant).has(request.domainHint?.toLowerCase() ?? ''))
  return hinted.length > 0 ? hinted : tenants
}

/** Signing in adds the application to the tenant: the person's own consent to `openid profile` is taken as given. */
function grantCode(
  context: Context,
  caller: Caller,
  request: SignInRequest,
  { tenant, user }: Member,
  session: Session,
): Record<string, string> {
  context.applications.addTo(tenant, caller.application.clientId)
  const code = context.codes.issue({
    clientId: caller.application.clientId,
    redirectUri: caller.redirectUri,
    codeChallenge: request.codeChallenge,
    scope: request.scopes,
    nonce: request.nonce,
    tenantId: tenant.id,
    userId: user.id,
    sessionId: session.id,
  })
  return { code, session_state: session.id }
}

function oauthError({ error, error_description }: { error: string; error_description: string }) {
  return { error, error_description }
}
