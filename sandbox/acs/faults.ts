import type { AcsFaults } from '../contracts.ts'

/** Errors that a number search or purchase ends with ("Phone Numbers REST API", PhoneNumberSearchResultError). */
export const NUMBER_ORDER_ERRORS = [
  'OutOfStock',
  'AuthorizationDenied',
  'NoWallet',
  'NotEnoughCredit',
  'BillingUnavailable',
  'MissingAddress',
  'InvalidAddress',
  'InvalidOfferType',
  'InvalidState',
  'ReservationExpired',
  'PurchaseFailed',
  'ProvisioningFailed',
  'UnknownErrorCode',
] as const
export type NumberOrderError = (typeof NUMBER_ORDER_ERRORS)[number]

/** Everything about the stand-in that a test or the console may turn while it runs. */
export type AcsSettings = AcsFaults & {
  /** The vendor's samples spell the tag of a delivery report both ways. */
  tagSpelling: 'tag' | 'Tag'
  /** Event numbers without their plus, as in the vendor's samples. */
  numbersWithoutPlus: boolean
  /** Whether a failed report names its code or only explains itself. */
  reportDetails: 'codeAndText' | 'textOnly'
  /** Every recipient is a landline: accepted, and then reported as an unsupported destination (4003). */
  landlines: boolean
  /** Messages a minute of one toll-free number. */
  messagesPerMinute: number
  /** E-mails a minute and an hour of a domain of one's own. */
  emailsPerMinute: number
  emailsPerHour: number
  /** Seconds by the sandbox clock until a sent e-mail has left. */
  emailSeconds: number
  /** Seconds by the sandbox clock that a search, purchase or release takes. */
  operationSeconds: number
  /** What every search, and every purchase, ends with instead of success. */
  searchError: NumberOrderError | undefined
  purchaseError: NumberOrderError | undefined
  /** Default quotas of a subscription: "Service limits for Azure Communication Services". */
  searchesPerWeek: number
  purchaseQuota: number
}

export function defaultSettings(): AcsSettings {
  return {
    throttled: false,
    unavailable: false,
    slowMs: 0,
    repeatabilitySeconds: 300,
    doubleReports: false,
    holdReports: false,
    loseAnswers: false,
    flaws: new Set(),
    tagSpelling: 'tag',
    numbersWithoutPlus: false,
    reportDetails: 'codeAndText',
    landlines: false,
    messagesPerMinute: 200,
    emailsPerMinute: 30,
    emailsPerHour: 100,
    emailSeconds: 1,
    operationSeconds: 6,
    searchError: undefined,
    purchaseError: undefined,
    searchesPerWeek: 5,
    purchaseQuota: 1,
  }
}
