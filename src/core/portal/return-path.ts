/**
 * Where the portal goes on after a sign-in: one of its own pages. Anything else, such as another host in any of the
 * spellings that browsers take for one, leads to the portal's first page (RFC 9700, section 4.11: open redirectors).
 */
export function returnPath(given: string | null | undefined): string {
  if (!given || given.length > 500 || /[\\\s\p{Cc}]/u.test(given)) return '/portal'
  if (!/^\/portal([/?]|$)/.test(given)) return '/portal'
  const url = new URL(given, 'https://own.invalid')
  const own = url.origin === 'https://own.invalid' && /^\/portal(\/|$)/.test(url.pathname)
  // Not back into the sign-in itself.
  return own && !/^\/portal\/sign/.test(url.pathname) ? `${url.pathname}${url.search}` : '/portal'
}
