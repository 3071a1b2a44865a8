import {
  type PhoneNumberSearchResult,
  PhoneNumbersClient,
  type PurchasedPhoneNumber,
} from '@azure/communication-phone-numbers'
import type { TokenCredential } from '@azure/identity'
import { fail, ok, type Result } from '../result.ts'
import {
  type FoundNumber,
  type NumbersFailure,
  type OwnedNumber,
  type PhoneNumbers,
  type Running,
  statusFailure,
  vendorFailure,
} from './phone-numbers.ts'

/** Milliseconds for one request; what takes longer is followed by its operation. */
const REQUEST_MS = 20_000

/** What the SDK's begin… functions give. */
type Poller<T> = { isDone(): boolean; getResult(): T | undefined; toString(): string }
/** The SDK hands its options on to its poller, which can go on from what an earlier one said of itself. */
type Resumed = { readonly abortSignal: AbortSignal; readonly resumeFrom?: string }

const TOLL_FREE = {
  phoneNumberType: 'tollFree',
  assignmentType: 'application',
  capabilities: { calling: 'none', sms: 'inbound+outbound' },
  quantity: 1,
} as const

export function phoneNumbers(endpoint: string, credential: TokenCredential): PhoneNumbers {
  const client = new PhoneNumbersClient(endpoint, credential, {
    // A search that is made again uses up another of five a week; the queue asks again, and knows what it asked before.
    retryOptions: { maxRetries: 0 },
  })
  const options = (resumeFrom?: string): Resumed => ({
    abortSignal: AbortSignal.timeout(REQUEST_MS),
    ...(resumeFrom === undefined ? {} : { resumeFrom }),
  })
  const search = (country: string, from?: string) =>
    asked('search', async () => {
      const request = { ...TOLL_FREE, countryCode: country }
      return running(await client.beginSearchAvailablePhoneNumbers(request, options(from)), found)
    })
  const purchase = (searchId: string, from?: string) =>
    asked('purchase', async () =>
      running(await client.beginPurchasePhoneNumbers(searchId, options(from)), () => ok(undefined)),
    )
  return {
    offering: (country) =>
      asked('read', async () => {
        for await (const offer of client.listAvailableOfferings(country, options())) {
          const { phoneNumberType, assignmentType, availableCapabilities: can, cost } = offer
          const fits = phoneNumberType === 'tollFree' && assignmentType === 'application'
          if (fits && can?.sms === 'inbound+outbound')
            return ok({ amount: cost.amount, currency: cost.currencyCode })
        }
        return ok(undefined)
      }),
    owned: () =>
      asked('read', async () => {
        const numbers: OwnedNumber[] = []
        for await (const one of client.listPurchasedPhoneNumbers(options())) numbers.push(owned(one))
        return ok(numbers)
      }),
    async find(number) {
      const read = await asked('read', async () =>
        ok(owned(await client.getPurchasedPhoneNumber(number, options()))),
      )
      return !read.ok && read.failure.code === 'numbers_gone' ? ok(undefined) : read
    },
    search: (country) => search(country),
    followSearch: (operation) => search('US', operation),
    purchase: (searchId) => purchase(searchId),
    followPurchase: (operation) => purchase('', operation),
    release: (number) =>
      asked('release', async () => {
        await client.beginReleasePhoneNumber(number, options())
        return ok(undefined)
      }),
  }
}

function running<Given, T>(
  poller: Poller<Given>,
  value: (result: Given | undefined) => Result<T, NumbersFailure>,
): Result<Running<T>, NumbersFailure> {
  if (!poller.isDone()) return ok({ done: false, operation: poller.toString() })
  const made = value(poller.getResult())
  return made.ok ? ok({ done: true, value: made.value }) : made
}

function found(result: PhoneNumberSearchResult | undefined): Result<FoundNumber, NumbersFailure> {
  const number = result?.phoneNumbers?.[0]
  const error = result?.error
  if (error !== undefined && error !== 'NoError') return fail(vendorFailure(error), { detail: error })
  if (!result || number === undefined) return fail('numbers_out_of_stock')
  const { searchId, cost, searchExpiresBy } = result
  const price = { amount: cost.amount, currency: cost.currencyCode }
  return ok({ searchId, number, price, expiresBy: new Date(searchExpiresBy) })
}

function owned({
  phoneNumber,
  countryCode,
  phoneNumberType,
  capabilities,
  cost,
}: PurchasedPhoneNumber): OwnedNumber {
  return {
    number: phoneNumber,
    country: countryCode,
    tollFree: phoneNumberType === 'tollFree',
    texts: capabilities.sms === 'outbound' || capabilities.sms === 'inbound+outbound',
    monthly: { amount: cost.amount, currency: cost.currencyCode },
  }
}

/** What @azure/identity throws before any request is made. */
const NOT_ASKED = new Set([
  'CredentialUnavailableError',
  'AuthenticationError',
  'AggregateAuthenticationError',
])

async function asked<T>(
  what: Parameters<typeof statusFailure>[0],
  work: () => Promise<Result<T, NumbersFailure>>,
): Promise<Result<T, NumbersFailure>> {
  try {
    return await work()
  } catch (error) {
    return refusal(what, error)
  }
}

/** An operation that failed is thrown with the vendor's code in its words: "…has failed. OutOfStock. The search…". */
function refusal(what: Parameters<typeof statusFailure>[0], error: unknown): Result<never, NumbersFailure> {
  const { name, message, statusCode, code, response } = error as Error & {
    statusCode?: number
    code?: string
    response?: { headers?: { get(name: string): string | undefined } }
  }
  if (NOT_ASKED.has(name)) return fail('numbers_not_asked', { detail: name })
  const ended =
    /operation has failed\. (\w+)\b/i.exec(message)?.[1] ?? (statusCode === undefined ? code : undefined)
  if (ended !== undefined && statusCode === undefined && vendorFailure(ended) !== 'numbers_refused')
    return fail(vendorFailure(ended), { detail: ended })
  if (/operation has failed/i.test(message)) return fail('numbers_refused', { detail: ended ?? 'failed' })
  const wait = Number(response?.headers?.get('retry-after')) || 0
  const detail = `status ${statusCode ?? 'none'}`
  return fail(statusFailure(what, statusCode, wait), {
    detail,
    ...(wait > 0 ? { retryAfterSeconds: wait } : {}),
  })
}
