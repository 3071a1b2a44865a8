import { NO_TIME_ZONE } from './may-finish.ts'
import { scopesFor } from './scopes.ts'
import type { Site } from './site.ts'
import type { Validated } from './validation/validate-base.ts'
import { oracleIssuer } from './validation/vendor.ts'

/** How texts begin: off, with the usual times should they be switched on. */
export const NEW_TEXTS: Site['texts'] = {
  on: false,
  epoch: 0,
  confirm: { booked: true, moved: true, cancelled: true, not_video: true },
  reminderMinutes: [1440, 60],
  defaultLanguage: 'en',
  countries: ['US', 'CA'],
  quietHours: { from: '21:00', to: '08:00' },
}

/**
 * A site as it is added, with the defaults that fit its EHR. It is in setup: nobody can launch yet, and the client id
 * comes from the EHR team only after it was given the records. Pure.
 * @param organizers of the tenant: every account that may organize meetings does so here until one is taken off.
 */
export function newSite(
  given: Pick<Site, 'tenantId' | 'siteId' | 'name' | 'environment'> & {
    readonly organizers: readonly string[]
  },
  { url, vendor, smart }: Pick<Validated, 'url' | 'vendor' | 'smart'>,
): Site {
  const { organizers, ...named } = given
  const oracle = vendor === 'oracle_health'
  const issuer = oracle ? oracleIssuer(url, smart?.tokenEndpoint) : undefined
  const methods = smart?.tokenEndpointAuthMethods ?? []
  const withKey = methods.length === 0 || methods.includes('private_key_jwt')
  return {
    ...named,
    fhirBaseUrl: url,
    setup: true,
    timeZone: NO_TIME_ZONE,
    launch: {
      clientId: '',
      // A secret cannot be the default, since there is none yet.
      auth: {
        method: withKey || !smart?.capabilities.includes('client-public') ? 'private_key_jwt' : 'none',
      },
      scopes: scopesFor(smart?.capabilities ?? []).launch,
    },
    allowedIssuers: issuer === undefined ? [] : [issuer],
    allowCapabilityFallback: false,
    departments: [],
    videoRule: { kind: oracle ? 'virtual_meeting_room' : 'virtual_service' },
    organizers: organizers.slice(0, 50),
    texts: NEW_TEXTS,
    openTeamsAtOnce: true,
  }
}
