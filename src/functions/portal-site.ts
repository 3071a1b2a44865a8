import { fail } from '../core/result.ts'
import { changeSite } from '../core/sites/change.ts'
import { inputFrom, type SettingsInput } from '../core/sites/settings/input.ts'
import type { FieldErrors } from '../core/sites/settings/read-settings.ts'
import type { Site } from '../core/sites/site.ts'
import type { Versioned } from '../core/sites/version.ts'
import { type PortalCall, portalPage, portalRoute, refusePortal } from './portal-route.ts'
import { issuerProposal, type Shown, siteModel } from './portal-site-model.ts'
import { lookUpPlaces } from './portal-site-places.ts'
import { portalBaseProblem } from './portal-site-portal.ts'
import { type Answer, redirect } from './route.ts'

async function siteAnswer(call: PortalCall, site: Versioned<Site>, shown: Shown = {}): Promise<Answer> {
  const [model, { sitePage }] = await Promise.all([
    siteModel(call, site, shown),
    import('../pages/portal/site.tsx'),
  ])
  return portalPage(call, sitePage(model), { status: shown.refused ? 422 : 200 })
}

/** The settings of a site; whoever may not change them sees them all the same, secrets never. */
portalRoute('portalSite', 'GET', 'portal/sites/{siteId}', async (call) => {
  const site = await call.app.sites.read(call.session.tenantId, call.params.siteId ?? '')
  return site ? siteAnswer(call, site) : refusePortal(call, fail('site_unknown').failure)
})

/** Saves the settings, or does what another button of the form asks for and saves nothing (`do`). */
portalRoute('portalSiteSave', 'POST', 'portal/sites/{siteId}', async (call) => {
  const { app, session, params, fields } = call
  const { tenantId, userId: by } = session
  const siteId = params.siteId ?? ''
  const before = await app.sites.read(tenantId, siteId)
  if (!before) return refusePortal(call, fail('site_unknown').failure)
  const version = fields.get('version') ?? ''
  const input = inputFrom(fields)
  const deed = fields.get('do') ?? 'save'
  if (deed !== 'save')
    return siteAnswer(call, before, { version, ...(await done(call, before.value, input, deed)) })
  if (before.version !== version) return refusePortal(call, fail('config_changed').failure)
  const [{ readSettings }, { value: tenant }] = await Promise.all([
    import('../core/sites/settings/read-settings.ts'),
    app.tenants.read(tenantId),
  ])
  const { sealClientSecret } = await import('../core/sites/smart-site.ts')
  const read = readSettings(input, {
    site: before.value,
    organizers: tenant.organizers,
    sealed: (secret) => sealClientSecret(app.keys.field, { tenantId, siteId }, secret),
    httpLoopback: app.outbound.allowHttp === true,
    now: app.now(),
  })
  const again = (errors: FieldErrors) =>
    siteAnswer(call, before, { version, input, refused: true, errors: { ...typedSecrets(input), ...errors } })
  if ('errors' in read) return again(read.errors)
  const problem = await portalBaseProblem(app, before.value, read.site)
  if (problem) return again({ 'portal.url': problem })
  const changed = await changeSite(
    app,
    { tenantId, by, what: 'site_saved' },
    siteId,
    version,
    () => read.site,
  )
  if (changed.ok) return redirect(`/portal/sites/${siteId}?done=saved`)
  if (changed.failure.code === 'site_url_taken')
    return again({ 'portal.url': 'This FHIR base URL belongs to another site of this deployment.' })
  const { code } = changed.failure
  return refusePortal(call, { code: code === 'site_id_taken' ? 'config_changed' : code })
})

/** Another button of the form: rows are added and taken away, places looked up. Nothing is saved. */
async function done(call: PortalCall, site: Site, input: SettingsInput, deed: string): Promise<Shown> {
  const [what = '', first = '', ...rest] = deed.split(':')
  const departments = [...input.departments]
  if (what === 'add-department') departments.push({ id: '', name: '', locations: '', on: true })
  if (what === 'remove-department') departments.splice(Number(first), 1)
  if (what === 'add-place')
    departments.push({ id: '', name: rest.join(':').slice(0, 100), locations: first, on: true })
  const proposal = issuerProposal(site)
  const issuers =
    what === 'add-issuer' && proposal ? [input.issuers, proposal].filter(Boolean).join('\n') : input.issuers
  const changed = { ...input, departments, issuers }
  const shown = { input: changed, errors: typedSecrets(input) }
  if (what !== 'find-places') return shown
  const text = (call.fields.get('find') ?? '').trim().slice(0, 200)
  return { ...shown, places: await lookUpPlaces(call, site, changed, text) }
}

/** A secret is not sent back to the page: whoever typed one is told to type it once more. */
function typedSecrets(input: SettingsInput): FieldErrors {
  const typed = (['launch', 'system', 'portal'] as const).filter((role) => input[role].secret !== '')
  return Object.fromEntries(
    typed.map((role) => [
      `${role}.secret`,
      'Type the secret once more before you save: it is never sent back here.',
    ]),
  )
}
