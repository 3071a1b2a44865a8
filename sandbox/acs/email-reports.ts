import type { Delivery } from './delivery.ts'
import type { EventGrid } from './event-grid.ts'
import type { AcsState, EmailRecord, EmailStatus } from './state.ts'

/**
 * Mailboxes with a known fate, by what follows a plus in their address: `ana+bounced@example.com`. Every other one takes
 * what comes. Words: "Azure Communication Services - Email events".
 */
const fates: Readonly<Record<string, EmailStatus>> = {
  bounced: 'Bounced',
  quarantined: 'Quarantined',
  spam: 'FilteredSpam',
  failed: 'Failed',
}

const explained: Readonly<Partial<Record<EmailStatus, string>>> = {
  Bounced: '550 5.1.1 The mailbox does not exist.',
  Suppressed: 'The recipient is suppressed after an earlier hard bounce.',
  Quarantined: 'The message was quarantined.',
  FilteredSpam: 'The message was identified as spam.',
  Failed: 'The message could not be delivered.',
}

/** What mail servers did with an e-mail, reported as an event. An address that bounced once is suppressed from then on. */
export class EmailReports {
  readonly #state: AcsState
  readonly #grid: EventGrid
  readonly #delivery: Delivery
  readonly #bounced = new Set<string>()

  constructor(state: AcsState, grid: EventGrid, delivery: Delivery) {
    this.#state = state
    this.#grid = grid
    this.#delivery = delivery
  }

  settle(email: EmailRecord): void {
    email.status = this.#fate(email.to.toLowerCase())
    this.#delivery.publish(this.#report(email))
  }

  #fate(address: string): EmailStatus {
    if (this.#bounced.has(address)) return 'Suppressed'
    const word = /\+(\w+)@/.exec(address)?.[1] ?? ''
    const fate = fates[word] ?? 'Delivered'
    if (fate === 'Bounced') this.#bounced.add(address)
    return fate
  }

  #report({ id, from, to, status }: EmailRecord) {
    return this.#grid.event(
      'Microsoft.Communication.EmailDeliveryReportReceived',
      this.#state.uuid(),
      `sender/${from}/message/${id}`,
      {
        sender: from,
        recipient: to,
        messageId: id,
        status,
        deliveryStatusDetails: { statusMessage: explained[status] ?? '' },
        deliveryAttemptTimeStamp: this.#state.now().toISOString(),
      },
    )
  }
}
