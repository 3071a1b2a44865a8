import type { NoticeState } from '../store/rows.ts'

/**
 * What may follow each state. States only move forward, with one exception: a send that the vendor surely did not take
 * is free again. A report may overtake the record of its send, and may come after nobody expected one any more.
 */
const NEXT: Readonly<Record<NoticeState, readonly NoticeState[]>> = {
  claimed: ['sending', 'unknown', 'skipped', 'expired', 'undelivered', 'delivered'],
  sending: ['claimed', 'sent', 'unknown', 'undelivered', 'delivered'],
  sent: ['unknown', 'undelivered', 'delivered'],
  unknown: ['undelivered', 'delivered'],
  undelivered: ['delivered'],
  skipped: [],
  expired: [],
  delivered: [],
}

/** Whether a row in state `from` may become one in state `to`. */
export function mayBecome(from: NoticeState, to: NoticeState): boolean {
  return NEXT[from].includes(to)
}
