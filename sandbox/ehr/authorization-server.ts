import { randomBytes } from 'node:crypto'
import Provider, { type Configuration, errors, type KoaContextWithOIDC } from 'oidc-provider'
import type { EhrFaults, Now } from '../contracts.ts'
import type { EhrAddresses } from './addresses.ts'
import { createArtifacts } from './artifacts.ts'
import { checkClientAssertion } from './client-assertion.ts'
import type { Clients } from './clients.ts'
import type { LaunchContexts } from './launch-contexts.ts'
import { errorPage } from './oauth-errors.ts'
import { personaOf } from './persona.ts'
import { grantedScopes, supportedScopes } from './scopes.ts'
import type { SigningKeys } from './signing-keys.ts'

export type AuthorizationServerParts = {
  readonly addresses: EhrAddresses
  readonly clients: Clients
  readonly launches: LaunchContexts
  readonly keys: SigningKeys
  readonly faults: EhrFaults
  readonly now: Now
  /** Receives every code and token that is given out. */
  readonly issued: string[]
}

/** Seconds that things live: a code about a minute, an access token 570 as Oracle Health says in `expires_in`. */
export const LIFETIMES = {
  code: 60,
  accessToken: 570,
  refreshToken: 12 * 3600,
  grant: 14 * 24 * 3600,
} as const

/**
 * The SMART authorization server on `oidc-provider`: EHR launch, PKCE S256 and `state` required of every client, the
 * three ways of client authentication, client_credentials for the system account. The EHR's user is known from the
 * launch context, so no sign-in or consent page comes between and no cookie is needed.
 */
export function createAuthorizationServer(parts: AuthorizationServerParts): Provider {
  const provider = new Provider(parts.addresses.issuer, configuration(parts))
  provider.registerGrantType(
    'client_credentials',
    async (ctx) => {
      if (parts.faults.flaws.has('system_account')) {
        throw new errors.InvalidClient('the system account is not active')
      }
      const granted = granting(parts, ctx, String(ctx.oidc.params.scope ?? ''))
      const token = new provider.ClientCredentials({ client: ctx.oidc.client, scope: granted })
      ctx.body = {
        access_token: await token.save(),
        token_type: token.tokenType,
        expires_in: LIFETIMES.accessToken,
        scope: granted,
      }
    },
    ['scope'],
  )
  return provider
}

function configuration(parts: AuthorizationServerParts): Configuration {
  const { addresses, clients, keys, now } = parts
  return {
    adapter: createArtifacts(now, clients, parts.issued),
    jwks: { keys: [keys.firstPrivateJwk] } as NonNullable<Configuration['jwks']>,
    cookies: { keys: [randomBytes(32).toString('hex')] },
    routes: { authorization: addresses.authorizePath, token: addresses.tokenPath },
    scopes: supportedScopes(),
    responseTypes: ['code'],
    pkce: { required: () => true },
    clientAuthMethods: ['none', 'client_secret_basic', 'private_key_jwt'],
    enabledJWA: {
      clientAuthSigningAlgValues: ['RS384', 'ES384'],
      idTokenSigningAlgValues: ['RS256'],
    },
    extraParams: {
      aud: null,
      // Runs after client, redirect_uri and PKCE have passed, so that every refusal here is redirected.
      launch: (ctx: KoaContextWithOIDC) => admitLaunch(parts, ctx),
    },
    interactions: { policy: [] as never, url: () => '/' },
    // Whoever is unknown by now has no session to renew: `invalid_grant`.
    findAccount: (ctx, sub) =>
      parts.faults.fhirTokenRefused && ctx.oidc.params?.grant_type === 'refresh_token'
        ? undefined
        : { accountId: sub, claims: () => ({ sub }) },
    loadExistingGrant: (ctx) => grantOfLaunch(parts, ctx),
    expiresWithSession: () => false,
    issueRefreshToken: (_ctx, client, source) =>
      client.grantTypeAllowed('refresh_token') &&
      (source.scopes.has('online_access') || source.scopes.has('offline_access')),
    rotateRefreshToken: false,
    assertJwtClientAuthClaimsAndHeader: (_ctx, claims, header, client) =>
      checkClientAssertion(claims, header, {
        clientId: client.clientId,
        tokenEndpoint: `${addresses.origin}${addresses.tokenPath}`,
        now: now(),
      }),
    // The library refuses loopback addresses for a client's jwks_uri; here everything is on loopback.
    fetch: (input, init) => {
      const { dispatcher: _guard, ...plain } = (init ?? {}) as RequestInit & { dispatcher?: unknown }
      return fetch(input, plain)
    },
    renderError: (ctx, out) => {
      ctx.type = 'html'
      ctx.body = errorPage(out.error, out.error_description ?? '')
    },
    clientBasedCORS: () => true,
    ttl: {
      AuthorizationCode: LIFETIMES.code,
      AccessToken: LIFETIMES.accessToken,
      ClientCredentials: LIFETIMES.accessToken,
      RefreshToken: LIFETIMES.refreshToken,
      Grant: LIFETIMES.grant,
      IdToken: LIFETIMES.accessToken,
      Interaction: LIFETIMES.code,
      Session: LIFETIMES.code,
    },
    features: {
      clientCredentials: { enabled: true },
      devInteractions: { enabled: false },
      dPoP: { enabled: false },
      pushedAuthorizationRequests: { enabled: false },
      resourceIndicators: { enabled: false },
      rpInitiatedLogout: { enabled: false },
      userinfo: { enabled: false },
    },
  }
}

