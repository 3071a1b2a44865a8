import type { SiteStore } from '../site-store.ts'
import type { ValidatePorts } from './validate-base.ts'

/**
 * Whose a FHIR base is in this deployment. Of another organization's nothing else is ever told.
 * @param siteId the site that is being edited, if any
 */
export function baseOwner(
  sites: Pick<SiteStore, 'byIssuer' | 'byPatientIssuer'>,
  tenantId: string,
  siteId?: string,
): ValidatePorts['owner'] {
  return async (url) => {
    const holder = await sites.byIssuer(url)
    if (holder?.tenantId === tenantId) return holder.siteId === siteId ? 'this_site' : 'this_tenant'
    if (holder) return 'other_tenant'
    // One server for clinicians and for patients may be two sites' of one tenant, never two tenants'.
    const portal = await sites.byPatientIssuer(url)
    return portal && portal.tenantId !== tenantId ? 'other_tenant' : 'nobody'
  }
}

/** The same for the base of a patient portal, which may be the clinicians' base of a site of the same tenant. */
export function portalOwner(
  sites: Pick<SiteStore, 'byIssuer' | 'byPatientIssuer'>,
  tenantId: string,
  siteId: string,
): ValidatePorts['owner'] {
  return async (url) => {
    const holder = await sites.byPatientIssuer(url)
    if (holder?.tenantId === tenantId) return holder.siteId === siteId ? 'this_site' : 'this_tenant'
    if (holder) return 'other_tenant'
    const clinicians = await sites.byIssuer(url)
    return clinicians && clinicians.tenantId !== tenantId ? 'other_tenant' : 'nobody'
  }
}
