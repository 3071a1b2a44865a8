/** What an order is called on its way, in the sentences of a list. */
export type OrderShown = {
  readonly state: string
  readonly failure?: string | undefined
  readonly failedIn?: string | undefined
  readonly number?: string | undefined
}

export type FailureWords = {
  readonly title: string
  readonly why: string
  readonly next: readonly string[]
  /** Whether trying again makes sense now, and what the button says. */
  readonly again: string | undefined
  /** A request to Azure support makes sense: its text is shown. */
  readonly support?: 'searches' | 'purchases' | 'billing'
}

const AGAIN = 'Try again'
const HELD =
  'The number that was found is held for some fifteen minutes: trying again within that time buys it and uses up no search.'
const NOTHING = 'Nothing was bought and nothing costs anything.'

const WORDS: Readonly<Record<string, FailureWords>> = {
  numbers_out_of_stock: {
    title: 'No toll-free number is available right now',
    why: `Microsoft has none left at this moment. ${NOTHING}`,
    next: [
      'Try again tomorrow: each try uses up one of five searches a week.',
      'Or attach a number that this Communication Services resource has already.',
    ],
    again: AGAIN,
  },
  numbers_denied: {
    title: 'Microsoft does not sell numbers to this subscription',
    why: `The Azure subscription may not buy phone numbers (AuthorizationDenied): trial and credit subscriptions may not, nor those with a billing address in a country without numbers. ${NOTHING}`,
    next: [
      'Ask whoever runs this deployment to compare the subscription with “Country/regional availability of telephone numbers and subscription eligibility” at Microsoft Learn.',
      'They may write to acstns@microsoft.com for a review.',
    ],
    again: AGAIN,
  },
  numbers_no_wallet: {
    title: 'The subscription has no way to pay',
    why: `Microsoft found no payment method on the Azure subscription (NoWallet). ${NOTHING}`,
    next: ['Ask whoever runs this deployment to add a payment method to the Azure subscription.', HELD],
    again: AGAIN,
  },
  numbers_no_credit: {
    title: 'The subscription’s credit does not suffice',
    why: `Microsoft would not charge the Azure subscription (NotEnoughCredit). ${NOTHING}`,
    next: ['Ask whoever runs this deployment to raise the spending limit, or to pay what is open.', HELD],
    again: AGAIN,
  },
  numbers_billing_down: {
    title: 'Microsoft’s billing does not answer',
    why: `The number was found, and could not be charged (BillingUnavailable). ${NOTHING}`,
    next: ['Try again in a few minutes.', HELD],
    again: AGAIN,
  },
  numbers_reservation_expired: {
    title: 'The number was held too long',
    why: `The number that was found went back to others before it was bought. ${NOTHING}`,
    next: ['Try again: a new number is searched.'],
    again: AGAIN,
  },
  numbers_purchase_failed: {
    title: 'The purchase failed at Microsoft',
    why: `The carrier did not hand the number over (PurchaseFailed). ${NOTHING}`,
    next: [
      'Try again: another number is searched.',
      'If it fails again, send the text below to Azure support.',
    ],
    again: AGAIN,
    support: 'billing',
  },
  numbers_provisioning_failed: {
    title: 'The number could not be set up',
    why: 'Microsoft bought the number and could not set it up (ProvisioningFailed). It is not on this resource.',
    next: [
      'Try again: another number is searched.',
      'If a charge appears on the bill, send the text below to Azure support.',
    ],
    again: AGAIN,
    support: 'billing',
  },
  numbers_search_quota: {
    title: 'This week’s searches are used up',
    why: `A Communication Services resource may search for numbers five times a week unless Microsoft raised that; all organizations of this deployment share it. ${NOTHING}`,
    next: [
      'Wait until the time below, then try again.',
      'Or ask Azure support for more, with the text below.',
      'Or attach a number that the resource has already.',
    ],
    again: AGAIN,
    support: 'searches',
  },
  numbers_purchase_quota: {
    title: 'The subscription may have no more numbers',
    why: `Microsoft allows one number for a subscription unless it raised that. ${NOTHING}`,
    next: [
      'Ask Azure support for more, with the text below, and try again when they have answered.',
      'Or attach a number that the resource has already.',
    ],
    again: AGAIN,
    support: 'purchases',
  },
  numbers_not_allowed: {
    title: 'This deployment may not buy numbers',
    why: `Azure Communication Services refused the deployment’s own identity. ${NOTHING}`,
    next: [
      'Ask whoever runs this deployment to give its managed identity the role “Communication and Email Service Owner” on the Communication Services resource (infra/modules/access.bicep does).',
      'A new role takes some minutes; then try again.',
    ],
    again: AGAIN,
  },
  numbers_unavailable: {
    title: 'Azure Communication Services does not answer',
    why: 'The service answered with errors for several minutes.',
    next: [
      'Look at azure.status.microsoft, then try again.',
      'Trying again first looks whether the number was bought, so that none is bought twice.',
    ],
    again: AGAIN,
  },
  numbers_no_answer: {
    title: 'Azure Communication Services cannot be reached',
    why: 'No request was answered for several minutes.',
    next: [
      'Ask whoever runs this deployment whether it can reach its Communication Services endpoint, then try again.',
      'Trying again first looks whether the number was bought, so that none is bought twice.',
    ],
    again: AGAIN,
  },
  numbers_unanswered: {
    title: 'Nobody knows what became of the request',
    why: 'Microsoft took the request and its outcome did not come within a quarter of an hour.',
    next: [
      'Try again: first it is looked whether the number is there, so that none is bought twice.',
      'If the number shows up later, attach it under “Use another number”.',
    ],
    again: 'Look again',
  },
  numbers_throttled: {
    title: 'Too many requests',
    why: `Azure Communication Services asked for a pause again and again. ${NOTHING}`,
    next: ['Try again in some minutes.'],
    again: AGAIN,
  },
  numbers_not_asked: {
    title: 'This deployment could not sign in to Azure',
    why: `Its managed identity got no token, so Microsoft was not asked at all. ${NOTHING}`,
    next: [
      'Ask whoever runs this deployment to look at the identity of the Functions app.',
      'Then try again.',
    ],
    again: AGAIN,
  },
  numbers_taken: {
    title: 'The number belongs to another organization',
    why: 'It was bought for you, and another organization of this deployment attached it before it could become yours. It is paid for each month, and you cannot text from it.',
    next: [
      'Tell whoever runs this deployment, with the number below: the table of senders says which organization has it, and that one can take it off its list.',
      'Once the other organization gave it up, press “Look again”: the number becomes yours, and nothing is bought a second time.',
    ],
    again: 'Look again',
  },
}

const OTHER: FailureWords = {
  title: 'Microsoft refused',
  why: `Azure Communication Services refused the request without a reason that is known here. ${NOTHING}`,
  next: ['Try again once.', 'If it fails again, send the text below to Azure support.'],
  again: AGAIN,
  support: 'billing',
}

export function failureWords(code: string): FailureWords {
  return (Object.hasOwn(WORDS, code) ? WORDS[code] : undefined) ?? OTHER
}

const LINES: Readonly<Record<string, string>> = {
  asked: 'The request is on its way.',
  searching: 'Looking for a number.',
  found: 'A number was found.',
  price_changed: 'The price differs from the one that was shown: it waits for you.',
  purchasing: 'Buying the number.',
  bought: 'The number is bought, and being set up.',
}

/** An order in one sentence. */
export function orderLine({ state, failure = '' }: OrderShown): string {
  return state === 'failed' ? `${failureWords(failure).title}.` : (LINES[state] ?? '')
}
