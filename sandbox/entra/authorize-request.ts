import { z } from 'zod'
import { fail, ok, type Result } from '../../src/core/result.ts'
import type { Application } from './applications.ts'
import type { Context } from './context.ts'
import { type Scope, scopeOf } from './directory.ts'
import type { RefusalId } from './refusals.ts'

export type Parameters = Readonly<Record<string, string>>

/** Who asks, and where an answer may go: known only once tenant, client and redirect URI are found good. */
export type Caller = {
  readonly scope: Scope
  readonly application: Application
  readonly redirectUri: string
  readonly state: string | undefined
}

/** A sign-in request that has passed every check. */
export type SignInRequest = {
  readonly scopes: string
  readonly nonce: string | undefined
  readonly codeChallenge: string
  readonly prompt: 'none' | 'login' | 'select_account' | 'consent' | undefined
  readonly loginHint: string | undefined
  readonly domainHint: string | undefined
}

const Prompt = z.enum(['none', 'login', 'select_account', 'consent']).optional()
/** BASE64URL of a SHA-256 digest (RFC 7636, section 4.2). */
const Challenge = z.string().regex(/^[\w-]{43}$/)

/** First half of the checks: a failure is shown to the person, because the redirect URI is not to be trusted yet. */
export function checkCaller(
  context: Context,
  segment: string,
  parameters: Parameters,
): Result<Caller, RefusalId> {
  const { client_id: clientId, redirect_uri: redirectUri, state } = parameters
  const scope = scopeOf(context.tenants, segment)
  if (!scope) return fail('tenant_unknown_page', { shown: { tenant: segment } })
  if (!clientId) return fail('client_id_missing_page')
  const application = context.applications.find(clientId)
  if (!application) return fail('client_unknown_page', { shown: { client: clientId } })
  if (!redirectUri) return fail('redirect_uri_missing')
  if (!application.redirectUris.includes(redirectUri)) {
    return fail('redirect_uri_mismatch', { shown: { redirect: redirectUri, client: clientId } })
  }
  return ok({ scope, application, redirectUri, state })
}

/** Second half: a failure goes back to the redirect URI. */
export function checkSignIn(parameters: Parameters): Result<SignInRequest, RefusalId> {
  const { response_type: type, response_mode: mode, scope, code_challenge: challenge } = parameters
  if (!type) return fail('response_type_missing')
  if (type !== 'code') return fail('response_type_unsupported', { shown: { type } })
  if (responseMode(mode) === undefined) {
    return fail('response_mode_unsupported', { shown: { mode: mode ?? '' } })
  }
  if (!scope) return fail('scope_missing')
  if (!scope.split(' ').includes('openid')) return fail('openid_missing')
  if (!Challenge.safeParse(challenge).success || !challenge) return fail('code_challenge_missing')
  if (parameters.code_challenge_method !== 'S256') return fail('code_challenge_method')
  const prompt = Prompt.safeParse(parameters.prompt)
  if (!prompt.success) return fail('prompt_unsupported')
  return ok({
    scopes: scope,
    nonce: parameters.nonce,
    codeChallenge: challenge,
    prompt: prompt.data,
    loginHint: parameters.login_hint,
    domainHint: parameters.domain_hint,
  })
}

/** How an answer travels; `query` where the request does not say. Undefined for what is not supported. */
export function responseMode(asked: string | undefined): 'query' | 'fragment' | 'form_post' | undefined {
  const mode = z.enum(['query', 'fragment', 'form_post']).safeParse(asked ?? 'query')
  return mode.success ? mode.data : undefined
}
