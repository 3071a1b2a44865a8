import { retryAfter } from '../core/failures.ts'
import { csrfToken } from '../core/http/csrf.ts'
import type { Failure } from '../core/result.ts'
import { patientLanguage } from '../core/visits/patient-language.ts'
import { joinAsPatient, type Tapped, tapLink } from '../core/visits/patient-visit.ts'
import type { Language } from '../pages/words/language.ts'
import { browserAdvice } from './browser-advice.ts'
import { patientFailure } from './failure-response.ts'
import { linkForm, linkPath, linkSession, patientPorts } from './patient-ports.ts'
import { patientResponse } from './patient-response.ts'
import { type Answer, type Call, redirect, route } from './route.ts'
import { askToWatch } from './watch-meeting.ts'

route('patientPage', 'READ', 'v/{token}', (call) => show(call), patientFailure)

/** The page that answers a join looks again by itself, and browsers open what they had open: both ask with GET. */
route('patientJoinAgain', 'READ', 'v/{token}/join', async (call) => redirect(linkPath(call)), patientFailure)

/** Joining is a POST: a preview that fetches the link joins nobody. */
route(
  'patientJoin',
  'POST',
  'v/{token}/join',
  async (call) => {
    const form = await linkForm(call)
    // A page that stood open for long is simply shown anew, with a fresh form.
    if (!form.ok) return redirect(linkPath(call))
    const joined = await joinAsPatient(patientPorts(call.app), call.params.token ?? '')
    if (joined.ok) {
      const found = await call.app.visits.byToken(call.params.token ?? '', call.app.now())
      await askToWatch(call.app, found?.visit)
      call.log('patient_joined')
      return redirect(joined.value)
    }
    call.log('patient_join_failed', { code: joined.failure.code, detail: joined.failure.detail })
    return joined.failure.code === 'visit_not_open'
      ? redirect(linkPath(call))
      : show(call, { failure: joined.failure, asked: form.value.get('lang') })
  },
  patientFailure,
)

/**
 * @param failed why joining did not work just now; the page then says so and still offers the phone. `asked`: the
 * language that the form came in.
 */
async function show(
  call: Call,
  failed?: { readonly failure: Failure; readonly asked: string | null },
): Promise<Answer> {
  const { app, request } = call
  const token = call.params.token ?? ''
  const tapped = await tapLink(patientPorts(app), token)
  if (!tapped.ok) {
    call.log('link_unknown')
    return patientFailure(tapped.failure, call)
  }
  const [{ patientPage }, { patientModel }, { deviceCheckFile, DEVICE_CHECK_PROBE }] = await Promise.all([
    import('../pages/patient.tsx'),
    import('./patient-model.ts'),
    import('./device-check-files.ts'),
  ])
  const lang = await languageFor(call, tapped.value, failed?.asked ?? null)
  const base = linkPath(call)
  const csrf = csrfToken(app.keys.session, linkSession(token))
  const { name, integrity } = deviceCheckFile(lang)
  const model = patientModel(tapped.value, {
    lang,
    base,
    csrf,
    advice: browserAdvice(request.headers.get('user-agent')),
    check: {
      script: `/device-check/${name}`,
      integrity,
      probe: `/device-check/${DEVICE_CHECK_PROBE}`,
      seen: `${base}/seen`,
      report: `${base}/check`,
      csrf,
    },
    now: app.now(),
    failed: failed !== undefined,
  })
  call.log('link_opened', { state: model.state })
  return patientResponse(call, patientPage(model), {
    formTargets: app.settings.TEAMS_ORIGINS,
    loadsOwnScript: true,
    ...(failed ? { status: 503, code: failed.failure.code, headers: retryAfter(failed.failure, 503) } : {}),
  })
}

/**
 * What the patient chose on the page, or what the page says that it is in (it looks again by itself); else the EHR's,
 * the browser's, the site's.
 */
async function languageFor({ app, request }: Call, tapped: Tapped, asked: string | null): Promise<Language> {
  const [{ languageOf }, { browserLanguage }] = await Promise.all([
    import('../pages/words/index.ts'),
    import('./browser-language.ts'),
  ])
  const chosen = asked ?? request.query.get('lang') ?? request.headers.get('x-language') ?? undefined
  return (
    languageOf(chosen) ??
    languageOf(await patientLanguage(patientPorts(app), tapped)) ??
    browserLanguage(request.headers.get('accept-language')) ??
    tapped.site.texts.defaultLanguage
  )
}
