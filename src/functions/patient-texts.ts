import { csrfToken } from '../core/http/csrf.ts'
import { patientFailure } from './failure-response.ts'
import { linkForm, linkPath, linkSession, patientPorts } from './patient-ports.ts'
import { patientResponse } from './patient-response.ts'
import { type Answer, type Call, redirect, route } from './route.ts'

function ports({ app }: Call) {
  return { ...patientPorts(app), store: app.store, identity: app.keys.identity }
}

async function show(call: Call, failed = false): Promise<Answer> {
  const [{ textsOfLink }, { stopTextsPage }, { LANGUAGES, languageOf }, { browserLanguage }] =
    await Promise.all([
      import('../core/messaging/link-wish.ts'),
      import('../pages/stop-texts.tsx'),
      import('../pages/words/index.ts'),
      import('./browser-language.ts'),
    ])
  const { app, request, params } = call
  const standing = await textsOfLink(ports(call), params.token ?? '')
  if (!standing.ok) return patientFailure(standing.failure, call)
  const { site, stopped } = standing.value
  const lang =
    languageOf(request.query.get('lang') ?? undefined) ??
    browserLanguage(request.headers.get('accept-language')) ??
    site.texts.defaultLanguage
  const action = `${linkPath(call)}/texts`
  const rendered = stopTextsPage({
    lang,
    clinicName: site.clinicName,
    clinicPhone: site.patientPhone,
    languages: LANGUAGES.filter((other) => other !== lang).map((other) => ({
      lang: other,
      href: `${action}?lang=${other}`,
    })),
    stopped,
    failed,
    action,
    fields: { csrf: csrfToken(app.keys.session, linkSession(params.token ?? '')), lang },
    visitUrl: `${linkPath(call)}?lang=${lang}`,
  })
  return patientResponse(call, rendered, failed ? { status: 503 } : {})
}

/** Where texts that nobody can answer are stopped. A GET shows; only the POST changes anything. */
route('patientTexts', 'READ', 'v/{token}/texts', (call) => show(call), patientFailure)

route(
  'patientWish',
  'POST',
  'v/{token}/texts',
  async (call) => {
    const form = await linkForm(call)
    if (!form.ok) return redirect(`${linkPath(call)}/texts`)
    const { wish } = await import('../core/messaging/link-wish.ts')
    const word = form.value.get('word') === 'START' ? 'START' : 'STOP'
    const kept = await wish(ports(call), call.params.token ?? '', word)
    call.log('patient_wish', { code: kept.ok ? undefined : kept.failure.code })
    if (!kept.ok)
      return kept.failure.code === 'link_unknown' ? patientFailure(kept.failure, call) : show(call, true)
    const lang = form.value.get('lang') ?? ''
    return redirect(`${linkPath(call)}/texts${/^(en|es|fr)$/.test(lang) ? `?lang=${lang}` : ''}`)
  },
  patientFailure,
)
