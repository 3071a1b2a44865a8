const OTHER_NUMBER = 'Open the visit and send the link to a mobile number or an e-mail address.'
const OTHER_ADDRESS = 'Open the visit and send the link by text, or to another address.'

/** Reason of a notice that reached nobody -> what a clinician can do about it now. */
const ADVICE: Readonly<Record<string, string>> = {
  phone_missing: OTHER_NUMBER,
  phone_invalid: OTHER_NUMBER,
  phone_country: OTHER_NUMBER,
  sms_recipient_refused: OTHER_NUMBER,
  carrier_4001: OTHER_NUMBER,
  carrier_4002: OTHER_NUMBER,
  carrier_4003: OTHER_NUMBER,
  carrier_4004: OTHER_NUMBER,
  opted_out: 'Call, or open the visit and send the link by e-mail.',
  carrier_4007: 'Call, or open the visit and send the link by e-mail.',
  guardian_missing: 'Open the visit and send the link to the parent or guardian.',
  email_bounced: OTHER_ADDRESS,
  email_suppressed: OTHER_ADDRESS,
  email_refused: OTHER_ADDRESS,
  email_quarantined: OTHER_ADDRESS,
  email_filtered: OTHER_ADDRESS,
  email_failed: OTHER_ADDRESS,
}

/** What to do about a notice that did not surely reach the patient. */
export function noticeAdvice(kind: string, state: string, reason: string | undefined): string {
  if (kind.startsWith('late.')) return 'Call, if they should know of it: only their page says it.'
  const known = reason === undefined ? undefined : ADVICE[reason]
  if (known) return known
  return state === 'unknown'
    ? 'If the patient does not come, call, or open the visit and send the link again.'
    : 'Call, or open the visit and send the link again.'
}
