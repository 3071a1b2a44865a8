import type { IdentityKeys } from '../../keys/identity.ts'
import type { KeyRing } from '../../keys/key-ring.ts'
import type { Message } from '../../store/messages.ts'
import { type DeliverByPorts, type Delivery, deliverBy } from '../deliver-by.ts'
import type { Limit } from '../pace.ts'
import { emailChannel } from './email-channel.ts'
import type { SendEmail } from './send-email.ts'

export type EmailPorts = DeliverByPorts & {
  readonly identity: IdentityKeys
  readonly noticeKeys: KeyRing
  readonly sendEmail: SendEmail
  /** The vendor's limits for all e-mail of the deployment. */
  readonly limits: readonly Limit[]
}

/** One message of notices by e-mail, on the same rows and by the same rules as texts. */
export function deliverEmails(ports: EmailPorts, message: Message<'confirmations'>): Promise<Delivery> {
  return deliverBy(emailChannel(ports), ports, message)
}
