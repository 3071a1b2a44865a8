/** Schemes that a page may link to. `msteams:` opens the Teams app. */
const SCHEMES = new Set(['https:', 'http:', 'msteams:', 'tel:'])

/**
 * An address that may stand in `href` or `action`: a path of this host, or an absolute address with an allowed scheme.
 * Anything else (`javascript:`, `data:`, a scheme-relative `//host`) gives undefined, so the attribute is left out.
 */
export function safeHref(address: string | undefined): string | undefined {
  if (address === undefined) return undefined
  if (address === '' || /^[/?#](?![/\\])/.test(address)) return address
  return URL.canParse(address) && SCHEMES.has(new URL(address).protocol) ? address : undefined
}

/**
 * A `tel:` address (RFC 3966) of a phone number as people write it. With `code`, the phone dials it after two pauses,
 * as a conference id is entered.
 */
export function telHref(number: string, code?: string): string {
  const digits = (text: string) => text.replace(/[^0-9]/g, '')
  const plus = number.trim().startsWith('+') ? '+' : ''
  return `tel:${plus}${digits(number)}${code === undefined ? '' : `,,${digits(code)}%23`}`
}
