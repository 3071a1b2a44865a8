import { browserBinding, consumeState, sealState } from '../core/launches/state.ts'
import { setupProgress, setupSteps } from '../core/portal/progress.ts'
import { returnPath } from '../core/portal/return-path.ts'
import { portalRights } from '../core/portal/role.ts'
import {
  clearedPortalSession,
  newPortalSession,
  readPortalSession,
  writePortalSession,
} from '../core/portal/session.ts'
import { page } from './page-response.ts'
import { isAllowed, portalRoute, refusePortal } from './portal-route.ts'
import { type Answer, type Call, redirect, route } from './route.ts'

const START = '/portal/signin/start'

async function frontDoor(call: Call, signedOut: boolean): Promise<Answer> {
  const { portalSignInPage } = await import('../pages/portal/sign-in.tsx')
  const to = returnPath(call.request.query.get('to'))
  const startUrl = signedOut ? `${START}?choose=1` : `${START}?to=${encodeURIComponent(to)}`
  return page(portalSignInPage({ startUrl, signedOut }))
}

/** The portal's address: the front door, or the first step that is still to be done. */
route('portal', 'GET', 'portal', async (call) => {
  const { app, cookies } = call
  const session = readPortalSession(app.keys.session, cookies, app.now())
  if (!session.ok) return frontDoor(call, false)
  if (!isAllowed(call, session.value))
    return refusePortal(call, { code: 'signin_tenant_not_allowed' }, `${START}?choose=1`)
  const { tenantId } = session.value
  const [tenant, sites, checks] = await Promise.all([
    app.tenants.read(tenantId),
    app.sites.ofTenant(tenantId),
    app.checks.read(tenantId),
  ])
  const progress = setupProgress(tenant.value, sites, checks)
  const next = setupSteps.find((step) => step !== 'texts' && progress[step] !== 'done') ?? 'review'
  return redirect(`/portal/${next}`)
})

/** `?to`: where to go on afterwards. `?choose` shows the account picker: shared computers. */
route('portalSignInStart', 'GET', 'portal/signin/start', async (call) => {
  const { app, request, cookies } = call
  const allowed = app.settings.ALLOWED_TENANTS
  const { ANY_ORGANIZATION, newSignInSecrets, signInUrl } = await import('../core/accounts/sign-in.ts')
  // With one organization there is no question whose sign-in it is; a single-tenant application has no other way.
  const tenant = allowed.length === 1 ? (allowed[0] ?? '') : ANY_ORGANIZATION
  const secrets = newSignInSecrets()
  const binding = browserBinding(cookies)
  const state = sealState(
    app.keys.session,
    {
      purpose: 'portal',
      tenant,
      verifier: secrets.codeVerifier,
      nonce: secrets.nonce,
      to: returnPath(request.query.get('to')),
    },
    binding.value,
    app.now(),
  )
  const choose = request.query.has('choose')
  const url = await signInUrl(app.portalSignIn, tenant, { state, secrets, choose })
  return url.ok ? redirect(url.value, binding.cookies) : refusePortal(call, url.failure, START)
})

/** Microsoft sent the browser back: with the answer of a sign-in, or with nothing, after a sign-out. */
route('portalSignedIn', 'GET', 'portal/signin', async (call) => {
  const { app, request, cookies } = call
  const query = new URLSearchParams(request.query)
  if (!query.has('code') && !query.has('error')) return frontDoor(call, true)
  const consumed = await consumeState(app.keys.session, app.store, query.get('state') ?? undefined, {
    purpose: 'portal',
    cookies,
    now: app.now(),
  })
  if (!consumed.ok) return refusePortal(call, consumed.failure, START)
  const { tenant, verifier, nonce, to } = consumed.value
  const { finishSignIn } = await import('../core/accounts/sign-in.ts')
  const account = await finishSignIn(app.portalSignIn, tenant, query, { codeVerifier: verifier, nonce })
  if (!account.ok) return refusePortal(call, account.failure, `${START}?choose=1`)
  const { PORTAL_ADMIN_ROLE: configure, PORTAL_REPORTS_ROLE: reports } = app.settings
  const rights = portalRights(account.value, { configure, reports })
  const session = newPortalSession(account.value, rights, app.now())
  const written = writePortalSession(app.keys.session, session, app.now())
  if (!written.ok) return refusePortal(call, written.failure)
  call.log('portal_signed_in', { configure: rights.configure, reports: rights.reports })
  return redirect(to, written.value)
})

/** Ends our session and Microsoft's (OpenID Connect RP-Initiated Logout 1.0), whoever may do so: everybody may. */
portalRoute(
  'portalSignOut',
  'POST',
  'portal/signout',
  async (call) => {
    const { app, session } = call
    const server = await app.portalSignIn.servers.ofTenant(session.tenantId)
    const endpoint = server.ok ? server.value.end_session_endpoint : undefined
    if (!endpoint || !URL.canParse(endpoint)) return redirect('/portal/signin', clearedPortalSession())
    const url = new URL(endpoint)
    url.searchParams.set('post_logout_redirect_uri', app.portalSignIn.redirectUri)
    return redirect(url.href, clearedPortalSession())
  },
  'view',
)
