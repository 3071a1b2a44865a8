import { createHash } from 'node:crypto'
import { generateRandomCodeVerifier, generateRandomNonce } from 'oauth4webapi'
import type { SmartConfiguration, SmartSite } from './types.ts'

export type AuthorizeRequest = {
  /** Exactly as registered at the EHR: a trailing slash counts. */
  readonly redirectUri: string
  /** The opaque `launch` value of an EHR launch; absent in a standalone launch. */
  readonly launch?: string
  readonly state: string
  readonly codeChallenge: string
  readonly nonce: string
  /** Instead of the site's scopes. */
  readonly scope?: string
}

/**
 * The address that the browser is sent to (SMART App Launch 2.2.0 §Obtain authorization code; RFC 7636 §4.3):
 * response_type=code, PKCE with S256, `aud` = the FHIR base, so that a counterfeit server cannot pass on our tokens.
 * Query parameters of the endpoint itself are kept (RFC 6749 §3.1). `launch` is added to the scopes of an EHR launch.
 */
export function authorizeUrl(config: SmartConfiguration, site: SmartSite, request: AuthorizeRequest): URL {
  const url = new URL(config.authorizationEndpoint)
  const scope = askedScope(request.scope ?? site.scopes, request.launch !== undefined)
  const parameters: Record<string, string> = {
    response_type: 'code',
    client_id: site.clientId,
    redirect_uri: request.redirectUri,
    scope,
    state: request.state,
    aud: site.fhirBaseUrl,
    code_challenge: request.codeChallenge,
    code_challenge_method: 'S256',
  }
  if (request.launch !== undefined) parameters.launch = request.launch
  // A nonce without openid means nothing, and strict servers refuse parameters that they do not know.
  if (scope.split(' ').includes('openid')) parameters.nonce = request.nonce
  for (const [name, value] of Object.entries(parameters)) url.searchParams.set(name, value)
  return url
}

function askedScope(scopes: string, ehrLaunch: boolean): string {
  const asked = scopes.split(/\s+/).filter(Boolean)
  return [...new Set(ehrLaunch ? ['launch', ...asked] : asked)].join(' ')
}

export type LaunchSecrets = {
  /** Names the launch; part of `state`. */
  readonly stateId: string
  readonly codeVerifier: string
  readonly codeChallenge: string
  readonly nonce: string
}

/**
 * Fresh secrets of one launch: 256 bits each from the platform's CSPRNG, in 43 characters of base64url (RFC 7636 §4.1
 * asks for 43 to 128; SMART App Launch 2.2.0 for at least 122 bits in `state`).
 */
export async function newLaunchSecrets(): Promise<LaunchSecrets> {
  const codeVerifier = generateRandomCodeVerifier()
  return {
    stateId: generateRandomNonce(),
    codeVerifier,
    // At once: WebCrypto's way over another thread costs more than the hash.
    codeChallenge: createHash('sha256').update(codeVerifier).digest('base64url'),
    nonce: generateRandomNonce(),
  }
}
