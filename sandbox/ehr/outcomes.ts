/** What the FHIR server answers; `body` is sent as JSON, none means an empty body. */
export type FhirAnswer = {
  readonly status: number
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: unknown
}

/** A refusal as an OperationOutcome. Oracle Health FHIR R4 overview, "Client Errors" and "Operation Outcomes". */
export function outcome(
  status: number,
  code: fhir4.OperationOutcomeIssue['code'],
  diagnostics: string,
  headers: Readonly<Record<string, string>> = {},
): FhirAnswer {
  const body: fhir4.OperationOutcome = {
    resourceType: 'OperationOutcome',
    issue: [{ severity: 'error', code, diagnostics, details: { text: diagnostics } }],
  }
  return { status, headers, body }
}

/** The vendor's one answer to a search that it does not support. */
export function unsupportedSearch(): FhirAnswer {
  return outcome(400, 'invalid', 'no supported search parameters provided')
}

export function notFound(): FhirAnswer {
  return outcome(404, 'not-found', 'Resource not found')
}

/** 401 and 403 come from a gateway before the FHIR server and are no OperationOutcome. */
export function bearerRefusal(
  status: 401 | 403,
  error: 'invalid_token' | 'insufficient_scope',
  description: string,
): FhirAnswer {
  const challenge = `Bearer realm="fhir-ehr", error="${error}", error_description="${description}"`
  return {
    status,
    headers: { 'www-authenticate': challenge },
    body: { code: status, message: challenge },
  }
}
