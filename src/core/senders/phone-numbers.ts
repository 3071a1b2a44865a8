import type { Result } from '../result.ts'
import type { Price } from './price.ts'

/** Why the vendor gave no number. The first five may pass by waiting; the rest need somebody to do something. */
export type NumbersFailure =
  /** No answer came: what was asked may have been done. */
  | 'numbers_no_answer'
  /** It answered with an error of its own. */
  | 'numbers_unavailable'
  /** Too many requests within a short time. */
  | 'numbers_throttled'
  /** Our own sign-in failed: nothing was asked. */
  | 'numbers_not_asked'
  /** It is doing this very thing already. */
  | 'numbers_conflict'
  /** The searches of this week are used up. */
  | 'numbers_search_quota'
  /** The subscription may have no more numbers. */
  | 'numbers_purchase_quota'
  /** The deployment's identity may not do this. */
  | 'numbers_not_allowed'
  /** The vendor does not know what was asked for. */
  | 'numbers_gone'
  | 'numbers_out_of_stock'
  | 'numbers_denied'
  | 'numbers_no_wallet'
  | 'numbers_no_credit'
  | 'numbers_billing_down'
  | 'numbers_reservation_expired'
  | 'numbers_purchase_failed'
  | 'numbers_provisioning_failed'
  | 'numbers_refused'

/** PhoneNumberSearchResultError of the vendor's REST API, and the codes that its operations end with. */
const VENDOR_CODES: Readonly<Record<string, NumbersFailure>> = {
  OutOfStock: 'numbers_out_of_stock',
  AuthorizationDenied: 'numbers_denied',
  NoWallet: 'numbers_no_wallet',
  NotEnoughCredit: 'numbers_no_credit',
  BillingUnavailable: 'numbers_billing_down',
  ReservationExpired: 'numbers_reservation_expired',
  PurchaseFailed: 'numbers_purchase_failed',
  AllNumbersNotAcquired: 'numbers_purchase_failed',
  NumbersPartiallyAcquired: 'numbers_purchase_failed',
  ProvisioningFailed: 'numbers_provisioning_failed',
}

/** The failure that a code of the vendor stands for. Pure. */
export function vendorFailure(code: string): NumbersFailure {
  return VENDOR_CODES[code] ?? 'numbers_refused'
}

/** Longer than this nobody is asked to wait for pace alone: what is used up is the quota. */
const PACE_SECONDS = 300

/**
 * The failure that an HTTP answer stands for ("Service limits for Azure Communication Services": searches and purchases
 * beyond the quota are 429 and 403). Pure.
 */
export function statusFailure(
  asked: 'read' | 'search' | 'purchase' | 'release',
  status: number | undefined,
  retryAfterSeconds: number,
): NumbersFailure {
  if (status === undefined) return 'numbers_no_answer'
  if (status >= 500) return 'numbers_unavailable'
  if (status === 429)
    return asked === 'search' && retryAfterSeconds > PACE_SECONDS
      ? 'numbers_search_quota'
      : 'numbers_throttled'
  if (status === 403 && asked === 'purchase') return 'numbers_purchase_quota'
  if (status === 401 || status === 403) return 'numbers_not_allowed'
  if (status === 404) return 'numbers_gone'
  return status === 409 ? 'numbers_conflict' : 'numbers_refused'
}

/** A long work of the vendor's: still running, with what it is asked for again by, or done. */
export type Running<T> =
  | { readonly done: false; readonly operation: string }
  | { readonly done: true; readonly value: T }

/** What a search found and holds for some fifteen minutes. */
export type FoundNumber = {
  readonly searchId: string
  readonly number: string
  readonly price: Price
  readonly expiresBy: Date
}

/** A number of the Communication Services resource. */
export type OwnedNumber = {
  readonly number: string
  readonly country: string
  readonly tollFree: boolean
  /** Whether texts can be sent from it. */
  readonly texts: boolean
  readonly monthly: Price
}

type Answer<T> = Promise<Result<T, NumbersFailure>>

/** The numbers of the deployment's Communication Services resource. `operation` is opaque and may be stored. */
export type PhoneNumbers = {
  /** What a toll-free number that texts costs a month; uses up no search. Undefined where the country has none. */
  offering(country: string): Answer<Price | undefined>
  owned(): Answer<OwnedNumber[]>
  /** One number of the resource, or undefined where it is not there. */
  find(number: string): Answer<OwnedNumber | undefined>
  search(country: string): Answer<Running<FoundNumber>>
  followSearch(operation: string): Answer<Running<FoundNumber>>
  purchase(searchId: string): Answer<Running<undefined>>
  followPurchase(operation: string): Answer<Running<undefined>>
  /** Gives a number back to the vendor for good. */
  release(number: string): Answer<void>
}
