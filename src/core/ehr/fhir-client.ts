import * as fhirClientModule from 'fhirclient/lib/FhirClient.js'
import { type Failure, fail, ok, type Result } from '../result.ts'
import { retryAfterSeconds } from '../smart/answer.ts'

export type EhrFailure =
  | 'ehr_token_expired'
  | 'ehr_scope_missing'
  | 'ehr_not_found'
  | 'ehr_refused'
  | 'ehr_throttled'
  | 'ehr_unavailable'
  | 'ehr_unreachable'
  | 'ehr_answer_invalid'
  | 'ehr_foreign_link'

type FhirClientClass = typeof import('fhirclient/lib/FhirClient.js').default
// The package is CommonJS: depending on who loads it, the class is the default export or the default of that.
const exported = fhirClientModule as unknown as { default: FhirClientClass | { default: FhirClientClass } }
const FhirClient = 'default' in exported.default ? exported.default.default : exported.default

/**
 * fhirclient with a token obtained by our own launch or backend code. Its own launch is never used (it does not guard
 * it), and the token goes nowhere but to the site's FHIR server: a next link may point anywhere.
 */
class SiteClient extends FhirClient {
  readonly #accessToken: string

  constructor(fhirBaseUrl: string, accessToken: string) {
    super(fhirBaseUrl)
    this.#accessToken = accessToken
  }

  override getRequestDefaults(): Promise<Partial<RequestInit>> {
    return Promise.resolve({
      headers: {
        authorization: `Bearer ${this.#accessToken}`,
        accept: 'application/fhir+json, application/json',
      },
    })
  }

  // biome-ignore lint/suspicious/noExplicitAny: the signature is the base class's
  override fhirRequest<T = any>(uri: string | URL, options?: Record<string, unknown>): Promise<T> {
    const base = new URL(`${this.fhirBaseUrl.replace(/\/+$/, '')}/`)
    const url = new URL(String(uri), base)
    if (url.origin !== base.origin || !url.pathname.startsWith(base.pathname))
      return Promise.reject(new ForeignLinkError())
    return super.fhirRequest<T>(url.href, options as never)
  }
}

class ForeignLinkError extends Error {}

export type FhirCall = InstanceType<FhirClientClass>

/** @param fhirBaseUrl the site's base; the token is sent to URLs under it only. */
export function fhirClient(fhirBaseUrl: string, accessToken: string): FhirCall {
  return new SiteClient(fhirBaseUrl, accessToken)
}

/**
 * Runs FHIR calls and turns what they throw into a failure with a stable code. The errors of fhirclient quote the
 * address and the answer's body: nothing of their words goes on.
 */
export async function callEhr<T>(work: () => Promise<T>, now: Date): Promise<Result<T, EhrFailure>> {
  try {
    return ok(await work())
  } catch (error) {
    return { ok: false, failure: ehrFailure(error, now) }
  }
}

/** The EHR's name for this request, which its support asks for: hexadecimal and long, so that it is nobody's data. */
function requestId(response: Response | undefined): string {
  const id = response?.headers.get('opc-request-id') ?? response?.headers.get('x-request-id') ?? ''
  return /^[\da-f/-]{16,100}$/i.test(id) ? `, request ${id}` : ''
}

/** Longer than this nobody waits in one go; the next sweep asks again anyway. */
const LONGEST_WAIT = 3_600

function ehrFailure(error: unknown, now: Date): Failure<EhrFailure> {
  if (error instanceof ForeignLinkError) return fail('ehr_foreign_link').failure
  const { statusCode, response, code } = error as {
    statusCode?: number
    response?: Response
    code?: unknown
  }
  const name = typeof code === 'string' && /^\w{1,60}$/.test(code) ? code : undefined
  const detail = `status ${statusCode ?? 'none'}${name ? `, ${name}` : ''}${requestId(response)}`
  if (statusCode === undefined)
    return fail(name ? 'ehr_unreachable' : 'ehr_answer_invalid', { detail }).failure
  const wait = response && retryAfterSeconds(response.headers, now)
  const more = { detail, ...(wait ? { retryAfterSeconds: Math.min(wait, LONGEST_WAIT) } : {}) }
  if (statusCode === 401) return fail('ehr_token_expired', more).failure
  if (statusCode === 403) return fail('ehr_scope_missing', more).failure
  if (statusCode === 404 || statusCode === 410) return fail('ehr_not_found', more).failure
  if (statusCode === 429) return fail('ehr_throttled', more).failure
  return fail(statusCode >= 500 ? 'ehr_unavailable' : 'ehr_refused', more).failure
}
