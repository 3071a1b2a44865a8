import { permissionsView } from './permissions-view.ts'
import { portalPage, portalRoute } from './portal-route.ts'
import { redirect } from './route.ts'

/** Consent, organizer accounts and their access policy; while a check goes on the page asks for itself again. */
portalRoute('portalPermissions', 'GET', 'portal/permissions', async (call) => {
  const { rendered, targets } = await permissionsView(call)
  return portalPage(call, rendered, { formTargets: targets })
})

/** Asks Entra once more what is granted: for who gave consent elsewhere, or took it back. */
portalRoute('portalGrantedAgain', 'POST', 'portal/permissions/granted', async (call) => {
  const { app, session } = call
  const { learnGranted } = await import('../core/setup/granted.ts')
  await learnGranted(app.checks, app.renewedCredential, session.tenantId)
  return redirect('/portal/permissions?done=checked')
})
