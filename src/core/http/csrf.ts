import { createHmac, type KeyObject, timingSafeEqual } from 'node:crypto'
import type { KeyRing } from '../keys/key-ring.ts'
import { fail, ok, type Result } from '../result.ts'

/** The token of the forms of one session or link: a MAC of what identifies it, nothing to store. */
export function csrfToken(ring: KeyRing, session: string): string {
  return token(ring.current.secret, session)
}

/**
 * A change is taken only from our own pages: the form's token fits the session, and the browser's Origin, where it
 * sends one, is ours (OWASP, "Cross-Site Request Forgery Prevention").
 */
export function checkCsrf(
  ring: KeyRing,
  session: string,
  given: string | undefined,
  request: { origin: string | undefined; ownOrigins: readonly string[] },
): Result<void, 'form_foreign'> {
  if (request.origin !== undefined && !request.ownOrigins.includes(request.origin))
    return fail('form_foreign', { detail: 'foreign Origin' })
  const keys = [ring.current, ...(ring.previous ? [ring.previous] : [])]
  const fits = keys.some((key) => sameText(token(key.secret, session), given ?? ''))
  return fits ? ok(undefined) : fail('form_foreign', { detail: 'token' })
}

/** Equal or not in a time that tells nothing of where they differ. */
export function sameText(a: string, b: string): boolean {
  const [left, right] = [Buffer.from(a), Buffer.from(b)]
  return left.length === right.length && timingSafeEqual(left, right)
}

function token(key: KeyObject, session: string): string {
  return createHmac('sha256', key).update(`csrf|${session}`).digest('base64url')
}
