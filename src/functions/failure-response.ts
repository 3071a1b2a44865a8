import type { HttpRequest } from '@azure/functions'
import { wordsOf } from '../core/failures.ts'
import type { Failure } from '../core/result.ts'
import { page } from './page-response.ts'
import type { Answer } from './route.ts'
import { settings } from './runtime.ts'

const https = settings.PUBLIC_URL.startsWith('https:')

type Reference = { readonly reference: string }

/** A failure as the page that a clinician or an administrator reads. */
export async function clinicianFailure(
  failure: Failure,
  { reference }: Reference,
  retryUrl?: string,
): Promise<Answer> {
  const { failurePage } = await import('../pages/failure.tsx')
  const { status, title, what, why, next } = wordsOf(failure)
  const { code, shown } = failure
  const model = { audience: 'clinician' as const, code, title, what, why, next, reference, shown, retryUrl }
  return page(failurePage(model), https, { status, code })
}

/** The same for a patient: in their language, and without our words for the EHR. */
export async function patientFailure(
  failure: Failure,
  { request }: { request: HttpRequest },
  clinic: { clinicPhone?: string | undefined; clinicName?: string | undefined } = {},
): Promise<Answer> {
  const [{ patientPage }, { browserLanguage }] = await Promise.all([
    import('../pages/patient.tsx'),
    import('./browser-language.ts'),
  ])
  const { status } = wordsOf(failure)
  const state = failure.code === 'link_unknown' ? ('not_found' as const) : ('unavailable' as const)
  const model = { state, lang: browserLanguage(request.headers.get('accept-language')) ?? 'en', ...clinic }
  return page(patientPage(model), https, { status, code: failure.code })
}
