import { CERTIFICATE, CODES_PAGE, type Row } from './row.ts'

const invalidClient = { via: 'json', status: 401, error: 'invalid_client' } as const
const ASSERTIONS = 'RFC 7523, JWT profile for OAuth 2.0 client authentication'

/** Refusals of client authentication at the token endpoint. */
export const client = {
  client_id_missing: {
    via: 'json',
    status: 400,
    code: 900144,
    error: 'invalid_request',
    text: "The request body must contain the following parameter: 'client_id'.",
    request: 'POST token without client_id',
    source: CODES_PAGE,
  },
  client_unknown: {
    via: 'json',
    status: 400,
    code: 700016,
    error: 'unauthorized_client',
    text: "Application with identifier '{client}' was not found in the directory.",
    request: 'POST token with a client_id that is not registered',
    source: CODES_PAGE,
  },
  credential_missing: {
    ...invalidClient,
    code: 7000218,
    text: "The request body must contain the following parameter: 'client_assertion' or 'client_secret'.",
    request: 'POST token without client_assertion, or with another client_assertion_type than jwt-bearer',
    source: CODES_PAGE,
  },
  secret_invalid: {
    ...invalidClient,
    code: 7000215,
    text: 'Invalid client secret provided.',
    request: 'POST token with a client_secret: the registration has none',
    source: CODES_PAGE,
  },
  assertion_malformed: {
    ...invalidClient,
    code: 50027,
    text: 'JWT token is invalid or malformed.',
    request:
      'POST token with a client_assertion that is no JWT, lacks a claim, or is signed with another algorithm',
    source: CODES_PAGE,
  },
  assertion_key_unknown: {
    ...invalidClient,
    code: 700027,
    text: 'Client assertion contains an invalid signature. [Reason - The key was not found.]',
    request: 'POST token with a client_assertion whose kid is not registered',
    source: CODES_PAGE,
  },
  assertion_signature: {
    ...invalidClient,
    code: 700027,
    text: 'Client assertion failed signature validation.',
    request: 'POST token with a client_assertion signed by another key',
    source: CODES_PAGE,
  },
  assertion_subject: {
    ...invalidClient,
    code: 700021,
    text: "Client assertion application identifier doesn't match 'client_id' parameter.",
    request: 'POST token with a client_assertion whose iss or sub is not client_id',
    source: CERTIFICATE,
  },
  assertion_audience: {
    ...invalidClient,
    code: 700023,
    text: 'Client assertion audience claim does not match Realm issuer.',
    request: 'POST token with a client_assertion for another audience than the token endpoint or the issuer',
    source: CERTIFICATE,
  },
  assertion_expired: {
    ...invalidClient,
    code: 700024,
    text: 'Client assertion is not within its valid time range.',
    request: 'POST token with an expired client_assertion',
    source: CERTIFICATE,
  },
  assertion_too_long: {
    ...invalidClient,
    code: 700024,
    text: 'Client assertion is not within its valid time range: it may live for ten minutes at most.',
    request:
      'POST token with a client_assertion good for an hour (Entra asks for 5 to 10 minutes, but does not check; the sandbox does)',
    source: CERTIFICATE,
  },
  assertion_replayed: {
    ...invalidClient,
    code: 50013,
    text: "Assertion is invalid: its 'jti' was used before.",
    request:
      'POST token with a client_assertion a second time (Entra asks for unique ids; the sandbox checks)',
    source: ASSERTIONS,
  },
} as const satisfies Record<string, Row>
