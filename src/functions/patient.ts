import type { App } from '../core/app.ts'
import { checkCsrf, csrfToken } from '../core/http/csrf.ts'
import type { Failure } from '../core/result.ts'
import { joinAsPatient, type PatientPorts, tapLink } from '../core/visits/patient-visit.ts'
import { patientFailure } from './failure-response.ts'
import { page } from './page-response.ts'
import { type Answer, type Call, https, redirect, route } from './route.ts'

route('patientPage', 'GET', 'v/{token}', (call) => show(call), patientFailure)

/** Joining is a POST: a preview that fetches the link joins nobody. */
route(
  'patientJoin',
  'POST',
  'v/{token}/join',
  async (call) => {
    const { app, request } = call
    const token = call.params.token ?? ''
    const checked = checkCsrf(
      app.keys.session,
      `link|${token}`,
      (await call.form()).get('csrf') ?? undefined,
      {
        origin: request.headers.get('origin') ?? undefined,
        ownOrigins: [app.settings.PUBLIC_URL, app.linkUrl],
      },
    )
    // A page that stood open for long is simply shown anew, with a fresh form.
    if (!checked.ok) return redirect(`/v/${encodeURIComponent(token)}`)
    const joined = await joinAsPatient(ports(app), token)
    if (joined.ok) {
      call.log('patient_joined')
      return redirect(joined.value)
    }
    call.log('patient_join_failed', { code: joined.failure.code, detail: joined.failure.detail })
    return joined.failure.code === 'visit_not_open'
      ? redirect(`/v/${encodeURIComponent(token)}`)
      : show(call, joined.failure)
  },
  patientFailure,
)

/** @param failure why joining did not work just now; the page then says so and still offers the phone. */
async function show(call: Call, failure?: Failure): Promise<Answer> {
  const { app, request } = call
  const token = call.params.token ?? ''
  const tapped = await tapLink(ports(app), token)
  if (!tapped.ok) {
    call.log('link_unknown')
    return patientFailure(tapped.failure, call)
  }
  const [{ patientPage }, { patientModel }] = await Promise.all([
    import('../pages/patient.tsx'),
    import('./patient-model.ts'),
  ])
  const model = patientModel(tapped.value, {
    join: { action: `/v/${token}/join`, fields: { csrf: csrfToken(app.keys.session, `link|${token}`) } },
    acceptLanguage: request.headers.get('accept-language'),
    now: app.now(),
    failed: failure !== undefined,
  })
  call.log('link_opened', { state: model.state })
  return page(patientPage(model), https, {
    formTargets: app.settings.TEAMS_ORIGINS,
    ...(failure ? { status: 503, code: failure.code } : {}),
  })
}

function ports(app: App): PatientPorts {
  return {
    visits: app.visits,
    seals: app.seals,
    mappings: app.mappings,
    graph: app.graph,
    teamsOrigins: app.settings.TEAMS_ORIGINS,
    site: app.site,
    ehr: app.systemEhr,
    allowedTenants: app.settings.ALLOWED_TENANTS,
    opensMinutes: app.settings.VISIT_OPENS_MINUTES,
    now: app.now,
  }
}
