import { type Failure, ok, type Result } from '../result.ts'
import { ownClient } from '../sites/own-client.ts'
import { refreshAccess } from '../smart/refresh.ts'
import type { LaunchPorts } from './provider-launch.ts'
import { type LaunchSession, withRefused } from './session.ts'

export type RefreshPorts = Pick<LaunchPorts, 'sites' | 'smartSite' | 'discovery' | 'outbound' | 'now'>

/** An EHR may throttle who refreshes more than once a minute: only a token that is all but over is renewed. */
const NEARLY_OVER_MS = 20_000

/**
 * The session with a new access token where its own is over and the EHR gave a token to renew it with.
 * @returns the very session where nothing is to be done; a failure where the EHR gave no new one. Whether it could not be
 * asked, or took the launch's access back, `isRefusal` says.
 */
export async function refreshedSession(
  ports: RefreshPorts,
  session: LaunchSession,
): Promise<Result<LaunchSession, string>> {
  const now = ports.now()
  const left = Date.parse(session.accessTokenUntil) - now.getTime()
  if (session.refreshToken === undefined || left > NEARLY_OVER_MS) return ok(session)
  const site = await ports.sites.get(session.tenantId, session.siteId)
  if (!site) return ok(session)
  const smart = await ports.smartSite(site)
  const config = await ports.discovery.discover(smart, ports.outbound, now)
  if (!config.ok) return config
  const own = await ownClient(ports.sites, site, smart, config.value)
  if (!own.ok) return own
  const fresh = await refreshAccess(config.value, smart, session.refreshToken, ports.outbound, now)
  if (!fresh.ok) return fresh
  const { accessToken, expiresAt, refreshToken } = fresh.value
  const launch = withRefused(session, false)
  return ok({ ...launch, accessToken, accessTokenUntil: expiresAt.toISOString(), refreshToken })
}

/**
 * Whether the EHR's word is that the launch is over (RFC 6749 §5.2, `invalid_grant`). A client that it does not know, a
 * gateway in between or a server in trouble say nothing about this launch.
 */
export function isRefusal({ code }: Failure): boolean {
  return code === 'smart_code_expired'
}
