import { ehrTenantOf } from './base-url.ts'
import type { Site } from './site.ts'
import type { Validated } from './validation/validate-base.ts'
import { oracleIssuer } from './validation/vendor.ts'

/**
 * A site with another name, environment or address. One that becomes a Production site is in setup again, so that the
 * rule for Production (may-finish.ts) is not gone round. Pure.
 * @param found what the new address was found to be; undefined where it stays.
 */
export function rebasedSite(
  site: Site,
  { name, environment }: Pick<Site, 'name' | 'environment'>,
  found: Pick<Validated, 'url' | 'vendor' | 'smart'> | undefined,
): Site {
  const { override: _, ...undecided } = site
  const toProduction = environment === 'production' && site.environment !== 'production'
  const named: Site = toProduction
    ? { ...undecided, name, environment, setup: true }
    : { ...site, name, environment }
  if (found === undefined) return named
  return { ...named, fhirBaseUrl: found.url, allowedIssuers: issuers(site, found) }
}

/** The vendor's issuer follows the EHR tenant in the address; issuers that somebody entered stay. */
function issuers(site: Site, { url, vendor, smart }: Pick<Validated, 'url' | 'vendor' | 'smart'>): string[] {
  const tenant = ehrTenantOf(site.fhirBaseUrl)
  const before = tenant === undefined ? undefined : `/tenants/${tenant}/oidc/idsps/${tenant}/`
  const kept = site.allowedIssuers.filter((issuer) => before === undefined || !issuer.endsWith(before))
  const own = vendor === 'oracle_health' ? oracleIssuer(url, smart?.tokenEndpoint) : undefined
  return [...new Set([...kept, ...(own === undefined ? [] : [own])])].slice(0, 5)
}
