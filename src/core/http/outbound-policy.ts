import { type Failure, ok } from '../result.ts'
import {
  type AddressRange,
  contains,
  isInside,
  isNever,
  isTooWide,
  neverRanges,
  parseRange,
} from './address-ranges.ts'
import { isForbidden, parseAddress } from './address-rules.ts'

/**
 * Where requests to addresses typed in by administrators or given by EHRs may go. Public addresses always; what `rules`
 * adds comes from the operator of the deployment alone, never from the portal.
 */
export type OutboundPolicy = {
  /** Host as in `URL.hostname` (IPv6 in brackets) -> ranges allowed for that host besides public addresses. */
  readonly rules: ReadonlyMap<string, readonly AddressRange[]>
  /**
   * Development only: localhost, 127.0.0.1 and [::1] may be spoken to by http, on any port, and for that answer with
   * a loopback address.
   */
  readonly allowHttpLoopback: boolean
}

/** Nothing but public addresses by https. */
export const PUBLIC_ONLY: OutboundPolicy = { rules: new Map(), allowHttpLoopback: false }

/** A failure that lists every problem of the setting, one sentence each. */
export type OutboundAllowFailure = Failure<'outbound_allow_invalid'> & {
  readonly problems: readonly string[]
}

export type OutboundPolicyResult =
  | { readonly ok: true; readonly value: OutboundPolicy }
  | { readonly ok: false; readonly failure: OutboundAllowFailure }

/**
 * Parses the operator's setting OUTBOUND_ALLOW: `host=range|range,host=range`, as in
 * `ehr.intern.example=10.20.0.0/16|10.21.0.7/32,localhost=127.0.0.0/8|::1/128`.
 * Hosts are exact (no wildcards, no ports); a host named twice gets the ranges of both.
 * @returns the policy, or `outbound_allow_invalid` with every problem of the setting at once
 */
export function parseOutboundPolicy(
  allow: string | undefined,
  options: { readonly allowHttpLoopback?: boolean } = {},
): OutboundPolicyResult {
  const problems: string[] = []
  const rules = new Map<string, readonly AddressRange[]>()
  for (const entry of (allow ?? '').split(',').map((part) => part.trim())) {
    if (entry === '') continue
    const equals = entry.indexOf('=')
    const host = equals < 0 ? undefined : hostOf(entry.slice(0, equals).trim())
    if (host === undefined) {
      problems.push(`"${entry}" does not read host=range|range, with a plain host name or address`)
      continue
    }
    const ranges = entry
      .slice(equals + 1)
      .split('|')
      .map((text) => rangeOf(text.trim(), host, problems))
    rules.set(host, [...(rules.get(host) ?? []), ...ranges.filter((range) => range !== undefined)])
  }
  if (problems.length > 0) {
    const failure = { code: 'outbound_allow_invalid', detail: problems.join('; '), problems } as const
    return { ok: false, failure }
  }
  return ok({ rules, allowHttpLoopback: options.allowHttpLoopback ?? false })
}

/** The host as the URL parser will write it, so that a rule and a URL cannot differ in notation. */
function hostOf(text: string): string | undefined {
  if (text === '' || /[/\\@?#*%\s]/.test(text) || /:\d*$/.test(text.replace(/^\[.*\]/, ''))) return undefined
  const url = URL.parse(`https://${text}/`)
  return url?.port === '' && url.pathname === '/' ? url.hostname : undefined
}

function rangeOf(text: string, host: string, problems: string[]): AddressRange | undefined {
  const range = parseRange(text)
  if (range === undefined) {
    problems.push(`${host}: "${text}" is not a range such as 10.20.0.0/16, 10.21.0.7/32 or fd12::/48`)
    return undefined
  }
  const never = neverRanges().find((one) => isInside(range, one))
  if (never !== undefined) {
    problems.push(
      `${host}: ${text} lies in ${never.text}, which can never be allowed (metadata or not one machine)`,
    )
    return undefined
  }
  if (isTooWide(range)) {
    problems.push(`${host}: ${text} is too wide; name a range of /8 (IPv4) or /7 (IPv6) at most`)
    return undefined
  }
  return range
}

const LOOPBACK_HOSTS: ReadonlySet<string> = new Set(['localhost', '127.0.0.1', '[::1]'])

/** Whether http may be used for a host. */
export function isHttpAllowed(policy: OutboundPolicy, host: string): boolean {
  return policy.allowHttpLoopback && LOOPBACK_HOSTS.has(host)
}

/**
 * Why a request for `host` (as in `URL.hostname`) may not go to an address, or undefined. Metadata addresses inside a
 * wider allowed range stay refused.
 */
export function addressRefusal(
  policy: OutboundPolicy,
  protocol: string,
  host: string,
  text: string,
): string | undefined {
  const address = parseAddress(text)
  const reason = isForbidden(text)
  if (address === undefined) return reason
  if (isNever(address)) return reason ?? 'never'
  // http is for this machine alone, whatever else localhost may resolve to.
  if (protocol !== 'https:') return reason === 'loopback' ? undefined : (reason ?? 'notLoopback')
  if (reason === undefined) return undefined
  return policy.rules.get(host)?.some((range) => contains(range, address)) ? undefined : reason
}
