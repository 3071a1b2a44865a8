import { fail, ok, type Result } from '../result.ts'
import type { Row } from '../store/rows.ts'
import type { Store } from '../store/store.ts'
import { ehrTenantOf, isBaseUrl, normalizedBase } from './base-url.ts'
import { type Site, siteSchema } from './site.ts'
import { isSiteId } from './site-id.ts'
import { type IndexKind, type Owner, sameOwner, siteIndex } from './site-index.ts'
import { siteColumns, siteOf } from './site-row.ts'
import { type Versioned, versionOf } from './version.ts'

export { normalizedBase } from './base-url.ts'

/**
 * `site_url_taken`: another site has the base. `site_id_taken`: another tenant has the id. `config_changed`: somebody
 * wrote the site since it was read.
 */
export type SiteFailure = 'site_url_taken' | 'site_id_taken' | 'site_too_large' | 'config_changed'

/** The configuration of tenants and sites. A FHIR base URL belongs to one site of one tenant, found by a hash of it. */
export type SiteStore = {
  byIssuer(fhirBaseUrl: string): Promise<Site | undefined>
  /** The site whose patient portal launches from this base. */
  byPatientIssuer(fhirBaseUrl: string): Promise<Site | undefined>
  /** A site of the same EHR customer (by the EHR's own tenant id) under another address, if any. */
  bySibling(fhirBaseUrl: string): Promise<Site | undefined>
  bySiteId(siteId: string): Promise<Site | undefined>
  get(tenantId: string, siteId: string): Promise<Site | undefined>
  /** With its version, for whoever will write it again. */
  read(tenantId: string, siteId: string): Promise<Versioned<Site> | undefined>
  ofTenant(tenantId: string): Promise<Site[]>
  /** With their versions, in one read. */
  readAll(tenantId: string): Promise<Versioned<Site>[]>
  all(): Promise<Site[]>
  /**
   * Adds a site, or replaces the one with its id.
   * @param version the one that was read (NOT_YET for a new site): then a site that changed since is not overwritten.
   */
  save(site: Site, version?: string): Promise<Result<void, SiteFailure>>
  /**
   * Takes a site away, with every name that belongs to it. Its visits and links open nothing from then on; it is listed
   * as removed until they are erased.
   */
  remove(tenantId: string, siteId: string, version: string): Promise<Result<void, 'config_changed'>>
  /** Sites that were taken away, and when, until {@link forgetRemoved}. */
  removed(): Promise<readonly RemovedSite[]>
  forgetRemoved(site: Owner): Promise<void>
  /**
   * Keeps a client that proves itself with the deployment's own key to the tenant that uses it. The key is the same for
   * every tenant: without this, whoever typed another tenant's client id under another spelling of its FHIR base would
   * be given that tenant's tokens. To be called with the discovered token endpoint before a token is asked for.
   */
  claimClient(
    site: Owner,
    tokenEndpoint: string,
    clientId: string,
  ): Promise<Result<void, 'site_client_taken'>>
}

export type RemovedSite = Owner & { readonly at: Date }

/** A base that was claimed for a site which does not have it is free again after this time: its save broke off. */
const BROKEN_OFF_MS = 10 * 60_000

const BASE_KINDS = ['issuer', 'patientissuer'] as const
type BaseKind = (typeof BASE_KINDS)[number]
type Bases = { readonly [Kind in BaseKind]?: string }

