import type { Refusal } from '../contracts.ts'

const LAUNCH = 'SMART App Launch 2.2, "Launch App: EHR Launch"'
const ASSERTION = 'SMART App Launch 2.2, "Client Authentication: Asymmetric (public key)"'
const RFC6749 = 'RFC 6749, section '
const CERNER = 'Oracle Health "Authorization Framework"'

const row = (id: string, request: string, status: number, body: string, source: string): Refusal => ({
  id,
  request,
  status,
  body,
  source,
})

/** Refusals of the authorization server. */
export const OAUTH_REFUSALS: readonly Refusal[] = [
  row(
    'authorize-unknown-client',
    'authorize with a client_id nobody registered',
    400,
    'invalid_client',
    CERNER,
  ),
  row(
    'authorize-redirect-uri',
    'authorize with a redirect_uri that differs by a trailing slash',
    400,
    'invalid_redirect_uri',
    `${RFC6749}3.1.2.3`,
  ),
  row('authorize-without-launch', 'authorize without launch', 303, 'error=invalid_request', LAUNCH),
  row(
    'authorize-dead-launch',
    'authorize with a launch the EHR did not make or that has expired',
    303,
    'launch is missing, unknown or expired',
    LAUNCH,
  ),
  row('authorize-without-aud', 'authorize without aud', 303, 'aud must be the FHIR base URL', LAUNCH),
  row(
    'authorize-other-aud',
    'authorize with the aud of another server',
    303,
    'error=invalid_request',
    LAUNCH,
  ),
  row('authorize-without-state', 'authorize without state', 303, 'state is required', LAUNCH),
  row(
    'authorize-without-pkce',
    'authorize without code_challenge',
    303,
    'PKCE',
    'SMART App Launch 2.2, "Considerations for PKCE Support"',
  ),
  row(
    'authorize-plain-pkce',
    'authorize with code_challenge_method=plain',
    303,
    'not supported value of code_challenge_method',
    'SMART App Launch 2.2, "Considerations for PKCE Support"',
  ),
  row(
    'authorize-no-scope-left',
    'authorize for scopes none of which is registered',
    303,
    'error=invalid_scope',
    CERNER,
  ),
  row('token-code-reused', 'the same code a second time', 400, 'invalid_grant', `${RFC6749}4.1.2`),
  row('token-code-expired', 'a code after its minute', 400, 'invalid_grant', `${RFC6749}4.1.2`),
  row(
    'token-other-verifier',
    'a code with another code_verifier',
    400,
    'invalid_grant',
    'RFC 7636, section 4.6',
  ),
  row(
    'token-other-redirect-uri',
    'a code with another redirect_uri',
    400,
    'invalid_grant',
    `${RFC6749}4.1.3`,
  ),
  row(
    'token-other-client',
    'a code by a client that it was not given to',
    400,
    'invalid_grant',
    `${RFC6749}4.1.3`,
  ),
  row('token-error-uri', 'any token error', 400, 'error_uri', CERNER),
  row(
    'token-wrong-secret',
    'client_secret_basic with a wrong secret',
    401,
    'invalid_client',
    `${RFC6749}5.2`,
  ),
  row(
    'token-secret-in-body',
    'client_secret in the body instead of the Authorization header',
    401,
    'invalid_client',
    CERNER,
  ),
  row(
    'token-assertion-missing',
    'a private_key_jwt client without assertion',
    401,
    'invalid_client',
    ASSERTION,
  ),
  row('token-assertion-replayed', 'the same client assertion (jti) twice', 401, 'invalid_client', ASSERTION),
  row('token-assertion-alg', 'a client assertion signed with RS256', 401, 'invalid_client', ASSERTION),
  row('token-assertion-aud', 'a client assertion for the issuer', 401, 'invalid_client', ASSERTION),
  row('token-assertion-long', 'a client assertion that lives ten minutes', 401, 'invalid_client', ASSERTION),
  row('token-assertion-expired', 'a client assertion that has expired', 401, 'invalid_client', ASSERTION),
  row(
    'token-assertion-key',
    'a client assertion of a key nobody registered',
    401,
    'invalid_client',
    ASSERTION,
  ),
  row('token-assertion-typ', 'a client assertion without typ JWT', 401, 'invalid_client', ASSERTION),
  row(
    'token-grant-not-registered',
    'client_credentials by a client registered for authorization_code only',
    400,
    'error',
    `${RFC6749}5.2`,
  ),
  row(
    'token-system-scope-not-registered',
    'client_credentials for scopes none of which is registered',
    400,
    'invalid_scope',
    CERNER,
  ),
]
