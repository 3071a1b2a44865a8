import type { RpcCookie } from './core-api.ts'

/**
 * A cookie of the response as ASP.NET Core's `Response.Cookies.Append` writes it: the value percent-encoded, path `/`
 * where none is given, attributes in its order.
 */
export function formatCookie(cookie: RpcCookie): string {
  const attributes = [`${cookie.name}=${encode(cookie.value)}`]
  const expires = cookie.expires && timestamp(cookie.expires.value)
  if (expires) attributes.push(`expires=${expires.toUTCString()}`)
  if (cookie.maxAge) attributes.push(`max-age=${Math.trunc(cookie.maxAge.value)}`)
  if (cookie.domain?.value) attributes.push(`domain=${cookie.domain.value}`)
  attributes.push(`path=${cookie.path?.value ?? '/'}`)
  if (cookie.secure?.value) attributes.push('secure')
  // The library sends "none" for an absent SameSite and "explicitNone" for None.
  if (cookie.sameSite && cookie.sameSite !== 'none') {
    attributes.push(`samesite=${cookie.sameSite === 'explicitNone' ? 'none' : cookie.sameSite}`)
  }
  if (cookie.httpOnly?.value) attributes.push('httponly')
  return attributes.join('; ')
}

/** Uri.EscapeDataString: everything but the unreserved characters of RFC 3986. */
function encode(value: string): string {
  return encodeURIComponent(value).replace(
    /[!'()*]/g,
    (c) => `%${c.charCodeAt(0).toString(16).toUpperCase()}`,
  )
}

/** A protobuf timestamp: `{ seconds, nanos }`, or a Date. */
function timestamp(value: unknown): Date | undefined {
  if (value instanceof Date) return value
  if (typeof value !== 'object' || value === null || !('seconds' in value)) return undefined
  return new Date(Number(value.seconds) * 1000)
}
