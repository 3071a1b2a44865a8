import type { KeyRing } from '../keys/key-ring.ts'
import { sealSame, unseal } from '../keys/seal.ts'
import type { LaunchSession } from './session.ts'

type Launch = Pick<LaunchSession, 'launchId'>

/**
 * How a page names one of several appointments: by its visit, sealed. Opaque, of this launch alone, and the same while
 * the list changes. It leads back to the visit where the EHR cannot be asked which appointment it was.
 */
export function sealChoice(ring: KeyRing, { launchId }: Launch, visitKey: string): string {
  return sealSame(ring, `choice|${launchId}`, visitKey)
}

/** @returns the visit key; undefined for anything that was not made for this launch. */
export function openChoice(ring: KeyRing, { launchId }: Launch, choice: string): string | undefined {
  const opened = unseal(ring, `choice|${launchId}`, choice)
  return opened.ok ? opened.value : undefined
}
