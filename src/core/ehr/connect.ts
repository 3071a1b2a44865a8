import type { LaunchSession } from '../launches/session.ts'
import { fail, ok, type Result } from '../result.ts'
import { ownClient } from '../sites/own-client.ts'
import type { Site } from '../sites/site.ts'
import type { SiteStore } from '../sites/site-store.ts'
import type { BackendTokens } from '../smart/backend-token.ts'
import type { DiscoveryCache } from '../smart/discovery.ts'
import type { Outbound, SmartSite } from '../smart/types.ts'
import { type Ehr, type EhrConnection, ehr } from './ehr.ts'

export type ConnectPorts = {
  readonly sites: Pick<SiteStore, 'claimClient'>
  readonly smart: {
    readonly discovery: DiscoveryCache
    readonly tokens: BackendTokens
    readonly site: (site: Site) => Promise<SmartSite>
  }
  readonly outbound: Outbound
  readonly now: () => Date
}

/** How much of a launch's token must be left for a page to be read with it. */
const LEAST_MS = 5_000

export type EhrConnections = {
  /** The EHR with the site's system account. */
  readonly systemEhr: (site: Site) => Promise<Result<Ehr, string>>
  /** The same as a connection, for what an administrator looks up. */
  readonly systemConnection: (site: Site) => Promise<Result<EhrConnection, string>>
  /**
   * The EHR with a launch's token while it lives, then with the system account where the site has one. What the EHR took
   * back from a launch is not read by another way: `launch_taken_back`.
   * @param onAnswer whether the EHR refused a token that should still live, or took it.
   */
  readonly launchEhr: (
    site: Site,
    session: LaunchSession,
    onAnswer?: (refused: boolean) => void,
  ) => Promise<Result<Ehr, string>>
}

export function ehrConnections({ sites, smart, outbound, now }: ConnectPorts): EhrConnections {
  const systemConnection = async (site: Site): Promise<Result<EhrConnection, string>> => {
    const described = await smart.site(site)
    const config = await smart.discovery.discover(described, outbound, now())
    if (!config.ok) return config
    const own = described.system
      ? await ownClient(sites, site, described.system, config.value)
      : ok(undefined)
    if (!own.ok) return own
    const siteKey = `${site.tenantId}|${site.siteId}`
    const token = await smart.tokens.token(siteKey, described, config.value, outbound, now())
    if (!token.ok) return token
    // A token may end before its time: the next one who asks gets a new one.
    const onTokenRefused = () => smart.tokens.forget(siteKey, described, config.value)
    const { fhirBaseUrl, videoRule } = site
    return ok({ fhirBaseUrl, videoRule, accessToken: token.value.accessToken, onTokenRefused })
  }
  const systemEhr = async (site: Site): Promise<Result<Ehr, string>> => {
    const connection = await systemConnection(site)
    return connection.ok ? ok(ehr(connection.value, now)) : connection
  }
  return {
    systemEhr,
    systemConnection,
    async launchEhr(site, { accessToken, accessTokenUntil, refused, revoked }, onAnswer) {
      const until = Date.parse(accessTokenUntil)
      const alive = until > now().getTime() + LEAST_MS
      if (revoked || (refused && !alive)) return fail('launch_taken_back')
      if (!alive && site.system) return systemEhr(site)
      const { fhirBaseUrl, videoRule } = site
      const onTokenTaken = () => onAnswer?.(false)
      // One that ran out while it was read with ended by its own time.
      const onTokenRefused = () => now().getTime() < until && onAnswer?.(true)
      return ok(ehr({ fhirBaseUrl, videoRule, accessToken, onTokenTaken, onTokenRefused }, now))
    },
  }
}
