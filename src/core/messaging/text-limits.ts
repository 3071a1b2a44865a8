import { perMinuteOf } from '../senders/sender.ts'
import type { Limit } from './pace.ts'

/** What a sender may send, by its kind, where the senders table does not say. Pure. */
export function textLimits(sender: string): readonly Limit[] {
  return [{ count: perMinuteOf(sender), seconds: 60 }]
}
