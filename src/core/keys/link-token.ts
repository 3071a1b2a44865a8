import { createHash, createHmac } from 'node:crypto'
import { type KeyRing, keyById } from './key-ring.ts'

/** Who a link is for. A guest link has its own serial and can be revoked alone. */
export type LinkAudience = 'patient' | 'guest'

export const LINK_BUCKETS = 16
const TOKEN = /^[A-Za-z0-9_-]{22}$/

/**
 * What a text carries: 22 base64url characters, 128 bits of MAC and, in the four bits that are left, the bucket: the
 * partition where the link's row lies. Thirty new links of one bucket are written by one transaction, and a tapped
 * link is still found by one point read.
 */
export function linkToken(
  ring: KeyRing,
  keyId: string,
  link: { visitKey: string; audience: LinkAudience; serial: number; bucket: number },
): string | undefined {
  const key = keyById(ring, keyId)
  if (!key) return undefined
  const mac = createHmac('sha256', key.secret)
    .update(`link|${link.audience}|${link.serial}|${link.visitKey}`)
    .digest()
    .subarray(0, 16)
  const bits = Buffer.concat([mac, Buffer.from([(link.bucket & 0x0f) << 4])])
  return bits.toString('base64url').slice(0, 22)
}

/** The keys of the row that a tapped token leads to, or undefined where it cannot be one of ours. */
export function linkRowKeys(token: string): { bucket: number; hash: string } | undefined {
  if (!TOKEN.test(token)) return undefined
  // The 23rd character would hold two bits of nothing; "A" completes the byte.
  const bucket = Buffer.from(`${token}A`, 'base64url').readUInt8(16) >> 4
  return { bucket, hash: createHash('sha256').update(token).digest('base64url') }
}

/** Every visit of one site and day of booking shares a bucket, so that its links are written together. */
export function bucketOf(siteId: string, day: string): number {
  return createHash('sha256').update(`${siteId}|${day}`).digest().readUInt8(0) % LINK_BUCKETS
}
