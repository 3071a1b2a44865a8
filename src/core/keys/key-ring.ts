import { createHash, createSecretKey, type KeyObject } from 'node:crypto'

/** A key and the one before it. What was made with the previous key still opens; new things use the current one. */
export type KeyRing = { readonly current: NamedKey; readonly previous: NamedKey | undefined }
export type NamedKey = { readonly id: string; readonly secret: KeyObject }

/** The id is taken from the key itself, so that rotating needs no second setting that could disagree. */
export function keyRing(current: Uint8Array, previous?: Uint8Array): KeyRing {
  return { current: named(current), previous: previous && named(previous) }
}

export function keyById(ring: KeyRing, id: string): NamedKey | undefined {
  if (ring.current.id === id) return ring.current
  return ring.previous?.id === id ? ring.previous : undefined
}

function named(bytes: Uint8Array): NamedKey {
  return {
    id: createHash('sha256').update('key-id').update(bytes).digest('base64url').slice(0, 8),
    secret: createSecretKey(bytes),
  }
}
