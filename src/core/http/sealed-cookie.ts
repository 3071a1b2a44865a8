import { deflateRawSync, inflateRawSync } from 'node:zlib'
import { z } from 'zod'
import type { KeyRing } from '../keys/key-ring.ts'
import { seal, unseal } from '../keys/seal.ts'
import { fail, ok, type Result } from '../result.ts'
import { type Cookie, cookie } from './cookies.ts'

/** Browsers keep at least 4,096 bytes of name and value a cookie; an EHR's tokens can be longer than that. */
const PART = 3600
const MOST_PARTS = 4
/** Characters from which on packing saves a cookie or more. */
const LONG = 2_000
/** What is inflated at most: a short cookie must not become a large memory. */
const MOST_BYTES = 65_536
const envelope = z.object({ until: z.number(), data: z.unknown() })

/**
 * Data kept in the browser alone, sealed: nothing of a launch is stored on our side. Split over several cookies when
 * it is long.
 * @param context binds the value to its purpose and launch.
 * @param until after this instant it no longer opens, whatever the browser keeps.
 */
export function sealedCookies(
  ring: KeyRing,
  cookieName: string,
  path: string,
  context: string,
  data: unknown,
  until: Date,
  now: Date,
): Result<Cookie[], 'session_too_large'> {
  const json = JSON.stringify({ until: until.getTime(), data })
  if (Buffer.byteLength(json) > MOST_BYTES) return fail('session_too_large')
  const sealed = seal(ring, context, json.length > LONG ? packed(json) : json)
  const parts = sealed.match(new RegExp(`.{1,${PART}}`, 'g')) ?? []
  if (parts.length > MOST_PARTS) return fail('session_too_large')
  const maxAge = Math.max(0, Math.floor((until.getTime() - now.getTime()) / 1000))
  return ok([
    ...parts.map((part, index) => cookie(partName(cookieName, index), part, path, maxAge)),
    // A longer value of before must not leave its tail behind.
    ...(parts.length < MOST_PARTS ? [cookie(partName(cookieName, parts.length), '', path, 0)] : []),
  ])
}

/** @returns what was sealed, or `session_missing`, or `session_expired`. */
export function openSealedCookies<T>(
  ring: KeyRing,
  cookieName: string,
  context: string,
  cookies: ReadonlyMap<string, string>,
  schema: z.ZodType<T>,
  now: Date,
): Result<T, 'session_missing' | 'session_expired'> {
  let sealed = ''
  for (let index = 0; index < MOST_PARTS; index++) {
    const part = cookies.get(partName(cookieName, index))
    // Behind the first gap lies the tail of an older, longer value.
    if (!part) break
    sealed += part
  }
  if (sealed === '') return fail('session_missing')
  const opened = unseal(ring, context, sealed)
  if (!opened.ok) return fail('session_missing', { detail: 'the session cookie does not open' })
  const parsedEnvelope = envelopeOf(opened.value)
  if (!parsedEnvelope) return fail('session_missing', { detail: 'the session cannot be read' })
  const { until, data } = parsedEnvelope
  if (until <= now.getTime()) return fail('session_expired')
  const parsed = schema.safeParse(data)
  return parsed.success
    ? ok(parsed.data)
    : fail('session_missing', { detail: 'the session is of another release' })
}

export function clearedCookies(cookieName: string, path: string): Cookie[] {
  return Array.from({ length: MOST_PARTS }, (_, index) => cookie(partName(cookieName, index), '', path, 0))
}

function packed(json: string): string {
  return deflateRawSync(json).toString('base64url')
}

/** What is packed is base64url, which never begins as an object does. */
function unpacked(text: string): string {
  if (text.startsWith('{')) return text
  return inflateRawSync(Buffer.from(text, 'base64url'), { maxOutputLength: MOST_BYTES }).toString('utf8')
}

function envelopeOf(text: string): z.infer<typeof envelope> | undefined {
  try {
    return envelope.parse(JSON.parse(unpacked(text)))
  } catch {
    return undefined
  }
}

function partName(name: string, index: number): string {
  return index === 0 ? name : `${name}.${index}`
}
