import { isIP } from 'node:net'
import { OutboundError } from './outbound-error.ts'
import { addressRefusal, isHttpAllowed, type OutboundPolicy } from './outbound-policy.ts'

/**
 * Checks all that can be told from a URL alone. There is one parser, Node's own (WHATWG URL), and the connection is
 * made from what it returns: a notation it reads differently from a person (octal, full-width, backslashes, user
 * names) cannot be judged as one host and connected to as another.
 *
 * Ports: the scheme's own, or 1024 and above. EHRs do listen on 8443 and the like; below are services of other
 * protocols, which have no business here.
 * @throws OutboundError outbound_url, outbound_scheme, outbound_port, outbound_address
 */
export function checkUrl(policy: OutboundPolicy, input: string | URL): URL {
  const url = URL.parse(String(input))
  if (url === null) throw new OutboundError('outbound_url')
  const loopback = url.protocol === 'http:' && isHttpAllowed(policy, url.hostname)
  if (url.protocol !== 'https:' && !loopback)
    throw new OutboundError('outbound_scheme', url.hostname || undefined)
  // fetch refuses them too (Fetch standard, "new Request"): credentials do not belong in a URL.
  if (url.username !== '' || url.password !== '')
    throw new OutboundError('outbound_url', url.hostname, 'credentials')
  if (!loopback && url.port !== '' && Number(url.port) < 1024)
    throw new OutboundError('outbound_port', url.hostname, url.port)
  const literal = addressOf(url)
  if (isIP(literal) !== 0) {
    const reason = addressRefusal(policy, url.protocol, url.hostname, literal)
    if (reason !== undefined) throw new OutboundError('outbound_address', url.hostname, reason)
  }
  return url
}

/** The host without the brackets of an IPv6 literal, as sockets want it. */
export function addressOf(url: URL): string {
  return url.hostname.replace(/^\[|\]$/g, '')
}

/** The reverse: the host as in `URL.hostname`, which is what rules are keyed by. */
export function hostnameOf(host: string): string {
  return isIP(host) === 6 ? `[${host}]` : host
}
