import type { Check } from '../check.ts'
import { failed, type Outcome, skip } from '../line.ts'
import { doctorTag, repeatabilityId } from '../test-text-tag.ts'

const WORDS = 'Test of the connection of video visits with your EHR. Nothing needs to be done.'

/**
 * One text to the administrator's own phone. It is taken now; that it arrived is told by the carrier's report, which
 * ends the line (receipt.ts). The number is in the sealed message of the run alone.
 */
export const testText: Check = {
  id: 'test_text',
  after: ['sender'],
  async run({ site, ports, runId, startedAt, phone }) {
    const { sender: from } = site.texts
    if (from === undefined) return skip('No sender is linked to this site.')
    if (phone === undefined) return skip('No phone number was given for a test text.', 'no_phone')
    const name = { tenantId: site.tenantId, siteId: site.siteId, runId }
    const send = await ports.sendText()
    const sent = await send({
      from,
      to: phone,
      body: WORDS,
      repeatabilityId: repeatabilityId(name),
      firstSentAt: startedAt,
      tag: doctorTag(ports.keys.field, name),
    })
    if (sent.ok) return ON_ITS_WAY
    const { code } = sent.failure
    // It may be out: then its report comes all the same.
    if (code === 'sms_outcome_unknown') return ON_ITS_WAY
    if (code === 'sms_recipient_refused') {
      return failed(
        code,
        'The phone number was refused.',
        'Look at the number that you typed, and run the doctor again.',
      )
    }
    if (code === 'sms_request_refused') {
      return failed(
        code,
        'Communication Services refused to send from this sender.',
        'Link another sender under “SMS notifications”, or tell whoever runs this service.',
      )
    }
    return failed(
      code,
      'Communication Services did not take the text just now.',
      'Run the doctor again in some minutes. If it stays so, tell whoever runs this service.',
    )
  },
}

const ON_ITS_WAY: Outcome = {
  state: 'running',
  what: 'The text was taken. Waiting for the carrier to say that it arrived.',
}
