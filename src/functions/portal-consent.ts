import { browserBinding, consumeState, sealState } from '../core/launches/state.ts'
import { CONSENT_PATH, consentUrl, readConsent } from '../core/setup/consent.ts'
import { readOrganizationName } from '../core/setup/organization.ts'
import { missingPermissions } from '../core/setup/permissions.ts'
import { changeTenant } from '../core/sites/change.ts'
import { NOT_YET } from '../core/sites/version.ts'
import { type PortalCall, portalRoute, refusePortal } from './portal-route.ts'
import { type Answer, redirect } from './route.ts'

const PERMISSIONS = '/portal/permissions'

/** Sends an administrator to Microsoft's consent page for their own organization. */
portalRoute('portalConsentStart', 'POST', 'portal/permissions/consent', async (call) => {
  const { app, session, cookies } = call
  const server = await app.portalSignIn.servers.ofTenant(session.tenantId)
  if (!server.ok) return refusePortal(call, server.failure, PERMISSIONS)
  const binding = browserBinding(cookies)
  const state = sealState(
    app.keys.session,
    { purpose: 'consent', tenantId: session.tenantId, to: PERMISSIONS },
    binding.value,
    app.now(),
  )
  const url = consentUrl(server.value.authorization_endpoint, {
    tenantId: session.tenantId,
    clientId: app.settings.ENTRA_CLIENT_ID,
    redirectUri: `${app.settings.PUBLIC_URL}${CONSENT_PATH}`,
    state,
  })
  return url === undefined
    ? refusePortal(call, { code: 'signin_unavailable' }, PERMISSIONS)
    : redirect(url, binding.cookies)
})

/**
 * Microsoft's answer. It is a GET that anybody could write: it has to carry a state of ours, of this browser, for the
 * tenant that is signed in; and what was granted is then asked of Entra itself.
 */
portalRoute(
  'portalConsent',
  'GET',
  'portal/consent',
  async (call) => {
    const { app, request, session, cookies } = call
    const query = new URLSearchParams(request.query)
    const consumed = await consumeState(app.keys.session, app.store, query.get('state') ?? undefined, {
      purpose: 'consent',
      cookies,
      now: app.now(),
    })
    if (!consumed.ok) return refusePortal(call, consumed.failure, PERMISSIONS)
    if (consumed.value.tenantId !== session.tenantId)
      return refusePortal(call, { code: 'consent_tenant_mismatch' })
    const answered = readConsent(query, session.tenantId)
    if (!answered.ok) return refusePortal(call, answered.failure)
    return consented(call, consumed.value.to)
  },
  'configure',
)

async function consented({ app, session, log }: PortalCall, to: string): Promise<Answer> {
  const { tenantId, userId: by } = session
  const { learnGranted } = await import('../core/setup/granted.ts')
  const granted = await learnGranted(app.checks, app.renewedCredential, tenantId)
  const missing = granted.roles === undefined ? undefined : missingPermissions(granted.roles)
  log('consent_given', { granted: granted.roles?.length, problem: granted.problem })
  const [tenant, name] = await Promise.all([
    app.tenants.read(tenantId),
    readOrganizationName(await app.graph(tenantId)),
  ])
  const unnamed = tenant.version === NOT_YET || tenant.value.name === tenantId
  // Somebody who saves at this very moment goes first: the consent itself stands, it is Entra's.
  await changeTenant(app, { tenantId, by, what: 'consent_given' }, tenant.version, (before) =>
    unnamed && name.ok ? { ...before, name: name.value } : before,
  )
  const whole = missing?.required.length === 0
  return redirect(`${to}?done=${whole ? 'consented' : 'consent-partly'}`)
}