/** The scopes granted of a request; none at all is an error, as at Oracle Health. */
function granting(parts: AuthorizationServerParts, ctx: KoaContextWithOIDC, requested: string): string {
  const registered = parts.clients.find(ctx.oidc.client?.clientId ?? '')?.scope ?? ''
  const granted = grantedScopes(requested, registered, parts.faults.dropScopes)
  const system = ctx.oidc.params?.grant_type === 'client_credentials'
  const fitting = granted.filter((scope) => scope.startsWith('system/') === system)
  if (fitting.length === 0) throw new errors.InvalidScope('no requested scope can be granted', requested)
  return fitting.join(' ')
}

/** Checks what an EHR launch needs, narrows the scopes, and takes the EHR's user as signed in. */
function admitLaunch(parts: AuthorizationServerParts, ctx: KoaContextWithOIDC): void {
  const { faults, launches, addresses } = parts
  const params = ctx.oidc.params ?? {}
  if (faults.authorizeError !== undefined) {
    const error = faults.authorizeError
    faults.authorizeError = undefined
    throw new errors.CustomOIDCProviderError(error, 'The EHR refused this launch (simulated).')
  }
  if (!params.state) throw new errors.InvalidRequest('state is required')
  const launch = launches.find(params.launch as string | undefined)
  const persona = personaOf(ctx.req)
  if (params.aud !== (persona === 'patient' ? addresses.patientBaseUrl : addresses.fhirBaseUrl)) {
    throw new errors.InvalidRequest('aud must be the FHIR base URL of this EHR')
  }
  if (launch?.persona !== persona) throw new errors.InvalidRequest('launch is missing, unknown or expired')
  params.scope = granting(parts, ctx, String(params.scope ?? ''))
  ctx.oidc.session?.loginAccount({ accountId: launch.username, transient: true })
}

/** A grant of its own for each launch: revoking one (a code used twice) leaves the others alone. */
async function grantOfLaunch(parts: AuthorizationServerParts, ctx: KoaContextWithOIDC) {
  const { params, client, account, provider } = ctx.oidc
  const launch = parts.launches.find(params?.launch as string | undefined)
  if (!launch || !client || !account) return undefined
  const grant = new provider.Grant({ accountId: account.accountId, clientId: client.clientId })
  grant.addOIDCScope(String(params?.scope ?? ''))
  parts.launches.bind(await grant.save(), launch)
  return grant
}
