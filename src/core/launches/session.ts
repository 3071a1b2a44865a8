import { z } from 'zod'
import type { Cookie } from '../http/cookies.ts'
import { clearedCookies, openSealedCookies, sealedCookies } from '../http/sealed-cookie.ts'
import type { KeyRing } from '../keys/key-ring.ts'
import type { Result } from '../result.ts'

/** A clinician's launch lasts as long as a long clinic day has visits in it, not longer. */
const HOURS = 4

const id = z.string().regex(/^[A-Za-z0-9.-]{1,64}$/)
const context = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('appointment'), appointmentId: id, patientId: id.optional() }),
  z.object({
    kind: z.literal('appointments'),
    appointmentIds: z.array(id).readonly(),
    patientId: id.optional(),
  }),
  z.object({ kind: z.literal('encounter'), encounterId: id, patientId: id.optional() }),
  z.object({ kind: z.literal('patient'), patientId: id }),
  z.object({ kind: z.literal('none') }),
])

const session = z.object({
  launchId: z.string(),
  tenantId: z.string(),
  siteId: z.string(),
  ehrUser: z.object({ issuer: z.string(), subject: z.string(), practitionerId: z.string().optional() }),
  /** The sign-in name in the EHR, where it told one: what the clinician recognises. */
  username: z.string().optional(),
  context,
  /** When the launch ends, whatever is renewed meanwhile. */
  until: z.iso.datetime().optional(),
  accessToken: z.string(),
  accessTokenUntil: z.iso.datetime(),
  /** Where the EHR gave one (scope online_access): the next access token comes by it. */
  refreshToken: z.string().optional(),
  /** The EHR refused this very token before its time. It may take it again; once it is over, nothing else reads for it. */
  refused: z.boolean().optional(),
  /** The EHR refused to renew it: nothing is read for this launch any more, by whatever token. */
  revoked: z.boolean().optional(),
})

/** One launch: one session, one patient. It lives in the browser alone, sealed, under its own path. */
export type LaunchSession = z.infer<typeof session>

const COOKIE = '__Secure-launch'

export function launchPath(launchId: string): string {
  return `/launch/${launchId}`
}

/** The launch whose token the EHR refused before its time, or took again. */
export function withRefused(launch: LaunchSession, refused: boolean): LaunchSession {
  const { refused: _before, ...rest } = launch
  return refused ? { ...rest, refused } : rest
}

/** The launch without what the EHR took back from it. */
export function takenBack({ refreshToken: _refused, ...launch }: LaunchSession): LaunchSession {
  return { ...launch, accessToken: '', revoked: true }
}

/** @param until when the launch ends; four hours after it began. */
export function writeSession(
  ring: KeyRing,
  data: LaunchSession,
  now: Date,
  until = new Date(now.getTime() + HOURS * 3_600_000),
): Result<Cookie[], 'session_too_large'> {
  const kept = { ...data, until: until.toISOString() }
  return sealedCookies(ring, COOKIE, launchPath(data.launchId), `launch|${data.launchId}`, kept, until, now)
}

export function readSession(
  ring: KeyRing,
  launchId: string,
  cookies: ReadonlyMap<string, string>,
  now: Date,
): Result<LaunchSession, 'session_missing' | 'session_expired'> {
  return openSealedCookies(ring, COOKIE, `launch|${launchId}`, cookies, session, now)
}

const account = z.object({ userId: z.string(), upn: z.string() })
/** Who signed in to Microsoft in this launch and was not yet confirmed to be the EHR user. */
export type SignedIn = z.infer<typeof account>

const ACCOUNT = '__Secure-account'
const ACCOUNT_MINUTES = 10

export function writeSignedIn(ring: KeyRing, launchId: string, data: SignedIn, now: Date) {
  const until = new Date(now.getTime() + ACCOUNT_MINUTES * 60_000)
  return sealedCookies(ring, ACCOUNT, launchPath(launchId), `account|${launchId}`, data, until, now)
}

export function readSignedIn(
  ring: KeyRing,
  launchId: string,
  cookies: ReadonlyMap<string, string>,
  now: Date,
) {
  return openSealedCookies(ring, ACCOUNT, `account|${launchId}`, cookies, account, now)
}

export function clearSignedIn(launchId: string): Cookie[] {
  return clearedCookies(ACCOUNT, launchPath(launchId))
}
