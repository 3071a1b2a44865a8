import { createHash } from 'node:crypto'
import type { Now } from '../contracts.ts'

/** UUIDs that repeat in a repeated run: drawn from the clock and a counter, never from chance. */
export function identifierSource(now: Now): () => string {
  let drawn = 0
  return () => {
    drawn += 1
    const hex = createHash('sha256').update(`${now().toISOString()}:${drawn}`).digest('hex')
    return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-a${hex.slice(17, 20)}-${hex.slice(20, 32)}`
  }
}

/** Message ids look like `Outgoing_20200918002213` followed by a UUID ("Azure Communication Services - SMS events"). */
export function messageId(direction: 'Outgoing' | 'Incoming', at: Date, uuid: string): string {
  return `${direction}_${at.toISOString().replace(/\D/g, '').slice(0, 14)}${uuid}`
}
