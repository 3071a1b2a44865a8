import type { KeyRing } from '../keys/key-ring.ts'
import { seal, unseal } from '../keys/seal.ts'

/** The administrator's own number (E.164), sealed for one run: it stands in the run's message and nowhere else. */
export function sealPhone(fieldKeys: KeyRing, runId: string, phone: string): string {
  return seal(fieldKeys, context(runId), phone)
}

/** @returns undefined where none was given, or where it belongs to another run. */
export function openPhone(fieldKeys: KeyRing, runId: string, sealed: string | undefined): string | undefined {
  const opened = sealed === undefined ? undefined : unseal(fieldKeys, context(runId), sealed)
  return opened?.ok ? opened.value : undefined
}

function context(runId: string): string {
  return `doctor-phone|${runId}`
}
