import { CODES_PAGE, CONSENT, type Row } from './row.ts'

/** Refusals of the admin consent endpoint, besides those of the client and redirect URI that it shares with sign-in. */
export const consent = {
  consent_scope_missing: {
    via: 'redirect',
    status: 302,
    code: 900144,
    error: 'invalid_request',
    text: "The request body must contain the following parameter: 'scope'.",
    request: 'GET adminconsent without scope',
    source: CONSENT,
  },
  consent_scope_dynamic: {
    via: 'redirect',
    status: 302,
    code: 70011,
    error: 'invalid_scope',
    text: "The scope '{scope}' is not valid: application permissions are requested by '/.default'.",
    request:
      'GET adminconsent naming single permissions (Entra would grant delegated ones; the product has none)',
    source: CONSENT,
  },
  consent_declined: {
    via: 'redirect',
    status: 302,
    code: 65004,
    error: 'access_denied',
    text: 'User declined to consent to access the app.',
    request: 'POST adminconsent with Cancel',
    source: CODES_PAGE,
  },
  consent_not_administrator: {
    via: 'page',
    status: 403,
    code: 90094,
    error: 'access_denied',
    text: 'Administrator consent is required: only a Global Administrator of the organization can grant these permissions.',
    request: 'POST adminconsent with Accept by somebody without the Global Administrator role',
    source: CODES_PAGE,
  },
} as const satisfies Record<string, Row>
