import { createHash } from 'node:crypto'
import type { KeyRing } from '../keys/key-ring.ts'
import { sealSame, unseal } from '../keys/seal.ts'

/** The run that a test text belongs to. */
export type RunName = { readonly tenantId: string; readonly siteId: string; readonly runId: string }

const textOf = ({ tenantId, siteId, runId }: RunName) => [tenantId, siteId, runId].join('|')

/** What the vendor repeats in the delivery report: opaque to it, made by nobody else, the same at every try. */
export function doctorTag(ring: KeyRing, name: RunName): string {
  return sealSame(ring, 'doctor-text', textOf(name))
}

export function openDoctorTag(ring: KeyRing, tag: string): RunName | undefined {
  const opened = unseal(ring, 'doctor-text', tag)
  if (!opened.ok) return undefined
  const [tenantId = '', siteId = '', runId = ''] = opened.value.split('|')
  return { tenantId, siteId, runId }
}

/** The vendor's repeatability id, a UUID: a message that is delivered twice sends one text. */
export function repeatabilityId(name: RunName): string {
  const hex = createHash('sha256')
    .update(`doctor-text|${textOf(name)}`)
    .digest('hex')
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20, 32)}`
}
