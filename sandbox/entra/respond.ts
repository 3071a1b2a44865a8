import { redirect } from './answers.ts'
import type { Caller } from './authorize-request.ts'
import type { Answer } from './listener.ts'
import { formPostPage } from './page-answers.tsx'

/**
 * Sends an authorization response, with the request's state, to the redirect URI: in its query, in its fragment, or
 * posted by the browser (OAuth 2.0 Multiple Response Types; OAuth 2.0 Form Post Response Mode).
 */
export async function respond(
  caller: Pick<Caller, 'redirectUri' | 'state'>,
  mode: 'query' | 'fragment' | 'form_post',
  fields: Readonly<Record<string, string>>,
  setCookie?: string,
): Promise<Answer> {
  const cookie = setCookie ? { 'set-cookie': setCookie } : undefined
  const parameters = { ...fields, ...(caller.state !== undefined && { state: caller.state }) }
  if (mode === 'query') return redirect(caller.redirectUri, parameters, cookie)
  if (mode === 'fragment') {
    return redirect(`${caller.redirectUri}#${new URLSearchParams(parameters)}`, {}, cookie)
  }
  return formPostPage(caller.redirectUri, parameters, cookie)
}
