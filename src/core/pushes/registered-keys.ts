import { z } from 'zod'
import { fail, ok, type Result } from '../result.ts'

/** A public key as it is kept: its public members alone. */
export const pushKey = z.discriminatedUnion('kty', [
  z.object({ kty: z.literal('RSA'), kid: z.string().optional(), n: z.string(), e: z.string() }),
  z.object({
    kty: z.literal('EC'),
    crv: z.literal('P-384'),
    kid: z.string().optional(),
    x: z.string(),
    y: z.string(),
  }),
])
export type PushKey = z.infer<typeof pushKey>

export type PushKeysFailure =
  | 'push_keys_not_json'
  | 'push_keys_none'
  | 'push_keys_too_many'
  /** A private or symmetric key was pasted: it is no secret any more. */
  | 'push_keys_private'
  | 'push_keys_unsuitable'
  | 'push_keys_same_kid'

export const MOST_KEYS = 5
const base64url = /^[\w-]+$/
const pasted = z.looseObject({
  kty: z.string(),
  kid: z.string().min(1).max(200).optional(),
  alg: z.string().optional(),
  use: z.string().optional(),
  crv: z.string().optional(),
  n: z.string().regex(base64url).optional(),
  e: z.string().regex(base64url).optional(),
  x: z.string().regex(base64url).optional(),
  y: z.string().regex(base64url).optional(),
})

/**
 * The keys of a pasted JWKS document, or of one JWK (RFC 7517). RSA of 2,048 to 4,096 bits signs RS384, EC on P-384
 * signs ES384. Public members are copied by name, so that nothing private is ever kept.
 */
export function readPushKeys(text: string): Result<PushKey[], PushKeysFailure> {
  const parsed = json(text)
  if (parsed === undefined) return fail('push_keys_not_json')
  const { keys } = z.object({ keys: z.array(z.unknown()) }).safeParse(parsed).data ?? { keys: [parsed] }
  if (keys.length === 0) return fail('push_keys_none')
  if (keys.length > MOST_KEYS) return fail('push_keys_too_many')
  const found: PushKey[] = []
  for (const each of keys) {
    if (isSecret(each)) return fail('push_keys_private')
    const key = publicPart(each)
    if (!key) return fail('push_keys_unsuitable')
    found.push(key)
  }
  // Without a kid it must be plain which key signed.
  const kids = new Set(found.map(({ kid }) => kid))
  if (kids.size !== found.length || (found.length > 1 && kids.has(undefined)))
    return fail('push_keys_same_kid')
  return ok(found)
}

function json(text: string): object | undefined {
  try {
    const parsed: unknown = JSON.parse(text)
    return typeof parsed === 'object' && parsed !== null && !Array.isArray(parsed) ? parsed : undefined
  } catch {
    return undefined
  }
}

function isSecret(key: unknown): boolean {
  return (
    typeof key === 'object' &&
    key !== null &&
    (['d', 'p', 'q', 'k'].some((name) => name in key) || ('kty' in key && key.kty === 'oct'))
  )
}

function publicPart(from: unknown): PushKey | undefined {
  const { data: key } = pasted.safeParse(from)
  if (!key || (key.use !== undefined && key.use !== 'sig')) return undefined
  const { kty, crv, n, e, x, y, alg } = key
  const kid = key.kid === undefined ? {} : { kid: key.kid }
  if (kty === 'RSA' && n && e && isStrong(n) && (alg ?? 'RS384') === 'RS384') return { kty, ...kid, n, e }
  const onCurve = bytes(x) === 48 && bytes(y) === 48
  if (kty === 'EC' && crv === 'P-384' && x && y && onCurve && (alg ?? 'ES384') === 'ES384')
    return { kty, crv, ...kid, x, y }
  return undefined
}

function isStrong(n: string): boolean {
  const size = bytes(n)
  return size >= 256 && size <= 513
}

function bytes(text: string | undefined): number {
  return Buffer.from(text ?? '', 'base64url').length
}
