import { z } from 'zod'
import type { KeyRing } from '../keys/key-ring.ts'
import { seal, unseal } from '../keys/seal.ts'
import { fail, ok, type Result } from '../result.ts'
import { emailReport } from './email/email-events.ts'
import { smsEvent } from './sms-events.ts'

const event = z.union([smsEvent, emailReport])
export type VendorEvent = z.infer<typeof event>

/** Seals an event before it is queued: it holds a phone number and words of a patient. */
export function sealEvent(ring: KeyRing, received: unknown): Result<string, 'event_invalid'> {
  const parsed = event.safeParse(received)
  if (!parsed.success)
    return fail('event_invalid', { detail: parsed.error.issues.map((i) => i.path.join('.')).join(', ') })
  return ok(seal(ring, 'receipts', JSON.stringify(parsed.data)))
}

export function openEvent(ring: KeyRing, sealed: string): Result<VendorEvent, 'event_invalid'> {
  const opened = unseal(ring, 'receipts', sealed)
  return opened.ok
    ? ok(event.parse(JSON.parse(opened.value)))
    : fail('event_invalid', { detail: 'does not open' })
}
