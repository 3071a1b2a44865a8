import { type Failure, fail, ok, type Result } from '../result.ts'
import { type OutboundCode, OutboundError } from './outbound-error.ts'
import type { SafeFetch, SafeRequestInit } from './safe-fetch.ts'

/**
 * {@link SafeFetch} with failures as values. A status of 400 and above is an answer, not a failure.
 * @returns the answer, or a failure whose detail names the host and a reason, never a path or a body
 */
export async function safeRequest(
  safeFetch: SafeFetch,
  url: string | URL,
  init: SafeRequestInit = {},
): Promise<Result<Response, OutboundCode>> {
  try {
    return ok(await safeFetch(url, init))
  } catch (error) {
    if (init.signal?.aborted && !(error instanceof OutboundError)) return fail('outbound_aborted')
    const failure = outboundFailure(error)
    // Anything else is a wrong argument of ours.
    if (failure === undefined) throw error
    return { ok: false, failure }
  }
}

/** The failure inside what a library threw when a safe fetch under it did, or undefined. */
export function outboundFailure(error: unknown): Failure<OutboundCode> | undefined {
  for (let at = error, depth = 0; at instanceof Error && depth < 5; at = at.cause, depth++) {
    if (at instanceof OutboundError) return fail(at.code, { detail: at.message }).failure
  }
  return undefined
}
