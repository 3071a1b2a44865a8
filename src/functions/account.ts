import { clearSignedIn, launchPath, readSignedIn, writeSignedIn } from '../core/launches/session.ts'
import { browserBinding, consumeState, sealState } from '../core/launches/state.ts'
import { page } from './page-response.ts'
import { type Answer, type Call, redirect, route } from './route.ts'
import { type LaunchCall, launchRoute, refuse, visitUrl } from './session.ts'

/** Sends the clinician to Microsoft's sign-in; `choose` shows the picker even to somebody who is signed in. */
async function toSignIn(call: LaunchCall, choose: boolean): Promise<Answer> {
  const { app, session, cookies } = call
  const { newSignInSecrets, signInUrl } = await import('../core/accounts/sign-in.ts')
  const secrets = newSignInSecrets()
  const binding = browserBinding(cookies)
  const state = sealState(
    app.keys.session,
    {
      purpose: 'signin',
      launchId: session.launchId,
      tenantId: session.tenantId,
      siteId: session.siteId,
      verifier: secrets.codeVerifier,
      nonce: secrets.nonce,
    },
    binding.value,
    app.now(),
  )
  const url = await signInUrl(app.signIn, session.tenantId, { state, secrets, choose })
  return url.ok ? redirect(url.value, binding.cookies) : refuse(call, url.failure, visitUrl(call))
}

/** `?choose` shows the picker: the account of the last try was not the right one. */
launchRoute('accountSignIn', 'GET', 'launch/{id}/account', (call) =>
  toSignIn(call, call.request.query.has('choose')),
)

route('signInCallback', 'GET', 'signin/callback', async (call: Call) => {
  const { app, request, cookies } = call
  const consumed = await consumeState(app.keys.session, app.store, request.query.get('state') ?? undefined, {
    purpose: 'signin',
    cookies,
    now: app.now(),
  })
  if (!consumed.ok) return refuse(call, consumed.failure)
  const { launchId, tenantId, verifier, nonce } = consumed.value
  const { finishSignIn } = await import('../core/accounts/sign-in.ts')
  const account = await finishSignIn(app.signIn, tenantId, new URLSearchParams(request.query), {
    codeVerifier: verifier,
    nonce,
  })
  if (!account.ok) return refuse(call, account.failure, `${launchPath(launchId)}/account?choose=1`)
  const { userId, upn } = account.value
  const signedIn = writeSignedIn(app.keys.session, launchId, { userId, upn }, app.now())
  return signedIn.ok
    ? redirect(`${launchPath(launchId)}/confirm`, signedIn.value)
    : refuse(call, signedIn.failure)
})

launchRoute('accountConfirm', 'GET', 'launch/{id}/confirm', async (call) => {
  const { app, session, cookies } = call
  const signedIn = readSignedIn(app.keys.session, session.launchId, cookies, app.now())
  if (!signedIn.ok) return redirect(`${launchPath(session.launchId)}/account`)
  const { confirmAccountPage } = await import('../pages/confirm-account.tsx')
  const model = {
    ehrUser: { display: session.username ?? session.ehrUser.subject },
    upn: signedIn.value.upn,
    action: `${launchPath(session.launchId)}/confirm`,
    csrf: call.csrf,
  }
  // "Use another account" leads, by way of a redirect, to Microsoft's sign-in.
  return page(confirmAccountPage(model), { formTargets: await signInOrigins(call) })
})

/** Only this answer stores the mapping: a shared workstation may be signed in as somebody else. */
launchRoute('accountConfirmed', 'POST', 'launch/{id}/confirm', async (call) => {
  const { app, session, cookies, fields } = call
  if (fields.get('answer') !== 'yes') return toSignIn(call, true)
  const signedIn = readSignedIn(app.keys.session, session.launchId, cookies, app.now())
  // The page stood open: who signed in ten minutes ago need not be who sits there now.
  if (!signedIn.ok) return toSignIn(call, false)
  const { tenantId, siteId, ehrUser } = session
  await app.mappings.confirm(tenantId, siteId, ehrUser, signedIn.value.userId, app.now())
  call.log('account_confirmed', { site: siteId })
  return redirect(visitUrl(call), clearSignedIn(session.launchId))
})

/** "Not you?": the mapping is undone, and the next person chooses their account. */
launchRoute('accountForget', 'POST', 'launch/{id}/forget', async (call) => {
  const { app, session } = call
  await app.mappings.forget(session.tenantId, session.siteId, session.ehrUser)
  call.log('account_forgotten', { site: session.siteId })
  return toSignIn(call, true)
})

/** The origin of the sign-in page, which a local Entra has apart from its token endpoint. */
export async function signInOrigins({ app, session }: LaunchCall): Promise<string[]> {
  const { newSignInSecrets, signInUrl } = await import('../core/accounts/sign-in.ts')
  const url = await signInUrl(app.signIn, session.tenantId, {
    state: '',
    secrets: newSignInSecrets(),
    choose: false,
  })
  return [new URL(url.ok ? url.value : app.signIn.authority).origin]
}
