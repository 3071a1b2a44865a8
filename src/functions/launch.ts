import type { App } from '../core/app.ts'
import { beginLaunch, finishLaunch, type LaunchPorts } from '../core/launches/provider-launch.ts'
import { clinicianFailure } from './failure-response.ts'
import { page } from './page-response.ts'
import { https, redirect, route } from './route.ts'

route('launchProvider', 'GET', 'launch/provider', async (call) => {
  const { app, request, cookies } = call
  if (isFramed(request.headers.get('sec-fetch-dest'))) return framed(app, request.query, request.url)
  const begun = await beginLaunch(ports(app), request.query, cookies)
  if (begun.ok) return redirect(begun.value.location, begun.value.cookies)
  call.log('launch_failed', { code: begun.failure.code, detail: begun.failure.detail })
  return clinicianFailure(begun.failure, call)
})

route('launchCallback', 'GET', 'launch/callback', async (call) => {
  const finished = await finishLaunch(ports(call.app), call.request.query, call.cookies)
  if (finished.ok) return redirect(finished.value.location, finished.value.cookies)
  call.log('launch_failed', { code: finished.failure.code, detail: finished.failure.detail })
  return clinicianFailure(finished.failure, call)
})

function ports(app: App): LaunchPorts {
  return {
    sites: app.sites,
    store: app.store,
    sessionKeys: app.keys.session,
    smartSite: app.smart.site,
    discovery: app.smart.discovery,
    jwks: app.smart.jwks,
    outbound: app.outbound,
    allowedTenants: app.settings.ALLOWED_TENANTS,
    redirectUri: `${app.settings.PUBLIC_URL}/launch/callback`,
    now: app.now,
  }
}

/** Fetch Metadata (W3C): the browser itself says that it loads the page into a frame. */
function isFramed(destination: string | null): boolean {
  return (
    destination === 'iframe' || destination === 'frame' || destination === 'embed' || destination === 'object'
  )
}

/** In a frame no sign-in and no session: one button that leaves it. Only the site's own EHR may frame it. */
async function framed(app: App, query: URLSearchParams, url: string) {
  const { framedLaunchPage } = await import('../pages/framed-launch.tsx')
  const site = await app.sites.byIssuer(query.get('iss') ?? '')
  const { pathname, search } = new URL(url)
  return page(framedLaunchPage({ launchUrl: `${pathname}${search}` }), https, {
    frameAncestors: site ? [new URL(site.fhirBaseUrl).origin] : [],
  })
}
