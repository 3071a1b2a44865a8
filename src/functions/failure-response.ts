import type { HttpRequest } from '@azure/functions'
import { mayPass, retryAfter, wordsOf } from '../core/failures.ts'
import type { Failure } from '../core/result.ts'
import { page } from './page-response.ts'
import type { Answer } from './route.ts'

type Failed = { readonly reference: string; readonly request: HttpRequest }

/**
 * A failure as the page that a clinician or an administrator reads.
 * @param startOver a GET that does the same again; offered where the failure may have passed by then.
 */
export async function clinicianFailure(
  failure: Failure,
  { reference }: Pick<Failed, 'reference'>,
  startOver?: string,
): Promise<Answer> {
  const { failurePage } = await import('../pages/failure.tsx')
  const { status, title, what, why, next } = wordsOf(failure)
  const { code, shown } = failure
  const retryUrl = mayPass(failure) ? startOver : undefined
  const model = { audience: 'clinician' as const, code, title, what, why, next, reference, shown, retryUrl }
  return page(failurePage(model), { status, code, headers: retryAfter(failure, status) })
}

/**
 * The same for a patient: in their language, and without our words for the EHR. What went wrong on our side reads as
 * "we cannot check now": that page looks again by itself.
 */
export async function patientFailure(
  failure: Failure,
  { request }: Pick<Failed, 'request'>,
): Promise<Answer> {
  const [{ patientPage }, { browserLanguage }, { languageOf }] = await Promise.all([
    import('../pages/patient.tsx'),
    import('./browser-language.ts'),
    import('../pages/words/index.ts'),
  ])
  const { status } = wordsOf(failure)
  const state = failure.code === 'link_unknown' ? ('not_found' as const) : ('unavailable' as const)
  // A page that looks again by itself says which language it is in.
  const chosen = languageOf(request.headers.get('x-language') ?? request.query.get('lang') ?? undefined)
  const lang = chosen ?? browserLanguage(request.headers.get('accept-language')) ?? 'en'
  return page(patientPage({ state, lang }), {
    status,
    code: failure.code,
    headers: retryAfter(failure, status),
  })
}
