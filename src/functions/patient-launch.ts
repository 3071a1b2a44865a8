import type { App } from '../core/app.ts'
import { wordsOf } from '../core/failures.ts'
import type { PatientLaunchPorts } from '../core/launches/patient-launch.ts'
import type { Failure } from '../core/result.ts'
import { browserLanguage } from './browser-language.ts'
import { isFramed, ownPath } from './framed.ts'
import { launchPorts } from './launch-ports.ts'
import { page } from './page-response.ts'
import { type Answer, type Call, redirect, route } from './route.ts'

/** The EHR's patient portal opens a visit: nothing is typed, and the link's own page is where it ends. */
route(
  'launchPatient',
  'GET',
  'launch/patient',
  async (call) => {
    const { app, request, cookies } = call
    if (isFramed(request)) return framed(call)
    const { beginPatientLaunch } = await import('../core/launches/patient-launch.ts')
    const begun = await beginPatientLaunch(ports(app), request.query, cookies)
    return begun.ok ? redirect(begun.value.location, begun.value.cookies) : failed(call, begun.failure)
  },
  failurePage,
)

route(
  'launchPatientCallback',
  'GET',
  'launch/patient/callback',
  async (call) => {
    const { app, request, cookies } = call
    const { finishPatientLaunch } = await import('../core/launches/patient-launch.ts')
    const finished = await finishPatientLaunch(ports(app), request.query, cookies)
    if (!finished.ok) return failed(call, finished.failure)
    call.log('patient_launched')
    return redirect(`/v/${finished.value}`)
  },
  failurePage,
)

function failed(call: Call, failure: Failure): Promise<Answer> {
  call.log('patient_launch_failed', { code: failure.code, detail: failure.detail })
  return failurePage(failure, call)
}

async function failurePage(
  failure: Failure,
  { request, reference }: Pick<Call, 'request' | 'reference'>,
): Promise<Answer> {
  const { patientLaunchPage } = await import('../pages/patient-launch.tsx')
  const kind = failure.code === 'launch_no_appointment' ? 'no_visit' : 'failed'
  const lang = browserLanguage(request.headers.get('accept-language')) ?? 'en'
  const { code } = failure
  return page(patientLaunchPage({ kind, lang, code, reference }), { status: wordsOf(failure).status, code })
}

async function framed({ app, request }: Call): Promise<Answer> {
  const { patientLaunchPage } = await import('../pages/patient-launch.tsx')
  const site = await app.sites.byPatientIssuer(request.query.get('iss') ?? '')
  const lang = browserLanguage(request.headers.get('accept-language')) ?? 'en'
  const portal = site?.patientLaunch
  return page(patientLaunchPage({ kind: 'framed', lang, launchUrl: ownPath(request) }), {
    frameAncestors: portal ? [new URL(portal.fhirBaseUrl).origin] : [],
  })
}

function ports(app: App): PatientLaunchPorts {
  return {
    ...launchPorts(app, '/launch/patient/callback'),
    visits: app.visits,
    seals: app.seals,
    identity: app.keys.identity,
    linkKeys: app.keys.link,
  }
}
