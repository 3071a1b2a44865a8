import type { Refusal } from '../contracts.ts'

const authentication = 'Authenticate to Azure Communication Services'
const errors = 'Azure Communication Services REST API: common error codes'
const limits = 'Service limits for Azure Communication Services'
const versioning = 'Microsoft Azure REST API guidelines: versioning'
const smsSend = 'Azure Communication Services REST API: SMS - Send'
const repeatable = 'OASIS Repeatable Requests Version 1.0'
const phoneNumbers = 'Azure Communication Services REST API: Phone Numbers'
const emailSend = 'Azure Communication Services REST API: Email - Send'

const search = 'POST /availablePhoneNumbers/countries/{countryCode}/:search'
const purchase = 'POST /availablePhoneNumbers/:purchase'

function row(id: string, request: string, status: number, body: string, source: string): Refusal {
  return { id, request, status, body, source }
}

/**
 * Every request that the stand-in refuses, as the service would. `body` is a part of the answer. Where a recipient is
 * refused inside an accepted request, the status is the request's, and the recipient's stands in the body.
 */
export const REFUSALS: readonly Refusal[] = [
  row('no-token', 'any, no Authorization', 401, '"code":"Denied"', authentication),
  row('wrong-token', 'any, foreign or expired token', 401, '"code":"Denied"', authentication),
  row(
    'shared-key',
    'any, HMAC-SHA256 signature (local authentication is off)',
    401,
    '"code":"Denied"',
    authentication,
  ),
  row('no-api-version', 'any, no api-version', 400, 'MissingApiVersionParameter', versioning),
  row('bad-api-version', 'any, api-version that is no date', 400, 'UnsupportedApiVersion', versioning),
  row('unknown-path', 'any, no such path', 404, '"code":"NotFound"', errors),
  row('not-json', 'POST, body is no JSON', 400, 'no JSON', errors),
  row('too-large', 'POST, more than 10 MB', 413, 'RequestEntityTooLarge', limits),
  row('throttled', 'any, while the fault is on', 429, 'TooManyRequests', errors),
  row('unavailable', 'any, while the fault is on', 503, 'ServiceUnavailable', errors),

  row('sms-empty-message', 'POST /sms, empty message', 400, 'message: ', smsSend),
  row('sms-long-message', 'POST /sms, message of 2,049 characters', 400, 'message: ', smsSend),
  row('sms-no-recipient', 'POST /sms, no recipient', 400, 'smsRecipients: ', smsSend),
  row('sms-many-recipients', 'POST /sms, 101 recipients', 400, 'smsRecipients: ', smsSend),
  row('sms-foreign-sender', 'POST /sms, from is not of this resource', 401, 'Unauthorized', smsSend),
  row('sms-half-repeatable', 'POST /sms, id without first-sent', 400, 'required together', repeatable),
  row('sms-first-sent-form', 'POST /sms, first-sent no RFC 1123 date', 400, 'RFC 1123', repeatable),
  row('sms-id-reused', 'POST /sms, id of another message', 202, '"httpStatusCode":409', repeatable),
  row('sms-rate', 'POST /sms, message 201 of a minute', 429, 'Message rate limit', limits),
  row('sms-malformed-recipient', 'POST /sms, to is no E.164 number', 202, '"httpStatusCode":400', smsSend),
  row('sms-555-3400', 'POST /sms, to ends in 555 3400', 202, '"httpStatusCode":400', smsSend),
  row('sms-555-3404', 'POST /sms, to ends in 555 3404', 202, '"httpStatusCode":404', smsSend),
  row('sms-555-3500', 'POST /sms, to ends in 555 3500', 202, '"httpStatusCode":500', smsSend),

  row('search-malformed', `${search}, no capabilities`, 400, 'malformed', phoneNumbers),
  row('search-not-offered', `${search}, a type that the country lacks`, 400, 'No offering', phoneNumbers),
  row('search-area-code', `${search}, area code 425`, 400, 'no toll-free area code', phoneNumbers),
  row('search-quota', `${search}, search 6 of a week`, 429, 'Request limit exceeded', limits),
  row('search-unknown', 'GET /availablePhoneNumbers/searchResults/{searchId}', 404, 'NotFound', phoneNumbers),
  row('purchase-malformed', `${purchase}, no searchId`, 400, 'searchId is required', phoneNumbers),
  row('purchase-unknown', `${purchase}, unknown searchId`, 404, 'NotFound', phoneNumbers),
  row('purchase-twice', `${purchase}, the same searchId again`, 409, 'Conflict', phoneNumbers),
  row('purchase-quota', `${purchase}, a second number`, 403, 'allowed for this tenant', limits),
  row('operation-unknown', 'GET /phoneNumbers/operations/{operationId}', 404, 'NotFound', phoneNumbers),
  row('number-unknown', 'GET /phoneNumbers/{phoneNumber}', 404, 'cannot be found', phoneNumbers),
  row('release-unknown', 'DELETE /phoneNumbers/{phoneNumber}', 404, 'cannot be found', phoneNumbers),
  row('list-page', 'GET /phoneNumbers, top=0', 400, 'top from 1 to 100', phoneNumbers),

  row('email-operation-id', 'POST /emails:send, Operation-Id is no UUID', 400, 'must be a UUID', emailSend),
  row('email-no-recipient', 'POST /emails:send, no recipient', 400, 'recipients.to: ', emailSend),
  row('email-no-content', 'POST /emails:send, neither text nor HTML', 400, 'content: ', emailSend),
  row(
    'email-foreign-sender',
    'POST /emails:send, sender of another domain',
    404,
    'DomainNotLinked',
    emailSend,
  ),
  row('email-id-reused', 'POST /emails:send, Operation-Id of another message', 409, 'Conflict', emailSend),
  row('email-rate', 'POST /emails:send, message 31 of a minute', 429, 'TooManyRequests', limits),
  row('email-rate-hour', 'POST /emails:send, message 101 of an hour', 429, 'TooManyRequests', limits),
  row('email-unknown', 'GET /emails/operations/{operationId}', 404, 'NotFound', emailSend),
]
