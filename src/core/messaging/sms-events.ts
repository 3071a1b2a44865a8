import { z } from 'zod'
import type { KeyRing } from '../keys/key-ring.ts'
import { seal, unseal } from '../keys/seal.ts'
import { fail, ok, type Result } from '../result.ts'

const withPlus = z.string().transform((number) => (number.startsWith('+') ? number : `+${number}`))

/** Azure Communication Services as an Event Grid source: the two events about texts. Spellings of the tag differ. */
const event = z.discriminatedUnion('eventType', [
  z.object({
    eventType: z.literal('Microsoft.Communication.SMSDeliveryReportReceived'),
    data: z.object({
      deliveryStatus: z.string(),
      deliveryStatusDetails: z.string().nullish(),
      tag: z.string().nullish(),
      Tag: z.string().nullish(),
    }),
  }),
  z.object({
    eventType: z.literal('Microsoft.Communication.SMSReceived'),
    data: z.object({
      from: withPlus,
      to: withPlus,
      message: z.string(),
      receivedTimestamp: z.string().nullish(),
    }),
  }),
])
export type SmsEvent = z.infer<typeof event>
export type SmsReport = Extract<SmsEvent, { data: { deliveryStatus: string } }>['data']
export type SmsReply = Extract<SmsEvent, { data: { message: string } }>['data']

/** Seals an event before it is queued: it holds a phone number and words of a patient. */
export function sealEvent(ring: KeyRing, received: unknown): Result<string, 'event_invalid'> {
  const parsed = event.safeParse(received)
  if (!parsed.success)
    return fail('event_invalid', { detail: parsed.error.issues.map((i) => i.path.join('.')).join(', ') })
  return ok(seal(ring, 'receipts', JSON.stringify(parsed.data)))
}

export function openEvent(ring: KeyRing, sealed: string): Result<SmsEvent, 'event_invalid'> {
  const opened = unseal(ring, 'receipts', sealed)
  return opened.ok
    ? ok(event.parse(JSON.parse(opened.value)))
    : fail('event_invalid', { detail: 'does not open' })
}
