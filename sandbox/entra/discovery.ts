import { fail, ok, type Result } from '../../src/core/result.ts'
import { type Context, issuerOf } from './context.ts'
import { scopeOf } from './directory.ts'
import type { RefusalId } from './refusals.ts'

/**
 * The OpenID provider metadata of a tenant, of `organizations` or of `common`.
 *
 * As with Entra, the shared documents name the issuer by the pattern `{tenantid}`: a verifier puts the token's own
 * tenant in. Also as with Entra, PKCE is supported without being advertised.
 * (OpenID Connect on the Microsoft identity platform, "Fetch the OpenID configuration document".)
 */
export function metadata(context: Context, segment: string): Result<Record<string, unknown>, RefusalId> {
  const scope = scopeOf(context.tenants, segment)
  if (!scope) return fail('tenant_unknown', { shown: { tenant: segment } })
  const path = scope.kind === 'one' ? scope.tenant.id : scope.segment
  const issuerTenant = scope.kind === 'one' ? scope.tenant.id : '{tenantid}'
  return ok({
    issuer: issuerOf(context, issuerTenant),
    authorization_endpoint: `${context.signInUrl}/${path}/oauth2/v2.0/authorize`,
    token_endpoint: `${context.authority}/${path}/oauth2/v2.0/token`,
    end_session_endpoint: `${context.signInUrl}/${path}/oauth2/v2.0/logout`,
    jwks_uri: `${context.authority}/${path}/discovery/v2.0/keys`,
    token_endpoint_auth_methods_supported: ['private_key_jwt'],
    response_modes_supported: ['query', 'fragment', 'form_post'],
    response_types_supported: ['code'],
    scopes_supported: ['openid', 'profile', 'email'],
    subject_types_supported: ['pairwise'],
    id_token_signing_alg_values_supported: ['RS256'],
    request_uri_parameter_supported: false,
    http_logout_supported: true,
    claims_supported: [
      'sub',
      'iss',
      'aud',
      'exp',
      'iat',
      'nonce',
      'name',
      'preferred_username',
      'oid',
      'tid',
      'ver',
    ],
    tenant_region_scope: null,
    cloud_instance_name: 'localhost',
  })
}

/** The published signing keys; each names its issuer, as Entra's do. */
export function publishedKeys(context: Context, segment: string): Result<{ keys: unknown[] }, RefusalId> {
  const scope = scopeOf(context.tenants, segment)
  if (!scope) return fail('tenant_unknown', { shown: { tenant: segment } })
  const issuer = issuerOf(context, scope.kind === 'one' ? scope.tenant.id : '{tenantid}')
  return ok({ keys: context.keys.published().map((key) => ({ ...key, issuer })) })
}
