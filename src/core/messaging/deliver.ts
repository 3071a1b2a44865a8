import type { IdentityKeys } from '../keys/identity.ts'
import type { KeyRing } from '../keys/key-ring.ts'
import type { Message } from '../store/messages.ts'
import type { Caps } from './caps.ts'
import { type DeliverByPorts, type Delivery, deliverBy } from './deliver-by.ts'
import type { NumberBook } from './numbers.ts'
import type { Limit } from './pace.ts'
import type { SendText } from './sms.ts'
import { textChannel } from './text-channel.ts'

export type { Delivery } from './deliver-by.ts'

export type DeliverPorts = DeliverByPorts & {
  readonly identity: IdentityKeys
  readonly noticeKeys: KeyRing
  readonly sendText: SendText
  readonly numbers: NumberBook
  readonly caps: Caps
  /** What a sender may send, where it is known; else its kind tells. */
  readonly limits?: (sender: string) => readonly Limit[] | undefined
}

/** One message of notices by text. */
export function deliverNotices(ports: DeliverPorts, message: Message<'confirmations'>): Promise<Delivery> {
  return deliverBy(textChannel(ports), ports, message)
}
