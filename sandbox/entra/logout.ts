import { redirect } from './answers.ts'
import type { Context } from './context.ts'
import type { Answer, Call } from './listener.ts'
import { signedOutPage } from './page-answers.tsx'

/**
 * `/{tenant}/oauth2/v2.0/logout`: ends the browser's session, then returns to `post_logout_redirect_uri` where it is
 * one of an application's redirect URIs; else the person is told to close the window. (OpenID Connect on the
 * Microsoft identity platform, "Send a sign-out request".)
 */
export async function logoutEndpoint(context: Context, call: Call): Promise<Answer> {
  const cookie = { 'set-cookie': context.sessions.close(call.cookies) }
  const target = call.url.searchParams.get('post_logout_redirect_uri')
  const registered = context.applications.all().some((one) => one.redirectUris.includes(target ?? ''))
  if (target === null || !registered) return signedOutPage(cookie)
  return redirect(target, { state: call.url.searchParams.get('state') ?? undefined }, cookie)
}
