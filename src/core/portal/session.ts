import { randomBytes } from 'node:crypto'
import { z } from 'zod'
import type { Account } from '../accounts/account.ts'
import type { Cookie } from '../http/cookies.ts'
import { clearedCookies, openSealedCookies, sealedCookies } from '../http/sealed-cookie.ts'
import type { KeyRing } from '../keys/key-ring.ts'
import type { Result } from '../result.ts'
import type { PortalRights } from './role.ts'

const MINUTE = 60_000
/** Somebody who does nothing for so long is signed out. */
const IDLE = 60 * MINUTE
/** After so long everybody is asked for again: roles may have been taken away. */
const LONGEST = 8 * 60 * MINUTE
/** A session is written anew when so much of its idle time is used up, not at every request. */
const RENEW = 5 * MINUTE

const shape = z.object({
  id: z.string(),
  tenantId: z.string(),
  userId: z.string(),
  name: z.string(),
  upn: z.string(),
  configure: z.boolean(),
  reports: z.boolean(),
  signedInAt: z.number(),
  writtenAt: z.number(),
})

/** Who is signed in to the portal. It lives sealed in the browser; the tenant of every change is taken from here. */
export type PortalSession = z.infer<typeof shape>

/** Its parts, where it is a long one, carry a number behind this name. */
export const PORTAL_COOKIE = '__Host-portal'
const PATH = '/'

export function newPortalSession(
  { tenantId, userId, name, upn }: Pick<Account, 'tenantId' | 'userId' | 'name' | 'upn'>,
  { configure, reports }: PortalRights,
  now: Date,
): PortalSession {
  const id = randomBytes(16).toString('base64url')
  const at = now.getTime()
  return { id, tenantId, userId, name, upn, configure, reports, signedInAt: at, writtenAt: at }
}

export function writePortalSession(
  ring: KeyRing,
  session: PortalSession,
  now: Date,
): Result<Cookie[], 'session_too_large'> {
  const at = now.getTime()
  const until = new Date(Math.min(at + IDLE, session.signedInAt + LONGEST))
  return sealedCookies(ring, PORTAL_COOKIE, PATH, 'portal', { ...session, writtenAt: at }, until, now)
}

export function readPortalSession(
  ring: KeyRing,
  cookies: ReadonlyMap<string, string>,
  now: Date,
): Result<PortalSession, 'session_missing' | 'session_expired'> {
  return openSealedCookies(ring, PORTAL_COOKIE, 'portal', cookies, shape, now)
}

/** Whether it is time to write the session anew, so that somebody who works is not signed out. */
export function isToBeRenewed({ writtenAt }: PortalSession, now: Date): boolean {
  return now.getTime() - writtenAt > RENEW
}

export function clearedPortalSession(): Cookie[] {
  return clearedCookies(PORTAL_COOKIE, PATH)
}
