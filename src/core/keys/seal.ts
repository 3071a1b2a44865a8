import { createCipheriv, createDecipheriv, createHmac, randomBytes } from 'node:crypto'
import { fail, ok, type Result } from '../result.ts'
import { type KeyRing, keyById } from './key-ring.ts'

const IV = 12
const TAG = 16

/**
 * Authenticated encryption (AES-256-GCM, NIST SP 800-38D) of a short text.
 * @param context what the text belongs to (table, keys, purpose): a sealed value opens nowhere else.
 * @returns `{key id}.{base64url of iv, tag and ciphertext}`
 */
export function seal(ring: KeyRing, context: string, text: string): string {
  return encrypt(ring, context, text, randomBytes(IV))
}

/**
 * The same text gives the same sealed value (the nonce is a MAC of text and context), for names that must be opaque and
 * yet equal on every retry. Reveals equality, nothing else.
 */
export function sealSame(ring: KeyRing, context: string, text: string): string {
  // With the context's length in front no two pairs of context and text read alike: a nonce must never serve two.
  const named = `nonce|${context.length}|${context}|${text}`
  const nonce = createHmac('sha256', ring.current.secret).update(named).digest()
  return encrypt(ring, context, text, nonce.subarray(0, IV))
}

/**
 * A sealed value has one spelling: what base64url decoders overlook (spare bits, strange characters) is refused, since
 * used-up states and links are told apart by their text.
 * @returns the text, or `seal_invalid` when the value was changed, moved, or made with a key that is gone.
 */
export function unseal(ring: KeyRing, context: string, sealed: string): Result<string, 'seal_invalid'> {
  const [id = '', body = '', ...more] = sealed.split('.')
  const key = keyById(ring, id)
  const bytes = Buffer.from(body, 'base64url')
  if (!key || more.length > 0 || bytes.length < IV + TAG || bytes.toString('base64url') !== body)
    return fail('seal_invalid')
  try {
    const decipher = createDecipheriv('aes-256-gcm', key.secret, bytes.subarray(0, IV))
    decipher.setAAD(Buffer.from(context))
    decipher.setAuthTag(bytes.subarray(IV, IV + TAG))
    return ok(Buffer.concat([decipher.update(bytes.subarray(IV + TAG)), decipher.final()]).toString('utf8'))
  } catch {
    return fail('seal_invalid')
  }
}

/** Whether a sealed value was made with the current key; what was not no longer opens when a rotation ends. */
export function isCurrent(ring: KeyRing, sealed: string): boolean {
  return sealed.startsWith(`${ring.current.id}.`)
}

function encrypt(ring: KeyRing, context: string, text: string, iv: Buffer): string {
  const cipher = createCipheriv('aes-256-gcm', ring.current.secret, iv)
  cipher.setAAD(Buffer.from(context))
  const body = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()])
  return `${ring.current.id}.${Buffer.concat([iv, cipher.getAuthTag(), body]).toString('base64url')}`
}
