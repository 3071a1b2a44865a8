import { z } from 'zod'
import { type Answer, type Call, refuse, tooMany } from './answer.ts'
import type { NumberOrders } from './number-orders.ts'
import { type AcsState, ownNumber } from './state.ts'

const SearchRequest = z.object({
  phoneNumberType: z.enum(['geographic', 'tollFree', 'mobile']),
  assignmentType: z.enum(['person', 'application']),
  capabilities: z.object({
    calling: z.enum(['none', 'inbound', 'outbound', 'inbound+outbound']),
    sms: z.enum(['none', 'inbound', 'outbound', 'inbound+outbound']),
  }),
  areaCode: z.string().nullish(),
  quantity: z.number().int().positive().nullish(),
})
const PurchaseRequest = z.object({ searchId: z.string().min(1), agreeToNotResell: z.boolean().nullish() })

/** "Toll-free numbers pricing": monthly rent of a number in the United States. */
const cost = { amount: 2, currencyCode: 'USD', billingFrequency: 'monthly' } as const
const capabilities = { calling: 'none', sms: 'inbound+outbound' } as const
const tollFreeAreaCodes = ['800', '833', '844', '855', '866', '877', '888']
/** "Phone Numbers - Search Available Phone Numbers": numbers are held for less than 15 minutes. */
const heldMs = 15 * 60_000
const weekMs = 7 * 86_400_000

type Search = {
  readonly phoneNumber: string
  readonly expires: Date
  readonly failed: string | undefined
  bought: boolean
}

/** Search, purchase, list and release, as `@azure/communication-phone-numbers` calls them. Toll-free numbers of the US. */
export class PhoneNumbers {
  readonly #state: AcsState
  readonly #orders: NumberOrders
  readonly #searches = new Map<string, Search>()
  readonly #searchTimes: number[] = []

  constructor(state: AcsState, orders: NumberOrders) {
    this.#state = state
    this.#orders = orders
  }

