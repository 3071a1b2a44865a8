import { outboundFailure } from '../../http/safe-request.ts'
import type { Outbound } from '../../smart/types.ts'
import { problemOfOutbound, type Told, type UrlProblem } from './finding.ts'

export type Document =
  | { readonly kind: 'json'; readonly body: unknown }
  /** The server answered, but not with the document: a server that is there, at another path perhaps. */
  | { readonly kind: 'other'; readonly status: number; readonly problem: Told<UrlProblem> }
  /** There was no answer that could be used. */
  | { readonly kind: 'none'; readonly problem: Told<UrlProblem> }

/** FHIR's own media types of R4 and of the versions before, which are to be told apart, not refused unread. */
const ACCEPT = 'application/fhir+json, application/json;q=0.9, application/json+fhir;q=0.5'

/**
 * Reads one public document by the guarded fetch, which decides where a request may go, follows no redirect and caps
 * time and size.
 */
export async function readDocument(url: string, outbound: Outbound, accept = ACCEPT): Promise<Document> {
  let response: Response
  let text: string
  try {
    response = await outbound.fetch(url, { headers: { accept }, redirect: 'manual' })
    text = await response.text()
  } catch (error) {
    const failure = outboundFailure(error)
    // Anything else is a defect of ours.
    if (failure === undefined) throw error
    return { kind: 'none', problem: { code: problemOfOutbound(failure.code), shown: new URL(url).hostname } }
  }
  const { status } = response
  const other = (code: UrlProblem, shown?: string): Document => ({
    kind: 'other',
    status,
    problem: { code, shown },
  })
  if (status === 401 || status === 403) return other('url_signed_in_only', String(status))
  if (status === 429) return other('url_busy', String(status))
  if (status >= 500) return other('url_server_error', String(status))
  if (status !== 200) return other('url_not_found', String(status))
  try {
    return { kind: 'json', body: JSON.parse(text) }
  } catch {
    return other(isHtml(response.headers, text) ? 'url_html' : 'url_not_json')
  }
}

function isHtml(headers: Headers, text: string): boolean {
  return /\bhtml\b/i.test(headers.get('content-type') ?? '') || /^\s*<(!doctype\s+html|html)/i.test(text)
}
