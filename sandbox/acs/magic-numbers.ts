/**
 * Recipients with a known fate, by the last seven digits: any `+1 NPA 555 4004` ends as "does not exist". Every other
 * number is delivered. 555-3400, 555-3404 and 555-3500 fail while sending; a delivery code after 555 is accepted and fails
 * in the delivery report under that code; 555-5002 is never reported.
 *
 * Codes and words: "Troubleshooting response codes for SMS".
 */
const atSending: Readonly<Record<string, { httpStatusCode: number; errorMessage: string }>> = {
  '5553400': { httpStatusCode: 400, errorMessage: 'Invalid To phone number format.' },
  '5553404': { httpStatusCode: 404, errorMessage: 'The To phone number cannot be reached from this number.' },
  '5553500': { httpStatusCode: 500, errorMessage: 'Internal server error.' },
}

export const deliveryCodes: Readonly<Record<string, string>> = {
  '4000': 'Message is rejected due to fraudulent activity.',
  '4001': 'Message is rejected due to invalid source or destination number format.',
  '4002': 'Message is rejected due to invalid source number.',
  '4003': 'Message failed to deliver due to an unsupported destination.',
  '4004': "Message failed to deliver due to a number that doesn't exist.",
  '4005': 'Message was blocked by the destination carrier.',
  '4006': "The destination number isn't reachable.",
  '4007': 'The destination number has opted out of receiving messages from you.',
  '4008': 'You have exceeded the maximum number of messages allowed for your profile.',
  '4010': 'Message failed to deliver due to the toll-free number not being verified.',
  '4020': 'Message was blocked for exceeding the daily volume of the destination carrier.',
  '5000': 'Message failed to deliver. Reach out to the support team.',
  '5001': 'Message failed to deliver due to a temporary system outage.',
  '9999': 'Message failed to deliver due to an unknown error.',
}

export type Fate =
  | { readonly kind: 'delivered' }
  | { readonly kind: 'refused'; readonly httpStatusCode: number; readonly errorMessage: string }
  | { readonly kind: 'failed'; readonly code: string }
  /** 5002: no report ever comes; the text may or may not have arrived. */
  | { readonly kind: 'unreported' }

/** The fate that the digits of a recipient ask for. */
export function fateOf(to: string): Fate {
  const refused = atSending[to.slice(-7)]
  if (refused !== undefined) return { kind: 'refused', ...refused }
  if (to.endsWith('5555002')) return { kind: 'unreported' }
  const code = to.slice(-4)
  if (to.slice(-7, -4) === '555' && deliveryCodes[code] !== undefined) return { kind: 'failed', code }
  return { kind: 'delivered' }
}
