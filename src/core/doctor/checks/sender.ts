import { isOneWay } from '../../senders/sender.ts'
import { isReady } from '../../senders/verification.ts'
import type { Check } from '../check.ts'
import { failed, pass, skip, warn } from '../line.ts'

/** Whether what texts come from is still one of this deployment's Communication Services resource. */
export const sender: Check = {
  id: 'sender',
  after: [],
  async run({ site, ports }) {
    const { sender: from } = site.texts
    if (from === undefined) {
      return site.texts.on
        ? failed(
            'sms_sender_missing',
            'Texts are on, but no sender is linked to this site.',
            'Link a number under “SMS notifications”.',
          )
        : skip('No sender is linked to this site, and texts are off.')
    }
    if (isOneWay(from)) return pass('Texts come from a name; whether it is registered shows in a test text.')
    const numbers = await ports.phoneNumbers()
    const found = await numbers.find(from)
    if (!found.ok) {
      return failed(
        found.failure.code,
        'Communication Services did not say whether the number is there.',
        'Run the doctor again. If it stays so, whoever runs this service can check the rights of its identity.',
      )
    }
    if (found.value === undefined) {
      return failed(
        'sms_sender_gone',
        'The number that texts come from is no longer one of this service.',
        'Link another number under “SMS notifications”. No text leaves this site until then.',
      )
    }
    if (!found.value.texts) {
      return failed(
        'sms_sender_silent',
        'The number that texts come from cannot send texts.',
        'Link a number with SMS under “SMS notifications”.',
      )
    }
    const known = await ports.senders.read(site.tenantId, from)
    if (known === undefined || isReady(known.value)) return pass('The number is there and can send texts.')
    // "Toll-free verification": no API tells whether carriers have verified a number; a text that arrives does.
    return warn(
      'sms_sender_unverified',
      'The number is there. As far as is known here, carriers have not verified it yet.',
      'Say under “SMS notifications” how far the verification is. A test text shows what carriers think of it.',
    )
  },
}
