import { fail } from '../../result.ts'
import type { Channel } from '../channel.ts'
import { noticeText } from '../notice.ts'
import { type AddressedEmail, decideEmail } from './decide-email.ts'
import type { EmailPorts } from './deliver-email.ts'
import { keepEmailId } from './email-ids.ts'

/** Notices by e-mail: at any hour, since a mailbox does not ring, and at the pace of the vendor's few. */
export function emailChannel(ports: EmailPorts): Channel<AddressedEmail> {
  return {
    waits: () => false,
    off: ({ emails }) => (emails?.on ? undefined : 'emails_off'),
    quietUntil: () => undefined,
    decide: (input) => decideEmail(input, new URL(ports.linkUrl).host),
    unwanted: async () => [],
    async send(_site, { name, row, words }) {
      const operationId = ports.identity.repeatabilityId(name.tenantId, noticeText(name))
      await keepEmailId(ports, operationId, name, new Date(row.firstSentAt ?? row.changedAt))
      // The table may have been slow: what is asked for after the lease may arrive after the vendor forgot the first.
      if (ports.now() >= new Date(row.leaseUntil)) return fail('email_not_asked', { detail: 'lease over' })
      return ports.sendEmail({ ...words, operationId })
    },
    atOnce: 4,
    // "Email service limits": of the subscription, whatever the sender's address.
    pace: () => ({ sender: 'email', limits: ports.limits }),
  }
}
