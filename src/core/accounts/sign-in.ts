import { decodeJwt } from 'jose'
import * as oauth from 'oauth4webapi'
import { fail, ok, type Result } from '../result.ts'
import { type Account, type AccountFailure, accountOf } from './account.ts'
import type { Assertion } from './assertion.ts'
import { ANY_ORGANIZATION, type EntraServers, entraServers } from './entra-server.ts'

export type { Account } from './account.ts'
export { ANY_ORGANIZATION } from './entra-server.ts'

export type SignInFailure = 'signin_unavailable' | 'signin_refused' | AccountFailure

export type SignIn = {
  readonly authority: string
  readonly clientId: string
  readonly assertion: Assertion
  readonly redirectUri: string
  readonly allowedTenants: readonly string[]
  readonly servers: EntraServers
  readonly now: () => Date
}

export type SignInSecrets = { readonly codeVerifier: string; readonly nonce: string }

/** @param more.fetch the platform's fetch unless a test brings another. */
export function createSignIn(
  given: Omit<SignIn, 'servers'>,
  more: { readonly fetch?: typeof globalThis.fetch } = {},
): SignIn {
  return { ...given, servers: entraServers(given.authority, more.fetch ?? fetch, given.now) }
}

export function newSignInSecrets(): SignInSecrets {
  return { codeVerifier: oauth.generateRandomCodeVerifier(), nonce: oauth.generateRandomNonce() }
}

/**
 * Where the browser is sent to sign in with Microsoft: authorization code with PKCE (Microsoft identity platform,
 * "OAuth 2.0 authorization code flow").
 * @param choose shows the account picker even where somebody is signed in already: shared workstations.
 */
export async function signInUrl(
  signIn: SignIn,
  tenantId: string,
  { state, secrets, choose }: { state: string; secrets: SignInSecrets; choose: boolean },
): Promise<Result<string, SignInFailure>> {
  const server = await signIn.servers.ofTenant(tenantId)
  if (!server.ok) return server
  const { authorization_endpoint: endpoint } = server.value
  if (endpoint === undefined || !URL.canParse(endpoint))
    return fail('signin_invalid', { detail: 'discovery' })
  const url = new URL(endpoint)
  const parameters = {
    client_id: signIn.clientId,
    response_type: 'code',
    redirect_uri: signIn.redirectUri,
    response_mode: 'query',
    scope: 'openid profile',
    state,
    nonce: secrets.nonce,
    code_challenge: await oauth.calculatePKCECodeChallenge(secrets.codeVerifier),
    code_challenge_method: 'S256',
    ...(choose ? { prompt: 'select_account' } : {}),
  }
  for (const [name, value] of Object.entries(parameters)) url.searchParams.set(name, value)
  return ok(url.href)
}

/**
 * Exchanges the code and verifies the id_token; the tenant is the one that was asked for, and is allowed here.
 * @param tenantId a tenant's id, or ANY_ORGANIZATION: then the one that the token is of.
 */
export async function finishSignIn(
  signIn: SignIn,
  tenantId: string,
  query: URLSearchParams,
  secrets: SignInSecrets,
): Promise<Result<Account, SignInFailure>> {
  const server = await signIn.servers.ofTenant(tenantId)
  if (!server.ok) return server
  const client = clientOf(signIn)
  let answered: URLSearchParams
  try {
    answered = oauth.validateAuthResponse(server.value, client, query, oauth.skipStateCheck)
  } catch (error) {
    return fail('signin_refused', { ...shownOf(error), detail: 'authorize' })
  }
  try {
    const response = await oauth.authorizationCodeGrantRequest(
      server.value,
      client,
      provenBy(signIn.assertion),
      answered,
      signIn.redirectUri,
      secrets.codeVerifier,
      signIn.servers.request,
    )
    if (response.status >= 500) return fail('signin_unavailable', { detail: `status ${response.status}` })
    let [tenant, issuing] = [tenantId, server.value]
    if (tenantId === ANY_ORGANIZATION && response.ok) {
      tenant = await tenantSaid(response.clone())
      if (!signIn.allowedTenants.includes(tenant)) return fail('signin_tenant_not_allowed')
      issuing = { ...server.value, issuer: `${signIn.authority}/${tenant}/v2.0` }
    }
    const token = await oauth.processAuthorizationCodeResponse(issuing, client, response, {
      expectedNonce: secrets.nonce,
      requireIdToken: true,
    })
    await checkSignature(signIn, server.value, response)
    return accountOf(oauth.getValidatedIdTokenClaims(token), tenant, signIn.allowedTenants)
  } catch (error) {
    if (error instanceof oauth.ResponseBodyError)
      return fail('signin_refused', { ...shownOf(error), detail: 'token' })
    return fail(isOutage(error) ? 'signin_unavailable' : 'signin_invalid', { detail: (error as Error).name })
  }
}

/**
 * Which tenant an id_token says it is of, before anything of it is verified: it decides nothing but which of the
 * allowed issuers the token then has to be from. '' where it says none.
 */
async function tenantSaid(response: Response): Promise<string> {
  try {
    const { id_token: token } = (await response.json()) as { id_token?: unknown }
    return String(decodeJwt(String(token)).tid ?? '').toLowerCase()
  } catch {
    return ''
  }
}

/** oauth4webapi goes by the system's clock; ours is the one that is passed in. */
function clientOf({ clientId, now }: SignIn): oauth.Client {
  const skew = Math.round((now().getTime() - Date.now()) / 1000)
  return { client_id: clientId, [oauth.clockSkew]: skew, [oauth.clockTolerance]: 60 }
}

/**
 * The signature by the tenant's published keys. Keys rotate at any time (Microsoft identity platform, "Signing key
 * rollover"): where the kept ones lack the token's, they are read once more.
 */
async function checkSignature(
  { servers }: SignIn,
  server: oauth.AuthorizationServer,
  response: Response,
): Promise<void> {
  try {
    await oauth.validateApplicationLevelSignature(server, response, servers.request)
  } catch (error) {
    if (!(error instanceof oauth.OperationProcessingError) || error.code !== oauth.KEY_SELECTION) throw error
    // Kept keys belong to the object: a copy has none.
    await oauth.validateApplicationLevelSignature({ ...server }, response, servers.request)
  }
}

class AssertionUnavailable extends Error {
  override readonly name = 'AssertionUnavailable'
}

/** RFC 7523, section 2.2; Microsoft identity platform, "client assertion". */
function provenBy(assertion: Assertion): oauth.ClientAuth {
  return async (server, client, body) => {
    body.set('client_id', client.client_id)
    body.set('client_assertion_type', 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer')
    const made = await assertion(server.token_endpoint ?? '').catch(() => undefined)
    // What the managed identity's endpoint said is for its own log.
    if (made === undefined) throw new AssertionUnavailable('no client assertion')
    body.set('client_assertion', made)
  }
}

function shownOf(error: unknown): { shown?: Record<string, string> } {
  if (error instanceof oauth.ResponseBodyError || error instanceof oauth.AuthorizationResponseError) {
    const description = error.error_description?.split(/[\r\n]/)[0]?.slice(0, 300)
    return {
      shown: { error: error.error.slice(0, 100), ...(description ? { error_description: description } : {}) },
    }
  }
  return {}
}

/** No answer, or not in time; both are the other side's, and worth another try. */
function isOutage(error: unknown): boolean {
  if (error instanceof AssertionUnavailable) return true
  const { name, code } = error as { name?: string; code?: unknown }
  return (
    name === 'TimeoutError' || code === 'ECONNREFUSED' || (error instanceof TypeError && code === undefined)
  )
}
