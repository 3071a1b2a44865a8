import { randomUUID } from 'node:crypto'
import type { Failure } from '../../src/core/result.ts'
import type { Now } from '../contracts.ts'
import type { Answer } from './listener.ts'
import { type RefusalId, ROWS } from './refusals.ts'

export type EntraFailure = Failure<RefusalId>

/** Body of a refusal, as the error codes page shows it: what the token endpoint answers and pages quote. */
export type ErrorBody = {
  readonly error: string
  readonly error_description: string
  readonly error_codes: readonly number[]
  readonly timestamp: string
  readonly trace_id: string
  readonly correlation_id: string
  readonly error_uri: string
}

export function json(body: unknown, status = 200): Answer {
  return {
    status,
    headers: { 'content-type': 'application/json; charset=utf-8' },
    body: JSON.stringify(body),
  }
}

/** A refusal as the error body that Entra sends; `{name}` in the text is filled from `failure.shown`. */
export function errorBody(failure: EntraFailure, now: Now): ErrorBody {
  const row = ROWS[failure.code]
  const message = row.text.replace(/\{(\w+)\}/g, (_, name: string) => failure.shown?.[name] ?? '')
  const timestamp = now()
    .toISOString()
    .replace('T', ' ')
    .replace(/\.\d+Z$/, 'Z')
  const trace_id = randomUUID()
  const correlation_id = randomUUID()
  return {
    error: row.error,
    error_description: `AADSTS${row.code}: ${message} Trace ID: ${trace_id} Correlation ID: ${correlation_id} Timestamp: ${timestamp}`,
    error_codes: [row.code],
    timestamp,
    trace_id,
    correlation_id,
    error_uri: `https://login.microsoftonline.com/error?code=${row.code}`,
  }
}

/** A refusal of the token endpoint and of the discovery documents. */
export function jsonError(failure: EntraFailure, now: Now): Answer {
  return json(errorBody(failure, now), ROWS[failure.code].status)
}

/** 302 to `target`, with the given parameters added to its query. */
export function redirect(
  target: string,
  parameters: Readonly<Record<string, string | undefined>> = {},
  headers: Readonly<Record<string, string>> = {},
): Answer {
  const url = new URL(target)
  for (const [name, value] of Object.entries(parameters)) {
    if (value !== undefined) url.searchParams.append(name, value)
  }
  return { status: 302, headers: { location: url.href, ...headers }, body: '' }
}
