import type { App } from '../core/app.ts'
import type { LaunchPorts } from '../core/launches/provider-launch.ts'

/** What every SMART launch needs of the app, whoever launches. `callbackPath` is the address the EHR answers to. */
export function launchPorts(app: App, callbackPath: string): LaunchPorts {
  return {
    sites: app.sites,
    store: app.store,
    sessionKeys: app.keys.session,
    smartSite: app.smart.site,
    discovery: app.smart.discovery,
    jwks: app.smart.jwks,
    outbound: app.outbound,
    allowedTenants: app.settings.ALLOWED_TENANTS,
    redirectUri: `${app.settings.PUBLIC_URL}${callbackPath}`,
    now: app.now,
  }
}
