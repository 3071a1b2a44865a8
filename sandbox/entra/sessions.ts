import { randomBytes } from 'node:crypto'
import type { Now } from '../contracts.ts'

const COOKIE = 'sandbox-entra-session'
/** Entra's single sign-on cookie lives for a day unless the person chooses to stay signed in. */
const LIFETIME_MS = 24 * 60 * 60 * 1000

export type Session = {
  readonly id: string
  readonly tenantId: string
  readonly userId: string
  readonly expiresAt: number
}

/** Browser sessions (single sign-on). The cookie holds a random value only; who it is stays here. */
export type Sessions = {
  /** Opens a session under a new value, ends the one that the cookies name; gives the Set-Cookie header. */
  open(cookies: string | undefined, tenantId: string, userId: string): { session: Session; setCookie: string }
  find(cookies: string | undefined): Session | undefined
  /** Ends the session that the cookies name; gives the Set-Cookie header that clears it. */
  close(cookies: string | undefined): string
}

export function createSessions(now: Now): Sessions {
  const byValue = new Map<string, Session>()
  return {
    open(cookies, tenantId, userId) {
      byValue.delete(cookieValue(cookies) ?? '')
      const value = randomBytes(32).toString('base64url')
      const session = {
        id: randomBytes(16).toString('hex'),
        tenantId,
        userId,
        expiresAt: now().getTime() + LIFETIME_MS,
      }
      byValue.set(value, session)
      return { session, setCookie: `${COOKIE}=${value}; Path=/; HttpOnly; SameSite=Lax` }
    },
    find(cookies) {
      const session = byValue.get(cookieValue(cookies) ?? '')
      return session && session.expiresAt > now().getTime() ? session : undefined
    },
    close(cookies) {
      byValue.delete(cookieValue(cookies) ?? '')
      return `${COOKIE}=; Path=/; HttpOnly; SameSite=Lax; Max-Age=0`
    },
  }
}

function cookieValue(cookies: string | undefined): string | undefined {
  for (const pair of (cookies ?? '').split(';')) {
    const [name, value] = pair.trim().split('=', 2)
    if (name === COOKIE) return value
  }
  return undefined
}
