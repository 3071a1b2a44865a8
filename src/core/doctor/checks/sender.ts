import type { Check } from '../check.ts'
import { failed, pass, skip } from '../line.ts'

/** Whether the number that texts come from is still one of this deployment's Communication Services resource. */
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
    if (!from.startsWith('+'))
      return pass('Texts come from a name; whether it is registered shows in a test text.')
    const found = await ports.findNumber(from)
    if (!found.ok) {
      return failed(
        'sms_sender_unknown',
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
    if (!isTollFree(from)) return pass('The number is there and can send texts.')
    // "Toll-free verification": no API tells whether carriers have verified a number; a text that arrives does.
    return pass(
      'The number is there and can send texts. Whether carriers have verified it shows in the test text.',
    )
  },
}

/** +1 and 800, 833, 844, 855, 866, 877 or 888. */
function isTollFree(number: string): boolean {
  return /^\+18(00|33|44|55|66|77|88)\d{7}$/.test(number)
}
