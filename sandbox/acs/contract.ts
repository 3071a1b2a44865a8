import type { StandIn } from '../contracts.ts'

export type SmsRecord = {
  readonly messageId: string
  readonly from: string
  readonly to: string
  readonly message: string
  readonly tag: string | undefined
  readonly repeatabilityRequestId: string | undefined
  /** When it was accepted. */
  readonly at: string
  deliveryStatus: 'pending' | 'Delivered' | 'Failed'
}

export type EmailShown = {
  readonly id: string
  readonly to: string
  readonly subject: string
  readonly plainText: string
  readonly html: string
  readonly at: string
  readonly attachments: readonly { name: string; contentType: string; contentInBase64: string }[]
  /** `pending` or what the mailbox did with it, in the vendor's word. */
  readonly status: string
}

export type AcsFaults = {
  throttled: boolean
  unavailable: boolean
  slowMs: number
  /** Seconds that a repeatability id is remembered; 0 = never. */
  repeatabilitySeconds: number
  /** Delivery reports: sent twice, held back until `flushReports`, in reverse order. */
  doubleReports: boolean
  holdReports: boolean
  /** The connection breaks after the text was accepted: the sender never learns the outcome. */
  loseAnswers: boolean
  /** What is no longer as it was set up. */
  readonly flaws: Set<AcsFlaw>
}

/** The numbers are gone from the resource; the domain that e-mails come from is linked no more. */
export const ACS_FLAWS = ['numbers', 'email_domain'] as const
export type AcsFlaw = (typeof ACS_FLAWS)[number]

export type Acs = StandIn & {
  /** `https://localhost:{port}`; the app's ACS_ENDPOINT. */
  readonly endpoint: string
  readonly faults: AcsFaults
  /** Every text accepted, oldest first: the phone's view. */
  texts(): SmsRecord[]
  emails(): EmailShown[]
  /** Numbers of this Communication Services resource. */
  numbers(): { phoneNumber: string; kind: 'tollFree'; verified: boolean }[]
  /** Money spent on purchases. */
  purchases(): { searchId: string; phoneNumber: string; at: string }[]
  /** A patient's answer (STOP, HELP …), delivered as an SMSReceived event. */
  reply(from: string, to: string, message: string): Promise<void>
  flushReports(order?: 'inOrder' | 'reversed'): Promise<void>
  /** Where Event Grid posts: the host's webhook URLs by event type. */
  subscribe(eventTypes: readonly string[], webhookUrl: string): Promise<void>
}
