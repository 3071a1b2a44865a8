import type { SmsRecord } from '../contracts.ts'
import type { EventGrid, GridEvent } from './event-grid.ts'
import { deliveryCodes, type Fate } from './magic-numbers.ts'
import type { AcsState } from './state.ts'

/** Event numbers, with or without their plus. */
export function eventNumber(state: AcsState, phoneNumber: string): string {
  return state.settings.numbersWithoutPlus ? phoneNumber.replace('+', '') : phoneNumber
}

/** Delivery reports: made when the carrier decides, published at once or held until asked for. */
export class Delivery {
  readonly #state: AcsState
  readonly #grid: EventGrid
  #held: GridEvent[] = []

  constructor(state: AcsState, grid: EventGrid) {
    this.#state = state
    this.#grid = grid
  }

  /** The carrier's word on an accepted text; an event only where the sender asked for delivery reports. */
  settle(text: SmsRecord, fate: Fate, reportWanted: boolean): void {
    if (fate.kind === 'unreported' || fate.kind === 'refused') return
    text.deliveryStatus = fate.kind === 'delivered' ? 'Delivered' : 'Failed'
    if (!reportWanted) return
    this.publish(this.#report(text, fate))
  }

  /** Once or twice, now or when it is asked for, as the settings want it. */
  publish(event: GridEvent): void {
    const copies = this.#state.settings.doubleReports ? [event, event] : [event]
    if (this.#state.settings.holdReports) this.#held.push(...copies)
    else for (const copy of copies) void this.#grid.publish(copy)
  }

  /** Publishes what was held, one after the other. */
  async flush(order: 'inOrder' | 'reversed'): Promise<void> {
    const events = order === 'reversed' ? this.#held.reverse() : this.#held
    this.#held = []
    for (const event of events) await this.#grid.publish(event)
  }

  /** Shape: "Azure Communication Services - SMS events", SMSDeliveryReportReceived. */
  #report(text: SmsRecord, fate: Fate): GridEvent {
    const at = this.#state.now().toISOString()
    const failed = fate.kind === 'failed'
    const explained = failed ? (deliveryCodes[fate.code] ?? '') : 'No error.'
    const coded = failed && this.#state.settings.reportDetails === 'codeAndText'
    const to = eventNumber(this.#state, text.to)
    return this.#grid.event(
      'Microsoft.Communication.SMSDeliveryReportReceived',
      text.messageId,
      `/phonenumber/${eventNumber(this.#state, text.from)}`,
      {
        messageId: text.messageId,
        from: eventNumber(this.#state, text.from),
        to,
        deliveryStatus: text.deliveryStatus,
        deliveryStatusDetails: coded ? `${fate.code}: ${explained}` : explained,
        receivedTimestamp: at,
        deliveryAttempts: [
          { timestamp: at, segmentsSucceeded: failed ? 0 : 1, segmentsFailed: failed ? 1 : 0 },
        ],
        ...(text.tag === undefined ? {} : { [this.#state.settings.tagSpelling]: text.tag }),
      },
    )
  }
}
