import type { NoticeState } from '../store/rows.ts'

/** What became of a message, in the words that messaging reports usually have. */
export const messageOutcomes = [
  'on_the_way',
  'sent',
  'delivered',
  'opted_out',
  'invalid_number',
  'number_does_not_exist',
  'blocked_number',
  'unreachable',
  'spam',
  'recipient_blocked',
  'other_error',
  'not_known',
  'not_sent',
] as const
export type MessageOutcome = (typeof messageOutcomes)[number]

/** Azure Communication Services, "Troubleshooting: SMS error codes". */
const CARRIER: Readonly<Record<string, MessageOutcome>> = {
  carrier_4000: 'spam',
  carrier_4001: 'invalid_number',
  carrier_4002: 'invalid_number',
  carrier_4003: 'invalid_number',
  carrier_4004: 'number_does_not_exist',
  carrier_4005: 'blocked_number',
  carrier_4006: 'unreachable',
  carrier_4007: 'opted_out',
  carrier_4008: 'spam',
  carrier_4020: 'spam',
  opted_out: 'opted_out',
  phone_invalid: 'invalid_number',
  landline: 'unreachable',
  email_refused: 'invalid_number',
  sms_recipient_refused: 'recipient_blocked',
}

/** @param reason why it was skipped, expired or not delivered: a code of ours or `carrier_` with the vendor's. */
export function messageOutcome(state: NoticeState | string, reason: string | undefined): MessageOutcome {
  const known = reason === undefined ? undefined : CARRIER[reason]
  switch (state) {
    case 'delivered':
    case 'sent':
      return state
    case 'undelivered':
      return known ?? 'other_error'
    case 'unknown':
      return 'not_known'
    case 'skipped':
      return reason === 'opted_out' ? 'opted_out' : 'not_sent'
    case 'expired':
      return 'not_sent'
    default:
      return 'on_the_way'
  }
}
