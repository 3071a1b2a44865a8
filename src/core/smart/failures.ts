import type { Failure, Result } from '../result.ts'

/** Why a launch or a system account's token came to nothing. The words for people are in failure-words.ts. */
export type SmartFailureCode =
  /** The EHR's configuration document did not answer, or answered with an error of its own. */
  | 'smart_discovery_unreachable'
  /** The configuration document lacks a required field, or names an endpoint that may not be used. */
  | 'smart_discovery_invalid'
  /** The authorization server does not advertise PKCE with S256. */
  | 'smart_pkce_missing'
  /** The callback has no code, no state, or a parameter twice. */
  | 'smart_callback_invalid'
  /** The EHR or its user said no (access_denied, login_required and the like). */
  | 'smart_authorize_refused'
  /** The authorization server is out of order for now (server_error, temporarily_unavailable). */
  | 'smart_authorize_unavailable'
  /** The authorization server did not understand our request: the registration and the site record disagree. */
  | 'smart_authorize_invalid'
  /** The EHR refuses a scope that was asked for (invalid_scope). */
  | 'smart_scope_refused'
  /** The EHR does not know the client, or not its key or secret (invalid_client, unauthorized_client). */
  | 'smart_client_rejected'
  /** Our own signing key cannot be used with the algorithm of the site. */
  | 'smart_client_key_invalid'
  /** The authorization code is too old, was used before, or belongs to another request (invalid_grant). */
  | 'smart_code_expired'
  /** The token endpoint did not answer, or answered with an error of its own. */
  | 'smart_token_unreachable'
  /** The token endpoint said no for another reason. */
  | 'smart_token_refused'
  /** The token response does not have the shape that the specification asks for. */
  | 'smart_token_invalid'
  /** The EHR asks us to slow down (429). */
  | 'smart_throttled'
  /** Less access was granted than is needed; `shown.missing` names the scopes. */
  | 'smart_scope_missing'
  /** Identity was asked for and no id_token came. */
  | 'smart_id_token_missing'
  /** The id_token's signature, audience, times or form are wrong. */
  | 'smart_id_token_invalid'
  /** The answer or the id_token comes from an issuer that the site does not expect. */
  | 'smart_issuer_mismatch'
  /** The id_token was made for another launch. */
  | 'smart_nonce_mismatch'
  /** The signed-in user belongs to another FHIR server. */
  | 'smart_fhir_user_foreign'
  /** The EHR's signing keys did not load. */
  | 'smart_keys_unreachable'
  /** The key that signed the id_token is not among the EHR's keys, or the set is malformed. */
  | 'smart_key_unknown'
  /** The site has no system account that can sign in by itself. */
  | 'smart_system_account_missing'
  /** The system account's scopes ask for online_access or offline_access. */
  | 'smart_system_scope_forbidden'

export type SmartFailure = Failure<SmartFailureCode>
export type SmartResult<T> = Result<T, SmartFailureCode>
