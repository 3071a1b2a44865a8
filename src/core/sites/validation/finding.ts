import type { OutboundCode } from '../../http/outbound-error.ts'

/** Why a FHIR base URL cannot be used. Each has its own words (problem-words.ts). */
export type UrlProblem =
  | 'url_missing'
  | 'url_malformed'
  | 'url_credentials'
  | 'url_not_https'
  | 'url_port'
  | 'url_duplicate'
  | 'url_of_other_organization'
  | 'url_address'
  | 'url_unknown_host'
  | 'url_no_connection'
  | 'url_certificate'
  | 'url_broken'
  | 'url_redirect'
  | 'url_slow'
  | 'url_too_large'
  | 'url_not_found'
  | 'url_signed_in_only'
  | 'url_busy'
  | 'url_server_error'
  | 'url_html'
  | 'url_not_json'
  | 'url_not_fhir'
  | 'url_other_version'
  | 'smart_missing'
  | 'smart_unreadable'
  | 'smart_no_pkce'
  | 'smart_no_auth_method'
  | 'smart_no_code_grant'
  | 'smart_keys'
  | 'appointment_missing'
  | 'appointment_search'

/** What does not stand in the way of the URL, but an administrator has to know. */
export type UrlNote =
  /** Found only by the older way, which has to be allowed at the site. */
  | 'smart_only_capability'
  | 'no_key_auth'
  | 'no_system_account'
  | 'no_launch_capability'
  | 'no_keys_named'
  | 'no_search_by_location'
  /** The server is for patients: clinicians launch from another base. */
  | 'patient_base'
  | 'r4b'

export type Told<Code extends string> = {
  readonly code: Code
  /** Plain words from outside, shown escaped: a version, a status, a host. */
  readonly shown?: string | undefined
}

/** The checks in the order in which they are made; an address that fails one is not asked further. */
export const URL_CHECKS = [
  'address',
  'reachable',
  'fhir',
  'appointments',
  'smart',
  'sign_in',
  'keys',
] as const
export type UrlCheck = (typeof URL_CHECKS)[number]

const OF_OUTBOUND: Readonly<Record<OutboundCode, UrlProblem>> = {
  outbound_url: 'url_malformed',
  outbound_scheme: 'url_not_https',
  outbound_port: 'url_port',
  outbound_address: 'url_address',
  outbound_dns: 'url_unknown_host',
  outbound_refused: 'url_no_connection',
  outbound_tls: 'url_certificate',
  outbound_broken: 'url_broken',
  outbound_redirect: 'url_redirect',
  outbound_timeout: 'url_slow',
  outbound_too_large: 'url_too_large',
  outbound_encoding: 'url_broken',
  outbound_aborted: 'url_slow',
  outbound_not_ready: 'url_broken',
}

export function problemOfOutbound(code: OutboundCode): UrlProblem {
  return OF_OUTBOUND[code]
}
