import type { SmartConfiguration } from '../../smart/types.ts'
import { ehrTenantOf } from '../base-url.ts'

/** Whose EHR a server is, as far as defaults depend on it. */
export type Vendor = 'oracle_health' | 'epic' | 'other'

/** Told by what the server itself says; the sandbox speaks as Oracle Health does. Pure. */
export function vendorOf(
  fhirBaseUrl: string,
  software: string | undefined,
  smart: Pick<SmartConfiguration, 'tokenEndpoint'> | undefined,
): Vendor {
  const { hostname } = new URL(fhirBaseUrl)
  const oracle =
    /(^|\.)cerner\.com$/.test(hostname) ||
    /cerner|millennium|oracle health/i.test(software ?? '') ||
    /\/protocols\/oauth2\/profiles\/smart-v1\//.test(smart?.tokenEndpoint ?? '')
  if (oracle) return 'oracle_health'
  return /\bepic\b/i.test(software ?? '') ? 'epic' : 'other'
}

/**
 * The issuer that Oracle Health writes into id_tokens, which is not the one of its smart-configuration. It follows from
 * the EHR's own tenant id (Oracle Health, "SMART App Launch", Millennium id_tokens). Pure.
 * @param tokenEndpoint as discovered; left out, the vendor's own authorization server is meant.
 */
export function oracleIssuer(fhirBaseUrl: string, tokenEndpoint?: string): string | undefined {
  const tenant = ehrTenantOf(fhirBaseUrl)
  if (tenant === undefined) return undefined
  const origin =
    tokenEndpoint === undefined ? 'https://authorization.cerner.com' : new URL(tokenEndpoint).origin
  return `${origin}/tenants/${tenant}/oidc/idsps/${tenant}/`
}
