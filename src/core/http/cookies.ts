/** A cookie to set, as the functions' response wants it (several Set-Cookie headers only work that way). */
export type Cookie = {
  readonly name: string
  readonly value: string
  readonly path: string
  readonly maxAge: number
  readonly httpOnly: true
  readonly secure: true
  readonly sameSite: 'Lax' | 'Strict'
}

/** Binds every launch and sign-in that a browser started to that browser. `__Host-`: RFC 6265bis section 4.1.3.2. */
export const BROWSER_COOKIE = '__Host-browser'

export function readCookies(header: string | undefined | null): ReadonlyMap<string, string> {
  const cookies = new Map<string, string>()
  for (const part of (header ?? '').split(';')) {
    const at = part.indexOf('=')
    if (at > 0 && !cookies.has(part.slice(0, at).trim()))
      cookies.set(part.slice(0, at).trim(), part.slice(at + 1).trim())
  }
  return cookies
}

/** @param maxAge seconds; 0 removes the cookie. */
export function cookie(name: string, value: string, path: string, maxAge: number): Cookie {
  // Lax: the cookie must come along when the EHR or Microsoft sends the browser back to us.
  return { name, value, path, maxAge, httpOnly: true, secure: true, sameSite: 'Lax' }
}
