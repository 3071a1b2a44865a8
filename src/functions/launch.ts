import type { Failure } from '../core/result.ts'
import { clinicianFailure } from './failure-response.ts'
import { isFramed, ownPath } from './framed.ts'
import { launchPorts } from './launch-ports.ts'
import { page } from './page-response.ts'
import { type Answer, type Call, redirect, route } from './route.ts'

const CALLBACK = '/launch/callback'

route('launchProvider', 'GET', 'launch/provider', async (call) => {
  const { app, request, cookies } = call
  if (isFramed(request)) return framed(call)
  const { beginLaunch } = await import('../core/launches/provider-launch.ts')
  const begun = await beginLaunch(launchPorts(app, CALLBACK), request.query, cookies)
  if (begun.ok) return redirect(begun.value.location, begun.value.cookies)
  return failed(call, begun.failure, ownPath(request))
})

route('launchCallback', 'GET', 'launch/callback', async (call) => {
  const { app, request, cookies } = call
  const { finishLaunch, launchAgain } = await import('../core/launches/provider-launch.ts')
  const finished = await finishLaunch(launchPorts(app, CALLBACK), request.query, cookies)
  if (finished.ok) return redirect(finished.value.location, finished.value.cookies)
  return failed(call, finished.failure, await launchAgain(launchPorts(app, CALLBACK), request.query, cookies))
})

/** @param startOver the launch URL: an EHR keeps the handle of a launch for some minutes. */
function failed(call: Call, failure: Failure, startOver: string | undefined): Promise<Answer> {
  call.log('launch_failed', { code: failure.code, detail: failure.detail })
  return clinicianFailure(failure, call, startOver)
}

/** In a frame no sign-in and no session: one button that leaves it. Only the site's own EHR may frame it. */
async function framed({ app, request }: Call): Promise<Answer> {
  const { framedLaunchPage } = await import('../pages/framed-launch.tsx')
  const site = await app.sites.byIssuer(request.query.get('iss') ?? '')
  return page(framedLaunchPage({ launchUrl: ownPath(request) }), {
    frameAncestors: site ? [new URL(site.fhirBaseUrl).origin] : [],
  })
}
