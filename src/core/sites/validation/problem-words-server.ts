import type { UrlProblem } from './finding.ts'
import type { UrlWords } from './problem-words.ts'

/** Problems that the server's own answers show. */
export const serverWords = {
  url_too_large: {
    what: 'The answer of {shown} is far too large.',
    why: 'A FHIR server describes itself in less than two megabytes; this is something else.',
    next: 'Check that the address is that of a FHIR server.',
  },
  url_not_found: {
    what: 'There is no FHIR server at this address (status {shown}).',
    why: 'The host is there, the path is not. Often the part with the version, such as /r4/, is missing or misspelled.',
    next: 'Compare the path with your EHR team’s address.',
  },
  url_signed_in_only: {
    what: 'The server does not describe itself without a sign-in (status {shown}).',
    why: 'A FHIR server’s /metadata has to be public, so that applications can see what it speaks.',
    next: 'EHR team: open /metadata and /.well-known/smart-configuration, or give us the address where they are open.',
  },
  url_busy: {
    what: 'The server asks us to slow down (status {shown}).',
    why: 'It gets too many requests at this moment.',
    next: 'Wait a minute and try again.',
  },
  url_server_error: {
    what: 'The server reports a fault of its own (status {shown}).',
    why: 'It is being serviced, or out of order.',
    next: 'Try again later. If it stays, tell your EHR team.',
  },
  url_html: {
    what: 'A web page answers at this address, not a FHIR server.',
    why: 'It is the address of a portal, a sign-in page or documentation.',
    next: 'Ask your EHR team for the FHIR base URL: it is for programs, and shows nothing in a browser.',
  },
  url_not_json: {
    what: 'The server did not answer in JSON.',
    why: 'This connector reads FHIR in JSON; the server may speak XML only, or is none.',
    next: 'EHR team: switch JSON on, or check the address.',
  },
  url_not_fhir: {
    what: 'The server answers, but not as a FHIR server.',
    why: 'What is at /metadata is no CapabilityStatement.',
    next: 'Compare the path with your EHR team’s address.',
  },
  url_other_version: {
    what: 'This server speaks FHIR {shown}. The connector needs R4.',
    why: 'Appointments look different in other versions of FHIR.',
    next: 'Most EHRs offer R4 at an address of its own. Ask your EHR team for the R4 service root.',
  },
  smart_missing: {
    what: 'The server does not say how to sign in (no smart-configuration).',
    why: 'Without it there is no SMART on FHIR launch: neither /.well-known/smart-configuration nor the CapabilityStatement names the addresses.',
    next: 'EHR team: switch SMART on FHIR on for this domain.',
  },
  smart_unreadable: {
    what: 'The server’s smart-configuration cannot be used ({shown}).',
    why: 'A launch needs its sign-in addresses, all of them with https.',
    next: 'Show this line to your EHR team.',
  },
  smart_no_pkce: {
    what: 'The sign-in server does not support PKCE with S256.',
    why: 'Without it somebody who catches the answer of a sign-in could use it. SMART on FHIR asks for it.',
    next: 'EHR team: switch PKCE (code_challenge_methods_supported: S256) on.',
  },
  smart_no_auth_method: {
    what: 'The sign-in server accepts no way of proving itself that this connector has ({shown}).',
    why: 'It uses a signed key (private_key_jwt), a client secret (client_secret_basic), or none for public applications.',
    next: 'EHR team: allow private_key_jwt for this application.',
  },
  smart_no_code_grant: {
    what: 'The sign-in server does not offer the launch of an application by a clinician ({shown}).',
    why: 'A SMART launch needs the grant authorization_code.',
    next: 'Check that this is the address for clinicians, and ask your EHR team.',
  },
  smart_keys: {
    what: 'The EHR’s signing keys could not be loaded.',
    why: 'They prove who the clinician is. The server names {shown}, where no usable key is.',
    next: 'EHR team: make the address of jwks_uri public.',
  },
  appointment_missing: {
    what: 'This FHIR server has no appointments.',
    why: 'Its CapabilityStatement does not list the resource Appointment.',
    next: 'Check the address, and ask your EHR team whether scheduling is open to applications.',
  },
  appointment_search: {
    what: 'Appointments cannot be searched by place or clinician and day.',
    why: 'The day’s visits are found by searching location or practitioner together with date.',
    next: 'EHR team: allow the search parameters date and location for Appointment.',
  },
} as const satisfies Partial<Record<UrlProblem, UrlWords>>
