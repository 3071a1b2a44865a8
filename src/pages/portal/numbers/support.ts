export type SupportFacts = {
  readonly kind: 'searches' | 'purchases' | 'billing'
  /** Host of the Communication Services resource. */
  readonly resource: string
  readonly at: string
  readonly code: string
}

const ASKED = {
  searches: 'Please raise the limit of phone number searches of this resource to 20 a week.',
  purchases: 'Please raise the number of toll-free phone numbers that this subscription may have to 5.',
  billing: 'Please tell us why this phone number order failed, and that nothing is charged for it.',
}

/** The text of a request to Azure support, ready to paste. */
export function supportText({ kind, resource, at, code }: SupportFacts): string {
  return [
    'Issue type: Service and subscription limits (quotas)',
    'Service: Communication Services, phone numbers',
    `Resource: ${resource}`,
    `When: ${at}`,
    `Answer: ${code}`,
    '',
    ASKED[kind],
    'Number type: toll-free, United States. Capabilities: SMS inbound and outbound, no calling.',
    'Use: a health care organization texts its patients about their own video appointments (confirmations and reminders). Patients agreed to it; STOP is honoured.',
  ].join('\n')
}
