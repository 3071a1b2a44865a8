/** One request as the routes see it: authenticated, body parsed as JSON. */
export type Call = {
  readonly method: string
  /** Decoded path without the query. */
  readonly path: string
  readonly query: URLSearchParams
  readonly headers: Readonly<Record<string, string | undefined>>
  readonly body: unknown
}

export type Answer = {
  readonly status: number
  readonly body?: unknown
  readonly headers?: Readonly<Record<string, string>>
  /** The work is done, but the caller never hears of it. */
  readonly breakConnection?: boolean
  readonly note?: string
  /** Runs once the answer has gone out: delivery reports never overtake the answer that names their message. */
  readonly afterwards?: () => void
}

/** The Communication Services error body (CommunicationErrorResponse of the REST specification). */
export function refuse(
  status: number,
  code: string,
  message: string,
  headers: Readonly<Record<string, string>> = {},
): Answer {
  return { status, body: { error: { code, message } }, headers, note: code }
}

/** 429 as the service gives it, with the whole seconds to wait. */
export function tooMany(message: string, retryAfterSeconds: number): Answer {
  return refuse(429, 'TooManyRequests', message, { 'retry-after': String(Math.max(1, retryAfterSeconds)) })
}
