import { fail } from '../core/result.ts'
import { normalizedBase } from '../core/sites/base-url.ts'
import { addSite, changeSite } from '../core/sites/change.ts'
import { newSite } from '../core/sites/new-site.ts'
import { rebasedSite } from '../core/sites/rebased-site.ts'
import { siteIdOfDraft } from '../core/sites/site-id.ts'
import type { SiteFailure } from '../core/sites/site-store.ts'
import { baseOwner } from '../core/sites/validation/base-owner.ts'
import type { Validated } from '../core/sites/validation/validate-base.ts'
import type { BaseForm } from '../pages/portal/sites/model.ts'
import { type PortalCall, portalFrame, portalPage, portalRoute, refusePortal } from './portal-route.ts'
import { checkModel, editForm, namedBase, newForm, siteRow, type Typed } from './portal-sites-model.ts'
import { type Answer, redirect } from './route.ts'

type Open = { readonly siteId: string | undefined; readonly form: BaseForm }

async function sitesAnswer(call: PortalCall, open: Open | undefined, status = 200): Promise<Answer> {
  const [{ frame, sites }, { sitesPage }] = await Promise.all([
    portalFrame(call, 'sites'),
    import('../pages/portal/sites.tsx'),
  ])
  const sorted = [...sites].sort((a, b) => a.name.localeCompare(b.name, 'en'))
  return portalPage(call, sitesPage({ frame, rows: sorted.map(siteRow), open }), { status })
}

function typedIn({ fields }: PortalCall): Typed {
  const of = (name: string) => fields.get(name) ?? ''
  return { name: of('name'), url: of('take') || of('url'), environment: of('environment') }
}

async function validated({ app, session }: PortalCall, url: string, siteId?: string): Promise<Validated> {
  const owner = baseOwner(app.sites, session.tenantId, siteId)
  const { validateBase } = await import('../core/sites/validation/validate-base.ts')
  return validateBase(url, { outbound: app.outbound, owner })
}

/** The list. `?add`: with an empty row open; `?edit=`: with that site's row open. */
portalRoute('portalSites', 'GET', 'portal/sites', async (call) => {
  const { app, session, request } = call
  if (!session.configure) return sitesAnswer(call, undefined)
  const edit = request.query.get('edit')
  const site = edit ? await app.sites.read(session.tenantId, edit) : undefined
  if (edit && !site) return refusePortal(call, fail('site_unknown').failure)
  if (site) {
    const { siteId, name, fhirBaseUrl: url, environment } = site.value
    return sitesAnswer(call, { siteId, form: editForm(siteId, site.version, { name, url, environment }) })
  }
  const add = request.query.has('add')
  return sitesAnswer(
    call,
    add ? { siteId: undefined, form: newForm({ name: '', url: '', environment: '' }) } : undefined,
  )
})

/** A look at an address, which saves nothing: while somebody types, or by its button. */
portalRoute('portalSiteCheck', 'POST', 'portal/site-check', async (call) => {
  const { app, session, fields } = call
  const siteId = fields.get('siteId') ?? undefined
  const site = siteId === undefined ? undefined : await app.sites.read(session.tenantId, siteId)
  if (siteId !== undefined && !site) return refusePortal(call, fail('site_unknown').failure)
  const typed = typedIn(call)
  const found = await validated(call, typed.url, siteId)
  const as = { ...typed, url: found.url || typed.url }
  const check = { check: checkModel(found) }
  const form =
    siteId === undefined
      ? newForm(as, fields.get('draft') ?? undefined, check)
      : editForm(siteId, fields.get('version') ?? '', as, check)
  return sitesAnswer(call, { siteId, form })
})

/** Adds a site. The same form sent twice adds one. */
portalRoute('portalSiteAdd', 'POST', 'portal/sites', async (call) => {
  const { app, session, fields } = call
  const { tenantId, userId: by } = session
  const draft = fields.get('draft') ?? ''
  const typed = typedIn(call)
  const again = (more: Partial<BaseForm>) =>
    sitesAnswer(call, { siteId: undefined, form: newForm(typed, draft, more) }, 422)
  const siteId = siteIdOfDraft(tenantId, draft)
  // Without its word a form is not one of ours, or was tampered with: it gets a new one and is sent again.
  if (!/^[\w-]{16}$/.test(draft)) return again({})
  if (await app.sites.get(tenantId, siteId)) return redirect('/portal/sites?done=site-added')
  const found = await validated(call, typed.url)
  const named = namedBase(typed, found.url)
  const check = checkModel(found)
  if (found.problem || !('name' in named)) return again({ check, ...('name' in named ? {} : named) })
  const { value: tenant } = await app.tenants.read(tenantId)
  const site = newSite({ tenantId, siteId, ...named, organizers: tenant.organizers }, found)
  const added = await addSite(app, { tenantId, by, what: 'site_added' }, site)
  if (added.ok || added.failure.code === 'config_changed') return redirect('/portal/sites?done=site-added')
  return refused(call, added.failure.code, found, (check) => again({ check }))
})

/** Changes what the row holds of a site: its address, environment and name. */
portalRoute('portalSiteBase', 'POST', 'portal/sites/{siteId}/base', async (call) => {
  const { app, session, params, fields } = call
  const { tenantId, userId: by } = session
  const { siteId = '' } = params
  const version = fields.get('version') ?? ''
  const before = await app.sites.read(tenantId, siteId)
  if (!before) return refusePortal(call, fail('site_unknown').failure)
  if (before.version !== version) return refusePortal(call, fail('config_changed').failure)
  const typed = typedIn(call)
  const again = (more: Partial<BaseForm>) =>
    sitesAnswer(call, { siteId, form: editForm(siteId, version, typed, more) }, 422)
  // Another name for a site must be possible while its EHR is down.
  const found = sameBase(typed.url, before.value.fhirBaseUrl)
    ? undefined
    : await validated(call, typed.url, siteId)
  const named = namedBase(typed, found?.url ?? before.value.fhirBaseUrl)
  const check = found && checkModel(found)
  if (found?.problem || !('name' in named)) return again({ check, ...('name' in named ? {} : named) })
  const edited = rebasedSite(before.value, named, found)
  const changed = await changeSite(app, { tenantId, by, what: 'site_saved' }, siteId, version, () => edited)
  if (changed.ok) {
    const back = edited.setup === true && before.value.setup !== true
    return redirect(`/portal/sites?done=${back ? 'site-in-setup' : 'saved'}`)
  }
  const { code } = changed.failure
  if (code === 'site_unknown' || !found) return refusePortal(call, changed.failure)
  return refused(call, code, found, (check) => again({ check }))
})

/** What the storage refused: said beside the field where it is about the address. */
function refused(
  call: PortalCall,
  code: SiteFailure,
  found: Validated,
  again: (check: BaseForm['check']) => Promise<Answer>,
): Promise<Answer> {
  // Whose it is was asked a moment ago: somebody was faster, and another organization unless the list shows it.
  if (code === 'site_url_taken')
    return again(checkModel({ ...found, problem: { code: 'url_of_other_organization' } }))
  return refusePortal(call, { code: code === 'site_id_taken' ? 'config_changed' : code })
}

function sameBase(typed: string, base: string): boolean {
  return URL.canParse(typed.trim()) && normalizedBase(typed.trim()) === normalizedBase(base)
}
