import { createHmac } from 'node:crypto'
import type { KeyRing } from '../../keys/key-ring.ts'
import { sealSame, unseal } from '../../keys/seal.ts'
import type { VisitRef } from '../../visits/visit.ts'

/** The visit in the webhook's address: opaque to Graph, made by nobody else, and the same for every renewal. */
export function rosterPointer(ring: KeyRing, { tenantId, siteId, visitKey }: VisitRef): string {
  return sealSame(ring, 'roster-pointer', [tenantId, siteId, visitKey].join('|'))
}

export function openRosterPointer(ring: KeyRing, pointer: string): VisitRef | undefined {
  const opened = unseal(ring, 'roster-pointer', pointer)
  if (!opened.ok) return undefined
  const [tenantId = '', siteId = '', visitKey = ''] = opened.value.split('|')
  return { tenantId, siteId, visitKey }
}

/** What Graph repeats in every notification of a visit's subscription; 43 characters of the 128 that it takes. */
export function rosterClientState(ring: KeyRing, pointer: string): string {
  return createHmac('sha256', ring.current.secret)
    .update(`roster-client-state|${pointer}`)
    .digest('base64url')
}
