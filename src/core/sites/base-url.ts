/**
 * The one spelling under which a FHIR base URL (or an endpoint) is compared. What RFC 3986 §6.2 calls equivalent is the
 * same: case of the host, default port, dot segments, percent-encoding of characters that need none; so is what servers
 * treat alike: a trailing slash, doubled slashes, a trailing dot of the host. The path's case counts. Query and fragment
 * name no server and are left out.
 */
export function normalizedBase(url: string): string {
  const { protocol, hostname, port, pathname } = new URL(url)
  const host = hostname.replace(/\.+$/, '')
  const path = plainly(pathname)
    .replace(/\/{2,}/g, '/')
    .replace(/\/$/, '')
  return `${protocol}//${host}${port && `:${port}`}${path}`
}

/** A base as an EHR would name itself: absolute, without credentials, query or fragment. */
export function isBaseUrl(url: string): boolean {
  if (url.length > 2_000 || /[?#]/.test(url) || !URL.canParse(url)) return false
  const { username, password, protocol } = new URL(url)
  return !username && !password && /^https?:$/.test(protocol)
}

const GUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/

/**
 * The EHR's own tenant id, where the base ends with one (Oracle Health: `https://{host}/r4/{GUID}`): testing and
 * production of one EHR customer differ in the host alone.
 */
export function ehrTenantOf(url: string): string | undefined {
  const last = normalizedBase(url).split('/').at(-1)?.toLowerCase()
  return last !== undefined && GUID.test(last) ? last : undefined
}

/** RFC 3986 §6.2.2: unreserved characters stand for themselves; the hex digits of others are upper case. */
function plainly(path: string): string {
  return path.replace(/%[0-9a-f]{2}/gi, (hex) => {
    const character = String.fromCharCode(Number.parseInt(hex.slice(1), 16))
    return /[A-Za-z0-9._~-]/.test(character) ? character : hex.toUpperCase()
  })
}
