import { fail } from '../core/result.ts'
import { removeSite } from '../core/sites/change.ts'
import { openVisits } from '../core/visits/open-visits.ts'
import { type PortalCall, portalFrame, portalPage, portalRoute, refusePortal } from './portal-route.ts'
import { type Answer, redirect } from './route.ts'

async function confirmation(call: PortalCall, status = 200): Promise<Answer> {
  const { app, session, params } = call
  const read = await app.sites.read(session.tenantId, params.siteId ?? '')
  if (!read) return refusePortal(call, fail('site_unknown').failure)
  const { value: site, version } = read
  const [{ frame }, open, { siteRemovePage }] = await Promise.all([
    portalFrame(call, 'sites'),
    openVisits(app.store, site, app.settings.SWEEP_HORIZON_DAYS, app.now()),
    import('../pages/portal/site-remove.tsx'),
  ])
  const { siteId, name, fhirBaseUrl: url, environment, setup, texts } = site
  const model = {
    frame,
    siteId,
    version,
    name,
    url,
    environment,
    inSetup: setup === true,
    textsOn: texts.on,
    ...open,
  }
  return portalPage(call, siteRemovePage(model), { status })
}

/** What happens to open visits and links, before anything does. */
portalRoute('portalSiteRemovePage', 'GET', 'portal/sites/{siteId}/remove', (call) => confirmation(call))

portalRoute('portalSiteRemove', 'POST', 'portal/sites/{siteId}/remove', async (call) => {
  const { app, session, params, fields } = call
  const { tenantId, userId: by } = session
  // The box is ticked in the form; a form without it is not one of ours, and is asked again.
  if (fields.get('understood') !== 'yes') return confirmation(call, 422)
  const change = { tenantId, by, what: 'site_removed' }
  const removed = await removeSite(app, change, params.siteId ?? '', fields.get('version') ?? '')
  if (!removed.ok) return refusePortal(call, removed.failure)
  call.log('site_removed', { site: params.siteId })
  return redirect('/portal/sites?done=site-removed')
})
