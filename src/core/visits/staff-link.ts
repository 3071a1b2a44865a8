import type { KeyRing } from '../keys/key-ring.ts'
import { sealSame, unseal } from '../keys/seal.ts'
import type { VisitRef } from './visit.ts'

/**
 * The visit in the address that stands in the EHR's provider link: leads to the meeting, as its join URL does, and is short
 * enough for the field. Opaque, made by nobody else, the same at every write.
 */
export function staffPointer(ring: KeyRing, { tenantId, siteId, visitKey }: VisitRef): string {
  return sealSame(ring, 'staff-link', [tenantId, siteId, visitKey].join('|'))
}

export function openStaffPointer(ring: KeyRing, pointer: string): VisitRef | undefined {
  const opened = unseal(ring, 'staff-link', pointer)
  if (!opened.ok) return undefined
  const [tenantId = '', siteId = '', visitKey = ''] = opened.value.split('|')
  return { tenantId, siteId, visitKey }
}
