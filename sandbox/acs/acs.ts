import { createServer } from 'node:https'
import { closeServer } from '../close-server.ts'
import type { Acs, Certificate, Now, VerifyToken } from '../contracts.ts'
import { receive } from './carrier.ts'
import { Delivery } from './delivery.ts'
import { Email } from './email.ts'
import { EmailReports } from './email-reports.ts'
import { EventGrid } from './event-grid.ts'
import { type AcsSettings, defaultSettings } from './faults.ts'

export { REFUSALS } from './refusals.ts'

import { identifierSource } from './identifiers.ts'
import { listener } from './listener.ts'
import { NumberOrders } from './number-orders.ts'
import { PhoneNumbers } from './phone-numbers.ts'
import { Sms } from './sms.ts'
import { type AcsState, type EmailRecord, ownNumber, type ReplyRecord } from './state.ts'

/** The verified toll-free number that the resource begins with. */
export const SANDBOX_NUMBER = '+18335550100'
/** The e-mail domain linked to the resource, and an address in it. */
export const SANDBOX_EMAIL_DOMAIN = 'sandbox.azurecomm.net'
export const SANDBOX_EMAIL_SENDER = `DoNotReply@${SANDBOX_EMAIL_DOMAIN}`

const sandboxResourceId =
  '/subscriptions/00000000-0000-0000-0000-000000000000/resourceGroups/sandbox/providers/Microsoft.Communication/communicationServices/sandbox'

/** The contract, and what only this stand-in offers besides. */
export type AcsStandIn = Acs & {
  readonly faults: AcsSettings
  /** Every text that a patient sent, oldest first. */
  replies(): ReplyRecord[]
  emails(): EmailRecord[]
  /** What carriers do with a verification request: a new toll-free number sends nothing until then. */
  setVerified(phoneNumber: string, verified: boolean): void
}

export type AcsOptions = {
  /** 0 takes a free port. */
  readonly port: number
  readonly certificate: Certificate
  readonly now: Now
  readonly verify: VerifyToken
  /** Topic of the events. */
  readonly resourceId?: string
  /** Waits between delivery attempts of an event, in milliseconds. */
  readonly eventRetryMs?: readonly number[]
}

/**
 * Starts a Communication Services resource on https://localhost: SMS, phone numbers, e-mail, and its Event Grid topic.
 * Everything is held in memory.
 */
export async function startAcs(options: AcsOptions): Promise<AcsStandIn> {
  const { now } = options
  const state: AcsState = {
    now,
    settings: defaultSettings(),
    ledger: [],
    texts: [],
    replies: [],
    emails: [],
    numbers: [
      { phoneNumber: SANDBOX_NUMBER, kind: 'tollFree', verified: true, purchasedAt: now().toISOString() },
    ],
    purchases: [],
    blocked: new Set(),
    uuid: identifierSource(now),
  }
  const grid = new EventGrid({
    now,
    topic: options.resourceId ?? sandboxResourceId,
    uuid: state.uuid,
    retryDelaysMs: options.eventRetryMs ?? [500, 2000, 5000, 10_000, 30_000],
  })
  const delivery = new Delivery(state, grid)
  const orders = new NumberOrders(state)
  let endpoint = ''
  const services = {
    sms: new Sms(state, delivery),
    numbers: new PhoneNumbers(state, orders),
    email: new Email(state, new EmailReports(state, grid, delivery), SANDBOX_EMAIL_DOMAIN, () => endpoint),
  }
  const answer = listener(state, orders, services, options.verify)
  const { key, cert } = options.certificate
  const server = createServer({ key, cert }, (request, response) => void answer(request, response))
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(options.port, 'localhost', resolve)
  })
  const address = server.address()
  endpoint = `https://localhost:${typeof address === 'object' && address !== null ? address.port : options.port}`

  return {
    endpoint,
    faults: state.settings,
    ledger: state.ledger,
    texts: () => [...state.texts],
    replies: () => [...state.replies],
    emails: () => [...state.emails],
    numbers: () => {
      orders.settle()
      return state.numbers.map(({ phoneNumber, kind, verified }) => ({ phoneNumber, kind, verified }))
    },
    purchases: () => {
      orders.settle()
      return [...state.purchases]
    },
    setVerified: (phoneNumber, verified) => {
      orders.settle()
      const number = ownNumber(state, phoneNumber)
      if (number === undefined) throw new Error(`${phoneNumber} is no number of this resource.`)
      number.verified = verified
    },
    reply: (from, to, message) => receive(state, grid, from, to, message),
    flushReports: (order = 'inOrder') => delivery.flush(order),
    subscribe: (eventTypes, webhookUrl) => grid.subscribe(eventTypes, webhookUrl),
    close: async () => {
      await grid.close()
      await closeServer(server)
    },
  }
}
