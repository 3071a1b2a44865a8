import type { Parts } from './view.ts'

export type Bubble = {
  readonly key: string
  readonly side: 'clinic' | 'patient'
  readonly text: string
  readonly at: string
  readonly state: 'pending' | 'Delivered' | 'Failed' | undefined
}

/** One patient number with all its texts, oldest first. */
export type Conversation = {
  readonly phone: string
  /** As the EHR spells it; undefined for a number that no chart has. */
  readonly patientName: string | undefined
  /** The clinic's number of the latest text: where an answer goes. */
  readonly clinicNumber: string
  readonly bubbles: readonly Bubble[]
}

/** Every patient number that has texts, the latest conversation first. */
export function conversations(parts: Parts): Conversation[] {
  const entries = [
    ...parts.acs.texts().map((text) => ({
      phone: text.to,
      clinicNumber: text.from,
      bubble: {
        key: text.messageId,
        side: 'clinic' as const,
        text: text.message,
        at: text.at,
        state: text.deliveryStatus,
      },
    })),
    ...(parts.acs.replies?.() ?? []).map((reply) => ({
      phone: reply.from,
      clinicNumber: reply.to,
      bubble: {
        key: reply.messageId,
        side: 'patient' as const,
        text: reply.message,
        at: reply.at,
        state: undefined,
      },
    })),
  ]
  // A network answer carries the time of the STOP that it answers: the patient's word comes first.
  const order = (side: Bubble['side']) => (side === 'patient' ? 0 : 1)
  entries.sort(
    (a, b) => a.bubble.at.localeCompare(b.bubble.at) || order(a.bubble.side) - order(b.bubble.side),
  )
  const names = new Map(parts.ehr.patients().map(({ phone, name }) => [lastDigits(phone ?? ''), name]))
  const byPhone = Map.groupBy(entries, (entry) => entry.phone)
  return [...byPhone]
    .map(([phone, list]) => ({
      phone,
      patientName: names.get(lastDigits(phone)),
      clinicNumber: list.at(-1)?.clinicNumber ?? '',
      bubbles: list.map((entry) => entry.bubble),
    }))
    .sort((a, b) => (b.bubbles.at(-1)?.at ?? '').localeCompare(a.bubbles.at(-1)?.at ?? ''))
}

/** Charts hold numbers in many shapes; ten digits tell North American ones apart. */
function lastDigits(phone: string): string {
  return phone.replace(/\D/g, '').slice(-10)
}

/** `+1 (206) 555-0101` for a North American number, anything else unchanged. */
export function shownNumber(phone: string): string {
  const match = /^\+1(\d{3})(\d{3})(\d{4})$/.exec(phone)
  return match === null ? phone : `+1 (${match[1]}) ${match[2]}-${match[3]}`
}
