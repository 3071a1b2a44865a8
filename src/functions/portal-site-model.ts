import { missingSettings } from '../core/sites/may-finish.ts'
import { inputOf, type SettingsInput } from '../core/sites/settings/input.ts'
import type { FieldErrors } from '../core/sites/settings/read-settings.ts'
import type { Site, SiteClient } from '../core/sites/site.ts'
import { timeZoneGroups } from '../core/sites/time-zones.ts'
import { oracleIssuer, vendorOf } from '../core/sites/validation/vendor.ts'
import type { Versioned } from '../core/sites/version.ts'
import type { PlacesModel, SiteModel } from '../pages/portal/site/model.ts'
import { MISSING_WORDS } from '../pages/portal/sites/missing-words.ts'
import { peopleNames } from './people-names.ts'
import { type PortalCall, portalFrame } from './portal-route.ts'

export type Shown = {
  readonly input?: SettingsInput
  readonly errors?: FieldErrors
  readonly places?: PlacesModel
  /** A save was refused. */
  readonly refused?: boolean
  /** The version that the form was opened with, where it is shown again. */
  readonly version?: string
}

/** The settings page of a site, as it is or as somebody typed it. */
export async function siteModel(
  call: PortalCall,
  { value: site, version }: Versioned<Site>,
  shown: Shown = {},
): Promise<SiteModel> {
  const { frame, tenant } = await portalFrame(call, 'sites')
  const input = shown.input ?? inputOf(site)
  const choices = [...new Set([...tenant.value.organizers, ...site.organizers])]
  const names = await peopleNames(call, choices)
  const proposal = issuerProposal(site)
  const { siteId, name, fhirBaseUrl: url, environment } = site
  return {
    frame,
    siteId,
    version: shown.version ?? version,
    name,
    url,
    environment,
    inSetup: site.setup === true,
    missing: missingSettings(site).map((code) => MISSING_WORDS[code]),
    input,
    errors: shown.errors ?? {},
    kept: {
      launch: hasSecret(site.launch),
      system: hasSecret(site.system),
      portal: hasSecret(site.patientLaunch?.client),
    },
    zones: timeZoneGroups(),
    organizers: choices.map((id) => ({ id, name: names.get(id) })),
    issuerProposal: proposal && !input.issuers.split(/\s+/).includes(proposal) ? proposal : undefined,
    jwksUrl: `${call.app.settings.PUBLIC_URL}/.well-known/jwks.json`,
    canLookUp: frame.may.configure && (site.system?.clientId ?? '') !== '',
    places: shown.places,
  }
}

/** What Oracle Health signs id_tokens with, for a base on its own hosts; elsewhere it was proposed when it was added. */
export function issuerProposal({ fhirBaseUrl }: Site): string | undefined {
  return vendorOf(fhirBaseUrl, undefined, undefined) === 'oracle_health'
    ? oracleIssuer(fhirBaseUrl)
    : undefined
}

function hasSecret(client: SiteClient | undefined): boolean {
  return client?.auth.method === 'client_secret_basic'
}
