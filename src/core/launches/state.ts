import { createHash, randomBytes } from 'node:crypto'
import { z } from 'zod'
import { BROWSER_COOKIE, type Cookie, cookie } from '../http/cookies.ts'
import { sameText } from '../http/csrf.ts'
import type { KeyRing } from '../keys/key-ring.ts'
import { seal, unseal } from '../keys/seal.ts'
import { fail, ok, type Result } from '../result.ts'
import type { Store } from '../store/store.ts'

/** Long enough for a password reset at the EHR, short enough that an old link is none. */
const STATE_MINUTES = 10
const BROWSER_DAYS = 1

export type StateFailure = 'state_invalid' | 'state_expired' | 'state_foreign_browser' | 'state_replayed'

const bound = { browser: z.string(), until: z.number() }
const ofLaunch = {
  launchId: z.string(),
  tenantId: z.string(),
  siteId: z.string(),
  verifier: z.string(),
  nonce: z.string(),
  /** The EHR's handle of the launch, where it is short: the launch can then be begun anew. */
  launch: z.string().optional(),
  ...bound,
}
/** Where in the portal the browser goes on. */
const to = z.string().startsWith('/portal')

const shape = z.discriminatedUnion('purpose', [
  z.object({ purpose: z.literal('launch'), ...ofLaunch }),
  z.object({ purpose: z.literal('signin'), ...ofLaunch }),
  z.object({ purpose: z.literal('patient'), ...ofLaunch }),
  /** An administrator's sign-in. `tenant`: which one was asked for, or any organization. */
  z.object({
    purpose: z.literal('portal'),
    tenant: z.string(),
    verifier: z.string(),
    nonce: z.string(),
    to,
    ...bound,
  }),
  /** An administrator's consent to the application's permissions. */
  z.object({ purpose: z.literal('consent'), tenantId: z.string(), to, ...bound }),
])

/** What travels to the authorization server and back inside `state`: sealed, bound to one browser, good for one use. */
export type State = z.infer<typeof shape>
export type StateOf<Purpose extends State['purpose']> = Extract<State, { purpose: Purpose }>
type Unbound<S> = S extends unknown ? Omit<S, 'browser' | 'until'> : never

/** The browser's binding cookie: the one it has, or a new one of 256 bits. */
export function browserBinding(cookies: ReadonlyMap<string, string>): { value: string; cookies: Cookie[] } {
  const known = cookies.get(BROWSER_COOKIE)
  const value = known && /^[\w-]{43}$/.test(known) ? known : randomBytes(32).toString('base64url')
  return { value, cookies: [cookie(BROWSER_COOKIE, value, '/', BROWSER_DAYS * 86_400)] }
}

export function sealState(ring: KeyRing, state: Unbound<State>, browser: string, now: Date): string {
  const until = now.getTime() + STATE_MINUTES * 60_000
  return seal(ring, 'state', JSON.stringify({ ...state, browser: hash(browser), until }))
}

type Expected<P> = { purpose: P; cookies: ReadonlyMap<string, string>; now: Date }

/** Reads a state that came back: ours, of this browser, in time. Whether it was used already is not asked here. */
export function openState<P extends State['purpose']>(
  ring: KeyRing,
  given: string | undefined,
  expected: Expected<P>,
): Result<StateOf<P>, Exclude<StateFailure, 'state_replayed'>> {
  const opened = unseal(ring, 'state', given ?? '')
  const parsed = opened.ok ? shape.safeParse(JSON.parse(opened.value)) : undefined
  if (!parsed?.success || parsed.data.purpose !== expected.purpose) return fail('state_invalid')
  const state = parsed.data as StateOf<P>
  if (state.until <= expected.now.getTime()) return fail('state_expired')
  if (!sameText(hash(expected.cookies.get(BROWSER_COOKIE) ?? ''), state.browser))
    return fail('state_foreign_browser')
  return ok(state)
}

/**
 * Opens a state that came back and uses it up: the insert of its hash succeeds once, however many callbacks carry it
 * (RFC 6749, section 10.12; RFC 9700, section 4.7).
 */
export async function consumeState<P extends State['purpose']>(
  ring: KeyRing,
  store: Pick<Store, 'tables'>,
  given: string | undefined,
  expected: Expected<P>,
): Promise<Result<StateOf<P>, StateFailure>> {
  const opened = openState(ring, given, expected)
  if (!opened.ok) return opened
  const rowKey = hash(given ?? '')
  const until = new Date(opened.value.until).toISOString()
  const first = await store.tables.consumed.insert({
    partitionKey: until.slice(0, 10),
    rowKey,
    schema: 1,
    until,
  })
  return first.ok ? opened : fail('state_replayed')
}

function hash(text: string): string {
  return createHash('sha256').update(text).digest('base64url')
}
