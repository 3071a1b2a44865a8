import { fail, ok, type Result } from '../../src/core/result.ts'
import { type EntraFailure, errorBody, redirect } from './answers.ts'
import { type Caller, checkCaller, type Parameters } from './authorize-request.ts'
import { chooseAccount } from './choose-account.ts'
import type { Context } from './context.ts'
import { type Member, memberById, tenantsIn } from './directory.ts'
import type { Answer, Call } from './listener.ts'
import { consentPage, pickerPage, refusalPage } from './page-answers.tsx'
import type { RefusalId } from './refusals.ts'
import { GLOBAL_ADMINISTRATOR } from './tenants.ts'
import { GRAPH } from './tokens.ts'

const SIGN_IN_SCOPES = ['openid', 'profile', 'email', 'offline_access']

/**
 * `/{tenant}/v2.0/adminconsent` (Admin consent on the Microsoft identity platform): an administrator signs in, reads
 * what the application asks for, and accepts for the organization or cancels.
 */
export async function adminConsentEndpoint(context: Context, segment: string, call: Call): Promise<Answer> {
  const parameters: Parameters = Object.fromEntries(call.url.searchParams)
  const caller = checkCaller(context, segment, parameters)
  if (!caller.ok) return refusalPage(caller.failure, context)
  const { redirectUri, state, scope, application } = caller.value
  const send = (fields: Record<string, string>) =>
    redirect(redirectUri, { admin_consent: 'True', ...fields, state })
  const asked = checkScope(parameters.scope)
  if (!asked.ok) return send(failed(asked.failure, context))

  if (call.form.account !== undefined) {
    const chosen = chooseAccount(context, scope, call)
    if (!chosen.ok) return refusalPage(chosen.failure, context)
    return redirect(`${context.signInUrl}${addressOf(call)}`, {}, { 'set-cookie': chosen.value.setCookie })
  }
  const member = signedIn(context, caller.value, call)
  if (!member) {
    return pickerPage(context, {
      caller: caller.value,
      tenants: tenantsIn(context.tenants, scope),
      loginHint: parameters.login_hint,
      action: addressOf(call),
      cookies: call.cookies,
    })
  }
  if (call.method !== 'POST') {
    return consentPage({
      member,
      application,
      administrator: isAdministrator(member),
      action: addressOf(call),
    })
  }
  if (call.form.decision !== 'accept') return send(failed({ code: 'consent_declined' }, context))
  if (!isAdministrator(member)) return refusalPage({ code: 'consent_not_administrator' }, context)
  for (const permission of application.permissions) member.tenant.consented.add(permission)
  context.applications.addTo(member.tenant, application.clientId)
  return send({ tenant: member.tenant.id, scope: asked.value })
}

/** Application permissions are asked for by `/.default` alone; the scopes of OpenID Connect may stand beside it. */
function checkScope(scope: string | undefined): Result<string, RefusalId> {
  if (!scope) return fail('consent_scope_missing')
  const others = scope.split(' ').filter((one) => one && !SIGN_IN_SCOPES.includes(one))
  return others.length === 1 && others[0] === `${GRAPH}/.default`
    ? ok(scope)
    : fail('consent_scope_dynamic', { shown: { scope } })
}

function signedIn(context: Context, caller: Caller, call: Call): Member | undefined {
  if (call.method === 'GET' && call.url.searchParams.get('prompt') === 'select_account') return undefined
  const session = context.sessions.find(call.cookies)
  const member = session && memberById(tenantsIn(context.tenants, caller.scope), session.userId)
  return member?.user.enabled ? member : undefined
}

function isAdministrator({ user }: Member): boolean {
  return user.wids.includes(GLOBAL_ADMINISTRATOR)
}

/** The request's own address without `prompt`, so that a chosen account is asked once. */
function addressOf(call: Call): string {
  const query = new URLSearchParams(call.url.searchParams)
  query.delete('prompt')
  return `${call.url.pathname}?${query}`
}

function failed(failure: EntraFailure, context: Context) {
  const { error, error_description } = errorBody(failure, context.now)
  return { error, error_description }
}
