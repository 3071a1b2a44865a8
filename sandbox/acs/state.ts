import type { LedgerEntry, Now, SmsRecord } from '../contracts.ts'
import type { AcsSettings } from './faults.ts'

export type ResourceNumber = {
  readonly phoneNumber: string
  readonly kind: 'tollFree'
  verified: boolean
  readonly purchasedAt: string
}

/** "Azure Communication Services - Email events": values of `status`. */
export type EmailStatus =
  | 'pending'
  | 'Delivered'
  | 'Suppressed'
  | 'Bounced'
  | 'Quarantined'
  | 'FilteredSpam'
  | 'Failed'

export type EmailRecord = {
  readonly id: string
  readonly from: string
  readonly to: string
  readonly subject: string
  readonly plainText: string
  readonly html: string
  readonly at: string
  readonly attachments: readonly { name: string; contentType: string; contentInBase64: string }[]
  status: EmailStatus
}

/** A text that a patient sent. */
export type ReplyRecord = {
  readonly messageId: string
  readonly from: string
  readonly to: string
  readonly message: string
  readonly at: string
}

/** What the routes share. Held in memory: the stand-in forgets everything when it stops. */
export type AcsState = {
  readonly now: Now
  readonly settings: AcsSettings
  readonly ledger: LedgerEntry[]
  readonly texts: SmsRecord[]
  readonly replies: ReplyRecord[]
  readonly emails: EmailRecord[]
  readonly numbers: ResourceNumber[]
  readonly purchases: { readonly searchId: string; readonly phoneNumber: string; readonly at: string }[]
  /** Pairs `from>to` that the carrier blocks after STOP. */
  readonly blocked: Set<string>
  readonly uuid: () => string
}

export function ownNumber(state: AcsState, phoneNumber: string): ResourceNumber | undefined {
  return state.numbers.find((number) => number.phoneNumber === phoneNumber)
}
