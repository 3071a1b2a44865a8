import { z } from 'zod'
import type { Outbound } from '../../smart/types.ts'
import { readDocument } from './document.ts'

const set = z.object({ keys: z.array(z.looseObject({ kty: z.string() })) })

/** Whether signing keys load from an address: at least one by which a signature can be verified. */
export async function hasKeys(jwksUri: string, outbound: Outbound): Promise<boolean> {
  const document = await readDocument(jwksUri, outbound, 'application/jwk-set+json, application/json')
  if (document.kind !== 'json') return false
  const parsed = set.safeParse(document.body)
  return parsed.success && parsed.data.keys.some(({ kty }) => kty === 'RSA' || kty === 'EC')
}
