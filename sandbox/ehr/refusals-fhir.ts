import type { Refusal } from '../contracts.ts'

const OVERVIEW = 'Oracle Health "FHIR R4 APIs", Client Errors'
const SEARCH = 'Oracle Health "Appointment | R4 API", Search'
const PATCH = 'Oracle Health "Appointment | R4 API", Patch'
const AUTHORIZATION = 'Oracle Health "Authorization Framework", using an access token'

const row = (id: string, request: string, status: number, body: string, source: string): Refusal => ({
  id,
  request,
  status,
  body,
  source,
})
const unsupported = (id: string, request: string): Refusal =>
  row(id, request, 400, 'no supported search parameters provided', SEARCH)

/** Refusals of the FHIR server. */
export const FHIR_REFUSALS: readonly Refusal[] = [
  row('fhir-without-token', 'a read without bearer token', 401, 'invalid_token', AUTHORIZATION),
  row('fhir-expired-token', 'a read with a token after its 570 seconds', 401, 'invalid_token', AUTHORIZATION),
  row(
    'fhir-revoked-token',
    'a read with a token whose code came twice',
    401,
    'invalid_token',
    'RFC 6749, section 4.1.2',
  ),
  row('fhir-missing-scope', 'a read that no granted scope covers', 403, 'insufficient_scope', AUTHORIZATION),
  row(
    'fhir-other-patient',
    'a read of another patient with patient/ scopes',
    403,
    'insufficient_scope',
    AUTHORIZATION,
  ),
  row(
    'fhir-unknown-tenant',
    'a tenant that the server does not have',
    403,
    'Tenant not valid or accessible',
    OVERVIEW,
  ),
  row('fhir-not-found', 'a read of an unknown id', 404, 'not-found', OVERVIEW),
  row('fhir-subscription', 'a Subscription', 404, 'not-supported', OVERVIEW),
  row('fhir-not-acceptable', 'Accept: application/fhir+xml', 406, '', OVERVIEW),
  row('fhir-throttled', 'any request while throttled', 429, 'throttled', OVERVIEW),
  row(
    'fhir-unavailable',
    'any request while the server is down',
    503,
    'transient',
    'RFC 9110, section 15.6.4',
  ),
  unsupported('search-nothing', 'Appointment without parameters'),
  unsupported('search-mixed', 'Appointment by patient and location together'),
  unsupported('search-repeated', 'Appointment with patient twice'),
  unsupported('search-without-date', 'Appointment by location without date'),
  unsupported('search-one-ended', 'Appointment by location with one end of date'),
  unsupported('search-date-offset', 'Appointment with date in an offset instead of UTC'),
  unsupported('search-last-updated', 'Appointment with _lastUpdated'),
  unsupported('search-page-unknown', 'a next link that the server did not give'),
  unsupported('search-patient-by-name', 'Patient by name'),
  row('patch-content-type', 'PATCH as application/json', 415, 'not-supported', PATCH),
  row('patch-not-json', 'PATCH with a body that is no JSON Patch', 400, 'structure', PATCH),
  row('patch-without-if-match', 'PATCH without If-Match', 412, 'If-Match', PATCH),
  row('patch-stale', 'PATCH with an older version', 409, 'conflict', PATCH),
  row('patch-already-linked', 'PATCH add where links are present', 409, 'already present', PATCH),
  row('patch-mixed', 'PATCH with add and replace', 422, 'must not be mixed', PATCH),
  row('patch-missing', 'PATCH with three of the four operations', 422, 'missing', PATCH),
  row('patch-other-path', 'PATCH of another path', 422, 'path is not supported', PATCH),
  row(
    'patch-nothing-to-replace',
    'PATCH replace where no link is present',
    422,
    'no video visit link',
    PATCH,
  ),
  row('patch-link-too-long', 'PATCH with a link of 256 characters', 422, '255', PATCH),
  row('patch-not-video', 'PATCH links of an office visit', 422, 'not a video visit', PATCH),
  row('patch-status-sequence', 'PATCH status from fulfilled to booked', 422, 'sequence', PATCH),
  row('patch-locked', 'PATCH while somebody has the appointment open', 423, 'lock-error', PATCH),
  row('patch-dependency', 'PATCH where the encounter cannot be associated', 424, 'processing', PATCH),
  row('patch-read-scope-only', 'PATCH with read scope alone', 403, 'insufficient_scope', PATCH),
  row('patch-write-scope-only', 'PATCH with write scope alone', 403, 'insufficient_scope', PATCH),
]
