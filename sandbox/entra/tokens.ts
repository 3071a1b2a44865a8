import { createHash, randomBytes } from 'node:crypto'
import type { EntraTenant } from '../contracts.ts'
import type { Grant } from './codes.ts'
import { type Context, issuerOf, seconds } from './context.ts'
import type { Member } from './directory.ts'

/** Lifetime that Entra reports for most tokens, in seconds. */
export const LIFETIME = 3599

export const GRAPH = 'https://graph.microsoft.com'
export const COMMUNICATION = 'https://communication.azure.com'

/**
 * The id_token of a sign-in (ID token claims reference). As with Entra, `name`, `preferred_username` and `oid` come
 * with the scope `profile` only, `email` with `email`, and `roles` only when there are any.
 */
export function idToken(context: Context, grant: Grant, { tenant, user }: Member): Promise<string> {
  const asked = new Set(grant.scope.split(' '))
  return context.keys.sign({
    ver: '2.0',
    ...lifetime(context),
    iss: issuerOf(context, tenant.id),
    aud: grant.clientId,
    sub: pairwise(tenant.id, user.id, grant.clientId),
    tid: tenant.id,
    sid: grant.sessionId,
    wids: [...user.wids],
    ...(grant.nonce !== undefined && { nonce: grant.nonce }),
    ...(user.appRoles.length > 0 && { roles: [...user.appRoles] }),
    ...(asked.has('profile') && {
      oid: user.id,
      name: user.displayName,
      preferred_username: user.upn,
    }),
    ...(asked.has('email') && { email: user.mail }),
  })
}

/** The access token that comes with a sign-in: for Graph, carrying the delegated scopes and no application role. */
export function userToken(context: Context, grant: Grant, { tenant, user }: Member): Promise<string> {
  return context.keys.sign({
    ver: '1.0',
    ...lifetime(context),
    iss: issuerOf(context, tenant.id),
    aud: GRAPH,
    appid: grant.clientId,
    azp: grant.clientId,
    idtyp: 'user',
    oid: user.id,
    sub: pairwise(tenant.id, user.id, GRAPH),
    tid: tenant.id,
    scp: grant.scope,
  })
}

/**
 * An application's own access token. `roles` are the application permissions consented to in the tenant; the claim is
 * left out when there are none, as Entra does, so that Graph answers 403 rather than Entra refusing.
 */
export function applicationToken(
  context: Context,
  tenant: EntraTenant,
  clientId: string,
  audience: string,
): Promise<string> {
  const principal = principalId(tenant.id, clientId)
  const roles = audience === GRAPH ? [...tenant.consented] : []
  return context.keys.sign({
    ver: '1.0',
    ...lifetime(context),
    iss: issuerOf(context, tenant.id),
    aud: audience,
    appid: clientId,
    azp: clientId,
    idtyp: 'app',
    oid: principal,
    sub: principal,
    tid: tenant.id,
    ...(roles.length > 0 && { roles }),
  })
}

function lifetime(context: Context) {
  const iat = seconds(context.now)
  return { iat, nbf: iat, exp: iat + LIFETIME, uti: randomBytes(16).toString('base64url') }
}

/** `sub` differs from one application to the next and stays the same within one. */
function pairwise(tenantId: string, userId: string, audience: string): string {
  return createHash('sha256').update(`${tenantId}/${userId}/${audience}`).digest('base64url')
}

/** Object id of an application's service principal in a tenant: a GUID that is the same after every start. */
function principalId(tenantId: string, clientId: string): string {
  const hex = createHash('sha256').update(`${tenantId}/${clientId}`).digest('hex')
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20, 32)}`
}
