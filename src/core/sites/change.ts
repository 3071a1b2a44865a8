import { fail, ok, type Result } from '../result.ts'
import { differences } from './differences.ts'
import type { History } from './history.ts'
import type { Site } from './site.ts'
import type { SiteFailure, SiteStore } from './site-store.ts'
import type { Tenant } from './tenant.ts'
import type { TenantStore } from './tenant-store.ts'
import { NOT_YET } from './version.ts'

export type ChangePorts = {
  readonly sites: SiteStore
  readonly tenants: TenantStore
  readonly history: History
}

/** Whose configuration, who changes it (Entra user id), and the code that the history keeps. */
export type ChangeOf = { readonly tenantId: string; readonly by: string; readonly what: string }

/**
 * Changes the tenant's own configuration and keeps in the history what was changed.
 * @param version as the form carried it. `config_changed`: somebody else saved since; nothing is written.
 */
export async function changeTenant(
  { tenants, history }: Pick<ChangePorts, 'tenants' | 'history'>,
  { tenantId, by, what }: ChangeOf,
  version: string,
  edit: (tenant: Tenant) => Tenant,
  name?: string,
): Promise<Result<Tenant, 'config_changed'>> {
  const before = await tenants.read(tenantId, name)
  if (before.version !== version) return fail('config_changed')
  const after = edit(before.value)
  const saved = await tenants.save(after, version)
  if (!saved.ok) return saved
  await history.add(tenantId, { by, what, changes: differences(before.value, after) })
  return ok(after)
}

/**
 * Changes a site of the tenant, and keeps in the history what was changed.
 * @returns `site_unknown` where the tenant has no such site, whoever else has.
 */
export async function changeSite(
  { sites, history }: Pick<ChangePorts, 'sites' | 'history'>,
  { tenantId, by, what }: ChangeOf,
  siteId: string,
  version: string,
  edit: (site: Site) => Site,
): Promise<Result<Site, SiteFailure | 'site_unknown'>> {
  const before = await sites.read(tenantId, siteId)
  if (!before) return fail('site_unknown')
  if (before.version !== version) return fail('config_changed')
  // Whose it is does not change, whatever a form says.
  const after = { ...edit(before.value), tenantId, siteId }
  const saved = await sites.save(after, version)
  if (!saved.ok) return saved
  await history.add(tenantId, { by, what, siteId, changes: differences(before.value, after) })
  return ok(after)
}

/** Adds a site to the tenant. `config_changed`: the very same one is there already, as after a double click. */
export async function addSite(
  { sites, history }: Pick<ChangePorts, 'sites' | 'history'>,
  { tenantId, by, what }: ChangeOf,
  site: Site,
): Promise<Result<void, SiteFailure>> {
  const saved = await sites.save({ ...site, tenantId }, NOT_YET)
  if (!saved.ok) return saved
  const { siteId, name, environment, fhirBaseUrl } = site
  const changes = differences({}, { name, environment, fhirBaseUrl })
  await history.add(tenantId, { by, what, siteId, changes })
  return saved
}

/** Takes a site of the tenant away. What is left of its visits is erased by core/visits/erase-removed.ts. */
export async function removeSite(
  { sites, history }: Pick<ChangePorts, 'sites' | 'history'>,
  { tenantId, by, what }: ChangeOf,
  siteId: string,
  version: string,
): Promise<Result<void, 'config_changed' | 'site_unknown'>> {
  const before = await sites.get(tenantId, siteId)
  if (!before) return fail('site_unknown')
  const removed = await sites.remove(tenantId, siteId, version)
  if (!removed.ok) return removed
  const { name, environment, fhirBaseUrl } = before
  await history.add(tenantId, {
    by,
    what,
    siteId,
    changes: differences({ name, environment, fhirBaseUrl }, {}),
  })
  return removed
}
