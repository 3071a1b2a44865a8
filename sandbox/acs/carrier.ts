import { eventNumber } from './delivery.ts'
import type { EventGrid } from './event-grid.ts'
import { messageId } from './identifiers.ts'
import { type AcsState, ownNumber } from './state.ts'

/**
 * What the toll-free network itself answers. STOP and START never wait for us ("SMS FAQ", opt-out handling): the
 * network blocks or unblocks the pair of numbers and writes to the phone. HELP, and every other word, is the sender's.
 */
const networkAnswers: Readonly<Record<string, { blocks: boolean; text: string }>> = {
  STOP: {
    blocks: true,
    text: 'NETWORK MSG: You replied with the word "stop" which blocks all texts sent from this number. Text back "unstop" to receive messages again.',
  },
  START: {
    blocks: false,
    text: 'NETWORK MSG: You have replied "unstop" and will begin receiving messages again from this number.',
  },
}

/** The pair that STOP blocks. */
export function pairOf(from: string, to: string): string {
  return `${from}>${to}`
}

/**
 * A text from a patient to one of our numbers: the network acts on its own words, then SMSReceived is published.
 *
 * @throws when `to` is no number of this resource: such a text would reach somebody else
 */
export async function receive(
  state: AcsState,
  grid: EventGrid,
  from: string,
  to: string,
  message: string,
): Promise<void> {
  if (ownNumber(state, to) === undefined) throw new Error('The text was sent to a number of nobody here.')
  const at = state.now()
  const reply = {
    messageId: messageId('Incoming', at, state.uuid()),
    from,
    to,
    message,
    at: at.toISOString(),
  }
  state.replies.push(reply)
  const word = message.trim().toUpperCase()
  const answer = networkAnswers[word === 'UNSTOP' ? 'START' : word]
  if (answer !== undefined) {
    if (answer.blocks) state.blocked.add(pairOf(to, from))
    else state.blocked.delete(pairOf(to, from))
    state.texts.push({
      messageId: `network_${state.uuid()}`,
      from: to,
      to: from,
      message: answer.text,
      tag: undefined,
      repeatabilityRequestId: undefined,
      at: reply.at,
      deliveryStatus: 'Delivered',
    })
  }
  const sender = eventNumber(state, from)
  await grid.publish(
    grid.event(
      'Microsoft.Communication.SMSReceived',
      reply.messageId,
      `/phonenumber/${eventNumber(state, to)}`,
      {
        messageId: reply.messageId,
        from: sender,
        to: eventNumber(state, to),
        message,
        receivedTimestamp: reply.at,
      },
    ),
  )
}
