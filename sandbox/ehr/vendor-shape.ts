import type Provider from 'oidc-provider'
import type { KoaContextWithOIDC } from 'oidc-provider'
import type { LaunchContexts } from './launch-contexts.ts'
import { errorUri } from './oauth-errors.ts'
import { cernerTokenResponse, type TokenResponseParts } from './token-response.ts'

export type VendorShapeParts = TokenResponseParts & { readonly launches: LaunchContexts }

type Body = Record<string, unknown>

function isObject(value: unknown): value is Body {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/**
 * Puts the vendor's shape over the library's answers: `error_uri` on errors, no `iss` in the authorization response
 * (Oracle Health does not speak RFC 9207), the token response's own fields, and no cookies.
 */
export function applyVendorShape(provider: Provider, parts: VendorShapeParts): void {
  const { addresses } = parts
  let serial = 0
  const uri = (stage: 'grant' | 'token', error: string): string => {
    serial += 1
    return errorUri(addresses, stage, error, serial)
  }

  provider.use(async (ctx, next) => {
    await next()
    ctx.res.removeHeader('set-cookie')
    const location = ctx.response.get('location')
    if (location) {
      ctx.set('location', vendorLocation(location, uri))
      ctx.body = ''
    }
    if (ctx.path !== addresses.tokenPath || !isObject(ctx.body)) return
    const body: Body = ctx.body
    if (typeof body.error === 'string') {
      ctx.body = { ...body, error_uri: uri('token', body.error) }
      return
    }
    const { AuthorizationCode, RefreshToken } = (ctx as KoaContextWithOIDC).oidc.entities
    const grant = (AuthorizationCode ?? RefreshToken)?.grantId
    const context = parts.launches.ofGrant(grant)
    if (context) ctx.body = await cernerTokenResponse(parts, body, context, AuthorizationCode === undefined)
  })
}

function vendorLocation(location: string, uri: (stage: 'grant', error: string) => string): string {
  const target = URL.parse(location)
  if (!target) return location
  target.searchParams.delete('iss')
  const error = target.searchParams.get('error')
  if (error) target.searchParams.set('error_uri', uri('grant', error))
  return target.href
}
