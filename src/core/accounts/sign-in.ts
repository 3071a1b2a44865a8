import * as oauth from 'oauth4webapi'
import { z } from 'zod'
import { fail, ok, type Result } from '../result.ts'
import type { Assertion } from './assertion.ts'

export type SignInFailure =
  | 'signin_unavailable'
  | 'signin_refused'
  | 'signin_invalid'
  | 'signin_foreign_tenant'
  | 'signin_tenant_not_allowed'

/** A Microsoft 365 user as a verified id_token names them. */
export type Account = {
  readonly tenantId: string
  readonly userId: string
  readonly upn: string
  readonly name: string
  /** Template ids of directory roles. */
  readonly directoryRoles: readonly string[]
  readonly appRoles: readonly string[]
}

const claims = z.object({
  tid: z.string(),
  oid: z.string(),
  preferred_username: z.string().default(''),
  name: z.string().default(''),
  wids: z.array(z.string()).default([]),
  roles: z.array(z.string()).default([]),
})

export type SignIn = {
  readonly authority: string
  readonly clientId: string
  readonly assertion: Assertion
  readonly redirectUri: string
  readonly allowedTenants: readonly string[]
}

export type SignInSecrets = { readonly codeVerifier: string; readonly nonce: string }

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
  const server = await discover(signIn, tenantId)
  if (!server.ok) return server
  const url = new URL(server.value.authorization_endpoint ?? '')
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

/** Exchanges the code and verifies the id_token; the tenant is the one that was asked for, and is allowed here. */
export async function finishSignIn(
  signIn: SignIn,
  tenantId: string,
  query: URLSearchParams,
  secrets: SignInSecrets,
): Promise<Result<Account, SignInFailure>> {
  const server = await discover(signIn, tenantId)
  if (!server.ok) return server
  const client: oauth.Client = { client_id: signIn.clientId }
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
    )
    const token = await oauth.processAuthorizationCodeResponse(server.value, client, response, {
      expectedNonce: secrets.nonce,
      requireIdToken: true,
    })
    await oauth.validateApplicationLevelSignature(server.value, response)
    return accountOf(oauth.getValidatedIdTokenClaims(token), tenantId, signIn.allowedTenants)
  } catch (error) {
    if (error instanceof oauth.ResponseBodyError)
      return fail('signin_refused', { ...shownOf(error), detail: 'token' })
    return fail(isNetwork(error) ? 'signin_unavailable' : 'signin_invalid', { detail: (error as Error).name })
  }
}

/** Which tenant somebody is of comes from the verified token alone. Pure. */
export function accountOf(
  from: unknown,
  tenantId: string,
  allowedTenants: readonly string[],
): Result<Account, SignInFailure> {
  const parsed = claims.safeParse(from)
  if (!parsed.success) return fail('signin_invalid', { detail: 'claims' })
  const { tid, oid, preferred_username, name, wids, roles } = parsed.data
  if (tid !== tenantId) return fail('signin_foreign_tenant')
  if (!allowedTenants.includes(tid)) return fail('signin_tenant_not_allowed')
  return ok({
    tenantId: tid,
    userId: oid,
    upn: preferred_username,
    name,
    directoryRoles: wids,
    appRoles: roles,
  })
}

const servers = new Map<string, oauth.AuthorizationServer>()

async function discover(
  signIn: SignIn,
  tenantId: string,
): Promise<Result<oauth.AuthorizationServer, SignInFailure>> {
  const issuer = new URL(`${signIn.authority}/${tenantId}/v2.0`)
  const known = servers.get(issuer.href)
  if (known) return ok(known)
  try {
    const found = await oauth.processDiscoveryResponse(issuer, await oauth.discoveryRequest(issuer))
    servers.set(issuer.href, found)
    return ok(found)
  } catch (error) {
    return fail('signin_unavailable', { detail: (error as Error).name })
  }
}

/** RFC 7523, section 2.2; Microsoft identity platform, "client assertion". */
function provenBy(assertion: Assertion): oauth.ClientAuth {
  return async (server, client, body) => {
    body.set('client_id', client.client_id)
    body.set('client_assertion_type', 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer')
    body.set('client_assertion', await assertion(server.token_endpoint ?? ''))
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

function isNetwork(error: unknown): boolean {
  return error instanceof TypeError && error.message.includes('fetch')
}