  /** POST /availablePhoneNumbers/countries/{countryCode}/:search */
  search(call: Call, countryCode: string): Answer {
    const parsed = SearchRequest.safeParse(call.body)
    if (!parsed.success) return refuse(400, 'BadRequest', 'The search request is malformed.')
    const wanted = parsed.data
    const { searchesPerWeek, searchError } = this.#state.settings
    const offered = countryCode === 'US' && wanted.phoneNumberType === 'tollFree'
    if (!offered || wanted.assignmentType !== 'application' || (wanted.quantity ?? 1) > 1) {
      return refuse(400, 'BadRequest', 'No offering matches the country, type, assignment and quantity.')
    }
    if (wanted.areaCode && !tollFreeAreaCodes.includes(wanted.areaCode)) {
      return refuse(400, 'BadRequest', `${wanted.areaCode} is no toll-free area code.`)
    }
    const now = this.#state.now()
    const recent = this.#searchTimes.filter((time) => time > now.getTime() - weekMs)
    if (recent.length >= searchesPerWeek) {
      const wait = ((recent[0] ?? now.getTime()) + weekMs - now.getTime()) / 1000
      return tooMany('Request limit exceeded.', Math.ceil(wait))
    }
    this.#searchTimes.push(now.getTime())
    const searchId = this.#state.uuid()
    const resourceLocation = `/availablePhoneNumbers/searchResults/${searchId}`
    this.#searches.set(searchId, {
      phoneNumber: `+1${wanted.areaCode ?? '833'}555${String(1000 + this.#searches.size + 1)}`,
      expires: new Date(now.getTime() + heldMs),
      failed: searchError,
      bought: false,
    })
    return this.#accepted('search', searchId, 'search', searchError, resourceLocation, () => {})
  }

  /** GET /availablePhoneNumbers/searchResults/{searchId} */
  searchResult(searchId: string): Answer {
    const search = this.#searches.get(searchId)
    if (search === undefined) return refuse(404, 'NotFound', 'The search cannot be found.')
    const body = {
      searchId,
      phoneNumbers: search.failed === undefined ? [search.phoneNumber] : [],
      phoneNumberType: 'tollFree',
      assignmentType: 'application',
      capabilities,
      cost,
      searchExpiresBy: search.expires.toISOString(),
      isAgreementToNotResellRequired: false,
      error: search.failed ?? 'NoError',
    }
    return { status: 200, body }
  }

  /** POST /availablePhoneNumbers/:purchase */
  purchase(call: Call): Answer {
    const parsed = PurchaseRequest.safeParse(call.body)
    if (!parsed.success) return refuse(400, 'BadRequest', 'searchId is required.')
    const { searchId } = parsed.data
    const search = this.#searches.get(searchId)
    if (search === undefined) return refuse(404, 'NotFound', 'The search cannot be found.')
    if (search.bought)
      return refuse(409, 'Conflict', 'The numbers of this search are being purchased already.')
    const now = this.#state.now()
    const started = [...this.#searches.values()].filter((each) => each.bought).length
    if (started >= this.#state.settings.purchaseQuota) {
      return refuse(403, 'Forbidden', 'The number of phone numbers allowed for this tenant is reached.')
    }
    const expired = now.getTime() >= search.expires.getTime() ? 'ReservationExpired' : undefined
    const failure = search.failed ?? expired ?? this.#state.settings.purchaseError
    if (failure === undefined) search.bought = true
    const { phoneNumber } = search
    return this.#accepted('purchase', searchId, 'purchase', failure, undefined, (at) => {
      const purchasedAt = at.toISOString()
      this.#state.purchases.push({ searchId, phoneNumber, at: purchasedAt })
      // Carriers block a new toll-free number until it is verified: "Toll-free verification".
      this.#state.numbers.push({ phoneNumber, kind: 'tollFree', verified: false, purchasedAt })
    })
  }

  /** DELETE /phoneNumbers/{phoneNumber} */
  release(phoneNumber: string): Answer {
    if (ownNumber(this.#state, phoneNumber) === undefined) return unknownNumber(phoneNumber)
    const id = this.#state.uuid()
    return this.#accepted('release', id, 'releasePhoneNumber', undefined, undefined, () => {
      const index = this.#state.numbers.findIndex((number) => number.phoneNumber === phoneNumber)
      if (index >= 0) this.#state.numbers.splice(index, 1)
    })
  }

  /** GET /phoneNumbers */
  list(call: Call): Answer {
    const skip = Number(call.query.get('skip') ?? 0)
    const top = Number(call.query.get('top') ?? 100)
    if (!Number.isInteger(skip) || !Number.isInteger(top) || skip < 0 || top < 1 || top > 100) {
      return refuse(400, 'BadRequest', 'skip is at least 0 and top from 1 to 100.')
    }
    const page = this.#state.numbers.slice(skip, skip + top).map(({ phoneNumber }) => this.#view(phoneNumber))
    const more = this.#state.numbers.length > skip + top
    const nextLink = `/phoneNumbers?skip=${skip + top}&top=${top}&api-version=${call.query.get('api-version')}`
    return { status: 200, body: { phoneNumbers: page, ...(more ? { nextLink } : {}) } }
  }

  /** GET /phoneNumbers/{phoneNumber} */
  get(phoneNumber: string): Answer {
    const gone = this.#state.settings.flaws.has('numbers')
    if (gone || ownNumber(this.#state, phoneNumber) === undefined) return unknownNumber(phoneNumber)
    return { status: 200, body: this.#view(phoneNumber) }
  }

  /** GET /phoneNumbers/operations/{operationId} */
  operation(id: string): Answer {
    const operation = this.#orders.find(id)
    if (operation === undefined) return refuse(404, 'NotFound', 'The operation cannot be found.')
    const location = operation.resourceLocation
    return {
      status: 200,
      body: this.#orders.view(operation),
      headers: location === undefined ? {} : { location },
    }
  }

  /** GET /availablePhoneNumbers/countries/{countryCode}/offerings: the price without using up a search. */
  offerings(countryCode: string): Answer {
    const offering = {
      phoneNumberType: 'tollFree',
      assignmentType: 'application',
      availableCapabilities: capabilities,
      cost,
    }
    return { status: 200, body: { phoneNumberOfferings: countryCode === 'US' ? [offering] : [] } }
  }

  #view(phoneNumber: string): Record<string, unknown> {
    return {
      id: phoneNumber.slice(1),
      phoneNumber,
      countryCode: 'US',
      phoneNumberType: 'tollFree',
      capabilities,
      assignmentType: 'application',
      purchaseDate: ownNumber(this.#state, phoneNumber)?.purchasedAt,
      cost,
    }
  }

  #accepted(
    name: 'search' | 'purchase' | 'release',
    id: string,
    operationType: 'search' | 'purchase' | 'releasePhoneNumber',
    failure: string | undefined,
    resourceLocation: string | undefined,
    effect: (at: Date) => void,
  ): Answer {
    const error =
      failure === undefined ? undefined : { code: failure, message: `The ${name} failed: ${failure}.` }
    const operation = this.#orders.start({
      id: `${name}_${id}`,
      operationType,
      resourceLocation,
      error,
      effect,
    })
    const headers = {
      'operation-location': `/phoneNumbers/operations/${operation.id}`,
      'operation-id': operation.id,
      [`${name}-id`]: id,
      ...(resourceLocation === undefined ? {} : { location: resourceLocation }),
    }
    return { status: 202, headers }
  }
}

function unknownNumber(phoneNumber: string): Answer {
  return refuse(404, 'NotFound', `Input phoneNumber ${phoneNumber} cannot be found.`)
}
