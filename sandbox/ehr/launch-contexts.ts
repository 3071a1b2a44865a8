import { randomUUID } from 'node:crypto'
import type { Now } from '../contracts.ts'

/** Who opens the application: a clinician from a chart, or a patient from the patient portal. */
export type Persona = 'provider' | 'patient'

/** What the EHR knows when somebody opens the application. */
export type LaunchContext = {
  readonly persona: Persona
  /** Empty where a patient opens it. */
  readonly practitionerId: string
  readonly username: string
  readonly patientId: string | undefined
  readonly encounterId: string | undefined
  /** Only an Epic-like launch names the appointment. */
  readonly appointmentId: string | undefined
}

export type LaunchContexts = {
  /** Makes a live launch context and returns its opaque handle. */
  open(context: LaunchContext): string
  /** The context behind a handle, while it lives. */
  find(handle: string | undefined): LaunchContext | undefined
  /** Remembers what a grant was made for, so that the token endpoint can put it into its answer. */
  bind(grantId: string, context: LaunchContext): void
  ofGrant(grantId: string | undefined): LaunchContext | undefined
}

/**
 * A handle lives ten minutes and may be used again inside them: vendors publish no rule, and a clinician who presses
 * "Try again" comes with the same handle.
 */
const LIFETIME_MS = 10 * 60_000

export function createLaunchContexts(now: Now): LaunchContexts {
  const open = new Map<string, { context: LaunchContext; expiresAt: number }>()
  const grants = new Map<string, LaunchContext>()
  return {
    open(context) {
      const handle = randomUUID()
      open.set(handle, { context, expiresAt: now().getTime() + LIFETIME_MS })
      return handle
    },
    find(handle) {
      const entry = handle === undefined ? undefined : open.get(handle)
      return entry && entry.expiresAt > now().getTime() ? entry.context : undefined
    },
    bind: (grantId, context) => void grants.set(grantId, context),
    ofGrant: (grantId) => (grantId === undefined ? undefined : grants.get(grantId)),
  }
}
