import { identityKeys } from '../src/core/keys/identity.ts'
import { keyRing } from '../src/core/keys/key-ring.ts'
import { visitSeals } from '../src/core/visits/visit.ts'

/** Made once: deriving keys in every run would cost more than the run. */
const key = (byte: number) => new Uint8Array(32).fill(byte)
export const fieldKeys = keyRing(key(4))
export const linkKeys = keyRing(key(5))
export const identity = identityKeys(key(6))
export const seals = visitSeals(fieldKeys)
