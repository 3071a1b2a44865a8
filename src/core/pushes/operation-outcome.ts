import type { Failure } from '../result.ts'
import { MOST_ENTRIES } from './pushed-body.ts'
import { MOST_BYTES, PUSHES_A_MINUTE, type PushRefusal } from './receive-push.ts'

/** FHIR R4, value set IssueType. */
type IssueType =
  | 'structure'
  | 'required'
  | 'value'
  | 'not-supported'
  | 'too-long'
  | 'security'
  | 'throttled'
  | 'conflict'
  | 'exception'
type Words = { readonly status: number; readonly type: IssueType; readonly says: string }

const WORDS: Readonly<Record<PushRefusal | 'unexpected', Words>> = {
  push_unauthorized: {
    status: 401,
    type: 'security',
    says: 'Not authorized. Send a bearer token that the site’s registered key signed for this address, new for every request. The administrator finds why with the reference.',
  },
  push_too_large: {
    status: 413,
    type: 'too-long',
    says: `The body is larger than ${MOST_BYTES / 1_048_576} MiB. Send fewer appointments, or references to them.`,
  },
  push_media_type: {
    status: 415,
    type: 'not-supported',
    says: 'The body must be FHIR R4 in JSON: Content-Type application/fhir+json.',
  },
  push_old_media_type: {
    status: 415,
    type: 'not-supported',
    says: 'The media type is of another FHIR version. Send FHIR R4 with Content-Type application/fhir+json.',
  },
  push_not_json: { status: 400, type: 'structure', says: 'The body is not JSON.' },
  push_not_fhir: {
    status: 400,
    type: 'structure',
    says: 'The body must be an Appointment, a Bundle of Appointments, or a reference such as {"reference": "Appointment/123"}.',
  },
  push_old_fhir: {
    status: 422,
    type: 'structure',
    says: 'This is an Appointment of an older FHIR version (it has the element type or reason). Send FHIR R4, or a reference.',
  },
  push_no_id: { status: 422, type: 'required', says: 'An Appointment has no valid id.' },
  push_bad_reference: {
    status: 422,
    type: 'value',
    says: 'A reference does not name an Appointment, such as Appointment/123.',
  },
  push_foreign_server: {
    status: 422,
    type: 'value',
    says: 'A reference leads to another server than the FHIR base URL of this site. Send the reference of this site’s server.',
  },
  push_empty: { status: 422, type: 'required', says: 'The Bundle has no Appointment.' },
  push_too_many: {
    status: 413,
    type: 'too-long',
    says: `A Bundle may have ${MOST_ENTRIES} entries. Send the rest in another request.`,
  },
  push_throttled: {
    status: 429,
    type: 'throttled',
    says: `More than ${PUSHES_A_MINUTE} requests in a minute. Wait, and put several appointments into one Bundle.`,
  },
  push_not_reading: {
    status: 409,
    type: 'conflict',
    says: 'The site has no system account yet, so that appointments cannot be read. The administrator enters it in the site’s settings.',
  },
  unexpected: {
    status: 500,
    type: 'exception',
    says: 'Something went wrong on our side. Send the same appointments again in a moment, with a new token.',
  },
}

/**
 * A refusal for whoever speaks FHIR (FHIR R4, OperationOutcome). Where a Bundle's entry is at fault it is named, in the
 * notation of `expression`; nothing of what was sent is repeated.
 */
export function operationOutcome({ code, detail }: Failure<PushRefusal | 'unexpected'>, reference: string) {
  const { status, type, says } = WORDS[code]
  const expression = detail?.startsWith('Bundle.entry[') ? { expression: [detail] } : {}
  const body = {
    resourceType: 'OperationOutcome',
    issue: [
      {
        severity: 'error',
        code: type,
        details: { text: says },
        diagnostics: `Reference ${reference}`,
        ...expression,
      },
    ],
  }
  return { status, body }
}
