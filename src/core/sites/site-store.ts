import { createHash } from 'node:crypto'
import { fail, ok, type Result } from '../result.ts'
import type { Store } from '../store/store.ts'
import { type Site, siteSchema, type Tenant, tenantSchema } from './site.ts'

export type SiteFailure = 'site_url_taken' | 'site_changed'

/** The configuration of tenants and sites. A FHIR base URL belongs to one site of one tenant, found by a hash of it. */
export type SiteStore = {
  byIssuer(fhirBaseUrl: string): Promise<Site | undefined>
  /** The site whose patient portal launches from this base. */
  byPatientIssuer(fhirBaseUrl: string): Promise<Site | undefined>
  /** A site with the same last part of the path (the EHR's own tenant id) under another address, if any. */
  bySibling(fhirBaseUrl: string): Promise<Site | undefined>
  bySiteId(siteId: string): Promise<Site | undefined>
  get(tenantId: string, siteId: string): Promise<Site | undefined>
  ofTenant(tenantId: string): Promise<Site[]>
  all(): Promise<Site[]>
  /** Adds a site, or replaces the one with its id. */
  save(site: Site): Promise<Result<void, SiteFailure>>
  saveTenant(tenant: Tenant): Promise<void>
}

/** The one spelling under which a base URL is compared: no trailing slash, host in lower case, path as given. */
export function normalizedBase(url: string): string {
  const parsed = new URL(url)
  return `${parsed.origin}${parsed.pathname.replace(/\/+$/, '')}`
}

export function siteStore({ tables }: Pick<Store, 'tables'>): SiteStore {
  const issuerKey = (url: string) => createHash('sha256').update(normalizedBase(url)).digest('base64url')
  const ehrTenantKey = (url: string) =>
    createHash('sha256')
      .update(normalizedBase(url).split('/').at(-1) ?? '')
      .digest('base64url')
  const parse = (row: { json: string } | undefined) =>
    row ? siteSchema.parse(JSON.parse(row.json)) : undefined
  const get = async (tenantId: string, siteId: string) => parse(await tables.sites.get(tenantId, siteId))
  const byIndex = async (kind: string, key: string) => {
    const found = await tables.siteindex.get(kind, key)
    return found && get(found.tenantId, found.siteId)
  }
  const collect = async (rows: AsyncIterable<{ json: string }>) => {
    const sites: Site[] = []
    for await (const row of rows) sites.push(siteSchema.parse(JSON.parse(row.json)))
    return sites
  }
  return {
    get,
    async byIssuer(fhirBaseUrl) {
      if (!URL.canParse(fhirBaseUrl)) return undefined
      const site = await byIndex('issuer', issuerKey(fhirBaseUrl))
      return site && normalizedBase(site.fhirBaseUrl) === normalizedBase(fhirBaseUrl) ? site : undefined
    },
    async byPatientIssuer(fhirBaseUrl) {
      if (!URL.canParse(fhirBaseUrl)) return undefined
      const site = await byIndex('patientissuer', issuerKey(fhirBaseUrl))
      const base = site?.patientLaunch?.fhirBaseUrl
      return base !== undefined && normalizedBase(base) === normalizedBase(fhirBaseUrl) ? site : undefined
    },
    bySibling: (url) =>
      URL.canParse(url) ? byIndex('ehrtenant', ehrTenantKey(url)) : Promise.resolve(undefined),
    bySiteId: (siteId) => byIndex('id', siteId),
    ofTenant: (tenantId) => collect(tables.sites.list(tenantId)),
    all: () => collect(tables.sites.all()),
    async save(site) {
      const parsed = siteSchema.parse(site)
      const { tenantId, siteId } = parsed
      const entry = { schema: 1 as const, tenantId, siteId }
      const rowKey = issuerKey(parsed.fhirBaseUrl)
      const claimed = await tables.siteindex.insert({ partitionKey: 'issuer', rowKey, ...entry })
      if (!claimed.ok) {
        const holder = await tables.siteindex.get('issuer', rowKey)
        if (holder && (holder.siteId !== siteId || holder.tenantId !== tenantId))
          return fail('site_url_taken')
      }
      const portal = parsed.patientLaunch && issuerKey(parsed.patientLaunch.fhirBaseUrl)
      if (portal !== undefined) {
        const taken = await tables.siteindex.insert({
          partitionKey: 'patientissuer',
          rowKey: portal,
          ...entry,
        })
        const holder = taken.ok ? undefined : await tables.siteindex.get('patientissuer', portal)
        if (holder && (holder.siteId !== siteId || holder.tenantId !== tenantId))
          return fail('site_url_taken')
      }
      const before = await get(tenantId, siteId)
      await tables.siteindex.put({ partitionKey: 'id', rowKey: siteId, ...entry })
      await tables.sites.put({
        partitionKey: tenantId,
        rowKey: siteId,
        schema: 1,
        json: JSON.stringify(parsed),
      })
      if (before && issuerKey(before.fhirBaseUrl) !== rowKey)
        await tables.siteindex.remove({ partitionKey: 'issuer', rowKey: issuerKey(before.fhirBaseUrl) })
      const portalBefore = before?.patientLaunch && issuerKey(before.patientLaunch.fhirBaseUrl)
      if (portalBefore !== undefined && portalBefore !== portal)
        await tables.siteindex.remove({ partitionKey: 'patientissuer', rowKey: portalBefore })
      return ok(undefined)
    },
    async saveTenant(tenant) {
      const json = JSON.stringify(tenantSchema.parse(tenant))
      await tables.tenants.put({ partitionKey: tenant.tenantId, rowKey: 'tenant', schema: 1, json })
    },
  }
}