export function siteStore({ tables }: Pick<Store, 'tables'>, now: () => Date = () => new Date()): SiteStore {
  const index = siteIndex({ tables }, now)
  const get = async (tenantId: string, siteId: string) => {
    const row = isSiteId(siteId) ? await tables.sites.get(tenantId, siteId) : undefined
    return row && siteOf(row)
  }
  const read = async (tenantId: string, siteId: string) => {
    const row = isSiteId(siteId) ? await tables.sites.get(tenantId, siteId) : undefined
    return row && { value: siteOf(row), version: versionOf(row.etag) }
  }
  const byIndex = async (kind: IndexKind, name: string) => {
    const found = await index.find(kind, name)
    return found && get(found.tenantId, found.siteId)
  }
  const collect = async (rows: AsyncIterable<Row<'sites'>>) => {
    const sites: Site[] = []
    for await (const row of rows) sites.push(siteOf(row))
    return sites
  }
  const ofTenant = (tenantId: string) => collect(tables.sites.list(tenantId))
  const readAll = async (tenantId: string) => {
    const sites: Versioned<Site>[] = []
    for await (const row of tables.sites.list(tenantId))
      sites.push({ value: siteOf(row), version: versionOf(row.etag) })
    return sites
  }

  /** @param baseOf where a site has its base of this kind. */
  const byBase = async (kind: IndexKind, url: string, baseOf: (site: Site) => string | undefined) => {
    if (!isBaseUrl(url)) return undefined
    const name = normalizedBase(url)
    const site = await byIndex(kind, name)
    const base = site && baseOf(site)
    return base !== undefined && normalizedBase(base) === name ? site : undefined
  }
  const has = async (kind: BaseKind, name: string, { tenantId, siteId }: Owner) => {
    const site = await get(tenantId, siteId)
    const base = site && basesOf(site)[kind]
    return base !== undefined && normalizedBase(base) === name
  }
  const claimBase = async (kind: BaseKind, site: Site, base: string): Promise<boolean> => {
    const name = normalizedBase(base)
    const claimed = await index.claim(kind, name, site, {
      same: (holder) => sameOwner(holder, site),
      idle: async (holder) => {
        const since = holder.claimedAt === undefined ? 0 : Date.parse(holder.claimedAt)
        return since + BROKEN_OFF_MS <= now().getTime() && !(await has(kind, name, holder))
      },
    })
    if (!claimed.ok) return false
    // One server for clinicians and for patients may be two sites' of one tenant, never two tenants'.
    const other = kind === 'issuer' ? 'patientissuer' : 'issuer'
    const neighbour = await index.find(other, name)
    return !neighbour || neighbour.tenantId === site.tenantId || !(await has(other, name, neighbour))
  }
  const release = async (site: Site, bases: Bases, keep: Bases) => {
    for (const kind of BASE_KINDS) {
      const [base, kept] = [bases[kind], keep[kind]].map((url) => url && normalizedBase(url))
      if (base && base !== kept) await index.release(kind, base, site)
    }
  }

  return {
    get,
    read,
    ofTenant,
    readAll,
    byIssuer: (url) => byBase('issuer', url, (site) => site.fhirBaseUrl),
    byPatientIssuer: (url) => byBase('patientissuer', url, (site) => site.patientLaunch?.fhirBaseUrl),
    async bySibling(url) {
      const name = isBaseUrl(url) ? ehrTenantOf(url) : undefined
      return name === undefined ? undefined : byIndex('ehrtenant', name)
    },
    bySiteId: (siteId) => byIndex('id', siteId),
    all: () => collect(tables.sites.all()),
    async save(given, version) {
      const site = siteSchema.parse(given)
      const columns = siteColumns(site)
      if (!columns.ok) return columns
      const { tenantId, siteId } = site
      const ids = { same: (holder: Owner) => sameOwner(holder, site), idle: async () => false }
      if (!(await index.claim('id', siteId, site, ids)).ok) return fail('site_id_taken')
      const row = await tables.sites.get(tenantId, siteId)
      if (version !== undefined && versionOf(row?.etag) !== version) return fail('config_changed')
      const before = row && siteOf(row)
      const [bases, basesBefore] = [basesOf(site), before ? basesOf(before) : {}]
      for (const kind of BASE_KINDS) {
        const base = bases[kind]
        if (base === undefined || (await claimBase(kind, site, base))) continue
        await release(site, bases, basesBefore)
        return fail('site_url_taken')
      }
      const next = { partitionKey: tenantId, rowKey: siteId, ...columns.value }
      if (version === undefined) await tables.sites.put(next)
      else {
        const etag = row?.etag
        const written = await (etag === undefined
          ? tables.sites.insert(next)
          : tables.sites.replace({ ...next, etag }))
        if (!written.ok) {
          // Whoever was faster may have the very same bases, as after a double click: those stay theirs.
          const present = await get(tenantId, siteId)
          await release(site, bases, present ? basesOf(present) : {})
          return fail('config_changed')
        }
      }
      const ehrTenant = ehrTenantOf(site.fhirBaseUrl)
      if (ehrTenant !== undefined) await index.point('ehrtenant', ehrTenant, site)
      await release(site, basesBefore, bases)
      const ehrTenantBefore = before && ehrTenantOf(before.fhirBaseUrl)
      if (ehrTenantBefore !== undefined && ehrTenantBefore !== ehrTenant)
        await index.release('ehrtenant', ehrTenantBefore, site)
      return ok(undefined)
    },
    async remove(tenantId, siteId, version) {
      if (!isSiteId(siteId)) return fail('config_changed')
      const row = await tables.sites.get(tenantId, siteId)
      if (!row || versionOf(row.etag) !== version) return fail('config_changed')
      const site = siteOf(row)
      // First that its visits are to be erased: should this break off, nobody erases those of a site that is still there.
      await index.point('removed', siteId, site)
      // Then what leads to it, then itself, so that the site is still there to be removed.
      await release(site, basesOf(site), {})
      const ehrTenant = ehrTenantOf(site.fhirBaseUrl)
      if (ehrTenant !== undefined) await index.release('ehrtenant', ehrTenant, site)
      await tables.doctor.remove({ partitionKey: tenantId, rowKey: siteId })
      await tables.sites.remove({ partitionKey: tenantId, rowKey: siteId })
      await index.release('id', siteId, site)
      return ok(undefined)
    },
    async removed() {
      const entries = await index.all('removed')
      return entries.map(({ tenantId, siteId, claimedAt }) => ({
        tenantId,
        siteId,
        at: new Date(claimedAt ?? 0),
      }))
    },
    forgetRemoved: (site) => index.release('removed', site.siteId, site),
    async claimClient({ tenantId, siteId }, tokenEndpoint, clientId) {
      const name = JSON.stringify([normalizedBase(tokenEndpoint), clientId])
      const claimed = await index.claim(
        'client',
        name,
        { tenantId, siteId },
        {
          same: (holder) => holder.tenantId === tenantId,
          idle: async (holder) =>
            !(await ofTenant(holder.tenantId)).some((site) => clientIdsOf(site).includes(clientId)),
        },
      )
      return claimed.ok ? ok(undefined) : fail('site_client_taken')
    },
  }
}

function basesOf(site: Site): Bases {
  const portal = site.patientLaunch?.fhirBaseUrl
  return { issuer: site.fhirBaseUrl, ...(portal === undefined ? {} : { patientissuer: portal }) }
}

function clientIdsOf({ launch, system, patientLaunch }: Site): string[] {
  return [launch, system, patientLaunch?.client].flatMap((client) => (client ? [client.clientId] : []))
}
