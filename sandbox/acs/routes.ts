import { type Answer, type Call, refuse } from './answer.ts'
import type { Email } from './email.ts'
import type { PhoneNumbers } from './phone-numbers.ts'
import type { Sms } from './sms.ts'

export type Services = { readonly sms: Sms; readonly numbers: PhoneNumbers; readonly email: Email }

type Route = {
  readonly method: string
  readonly path: RegExp
  readonly answer: (services: Services, call: Call, parameter: string) => Answer
}

const routes: readonly Route[] = [
  { method: 'POST', path: /^\/sms$/, answer: ({ sms }, call) => sms.send(call) },
  { method: 'POST', path: /^\/emails:send$/, answer: ({ email }, call) => email.send(call) },
  {
    method: 'GET',
    path: /^\/emails\/operations\/([^/]+)$/,
    answer: ({ email }, _call, id) => email.operation(id),
  },
  {
    method: 'POST',
    path: /^\/availablePhoneNumbers\/countries\/([^/]+)\/:search$/,
    answer: ({ numbers }, call, country) => numbers.search(call, country),
  },
  {
    method: 'GET',
    path: /^\/availablePhoneNumbers\/countries\/([^/]+)\/offerings$/,
    answer: ({ numbers }, _call, country) => numbers.offerings(country),
  },
  {
    method: 'GET',
    path: /^\/availablePhoneNumbers\/searchResults\/([^/]+)$/,
    answer: ({ numbers }, _call, id) => numbers.searchResult(id),
  },
  {
    method: 'POST',
    path: /^\/availablePhoneNumbers\/:purchase$/,
    answer: ({ numbers }, call) => numbers.purchase(call),
  },
  {
    method: 'GET',
    path: /^\/phoneNumbers\/operations\/([^/]+)$/,
    answer: ({ numbers }, _call, id) => numbers.operation(id),
  },
  { method: 'GET', path: /^\/phoneNumbers$/, answer: ({ numbers }, call) => numbers.list(call) },
  {
    method: 'GET',
    path: /^\/phoneNumbers\/([^/]+)$/,
    answer: ({ numbers }, _call, phoneNumber) => numbers.get(phoneNumber),
  },
  {
    method: 'DELETE',
    path: /^\/phoneNumbers\/([^/]+)$/,
    answer: ({ numbers }, _call, phoneNumber) => numbers.release(phoneNumber),
  },
]

/** Versions are dates, some marked as previews ("Azure REST API guidelines", versioning). */
const apiVersion = /^20\d{2}-\d{2}-\d{2}(-preview\d*)?$/

/** Picks the service of an authenticated call. */
export function route(services: Services, call: Call): Answer {
  const version = call.query.get('api-version')
  if (version === null) {
    return refuse(400, 'MissingApiVersionParameter', 'The api-version query parameter is required.')
  }
  if (!apiVersion.test(version)) {
    return refuse(400, 'UnsupportedApiVersion', `The API version '${version}' is not supported.`)
  }
  for (const { method, path, answer } of routes) {
    const match = method === call.method ? path.exec(call.path) : null
    if (match !== null) return answer(services, call, match[1] ?? '')
  }
  return refuse(404, 'NotFound', 'The resource cannot be found.')
}
