import type { Outbound } from './types.ts'

/** What came of one request: the answer with its body read, or that there was none. `why` is fit for a log. */
export type Answer =
  | { readonly kind: 'answered'; readonly status: number; readonly headers: Headers; readonly text: string }
  | { readonly kind: 'silent'; readonly why: string }

/**
 * Reads a document. Redirects are not followed: a configuration that could send us elsewhere would undo the
 * allow-list of issuers.
 */
export async function getDocument(url: string, accept: string, outbound: Outbound): Promise<Answer> {
  try {
    const response = await outbound.fetch(url, { headers: { accept }, redirect: 'manual' })
    return await answerOf(response)
  } catch (error) {
    return { kind: 'silent', why: faultName(error) }
  }
}

export async function answerOf(response: Response): Promise<Answer> {
  try {
    const text = await response.text()
    return { kind: 'answered', status: response.status, headers: response.headers, text }
  } catch (error) {
    return { kind: 'silent', why: faultName(error) }
  }
}

/** Names and codes only: messages of network errors may repeat addresses and what was sent. */
export function faultName(error: unknown): string {
  if (!(error instanceof Error)) return 'unknown fault'
  const code = codeOf(error) ?? codeOf(error.cause)
  return code === undefined ? error.name : `${error.name} ${code}`
}

function codeOf(error: unknown): string | undefined {
  if (typeof error !== 'object' || error === null || !('code' in error)) return undefined
  return typeof error.code === 'string' && /^\w{1,60}$/.test(error.code) ? error.code : undefined
}

/** The body as JSON, or undefined. */
export function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

/** Seconds of a Retry-After in either form (RFC 9110 §10.2.3), at most a day. */
export function retryAfterSeconds(headers: Headers, now: Date): number | undefined {
  const value = headers.get('retry-after')?.trim()
  if (!value) return undefined
  const at = Date.parse(value)
  const seconds = /^\d+$/.test(value) ? Number(value) : Math.ceil((at - now.getTime()) / 1000)
  return Number.isFinite(seconds) ? Math.min(Math.max(seconds, 0), 86_400) : undefined
}
