import type { Told, UrlProblem } from './finding.ts'
import { serverWords } from './problem-words-server.ts'

/** `{shown}` stands for what the server, or the address itself, said. */
export type UrlWords = { readonly what: string; readonly why: string; readonly next: string }

const addressWords = {
  url_missing: {
    what: 'Enter the FHIR base URL.',
    why: 'Without it there is no EHR to connect.',
    next: 'Ask your EHR team for the FHIR R4 service root of your domain.',
  },
  url_malformed: {
    what: 'This is not a web address.',
    why: 'A FHIR base URL begins with https:// and has no spaces.',
    next: 'Copy the address from your EHR team’s message, from https:// to its end.',
  },
  url_credentials: {
    what: 'The address carries a user name or password.',
    why: 'Secrets do not belong in an address: it is shown and logged.',
    next: 'Leave out what stands between https:// and @.',
  },
  url_not_https: {
    what: 'The address has to begin with https://.',
    why: 'Patient data is read from it, and without https it would travel readable.',
    next: 'Try the same address with https://, or ask your EHR team for the one with encryption.',
  },
  url_port: {
    what: 'The address names a port that is not for web servers.',
    why: 'Only https’ own port, and ports from 1024 on, are used for EHRs.',
    next: 'Check the number behind the colon.',
  },
  url_duplicate: {
    what: 'This FHIR base URL is in your list already.',
    why: 'One FHIR base URL is one site: a launch from it must lead to one configuration.',
    next: 'Edit the site that is there, or enter another address.',
  },
  url_of_other_organization: {
    what: 'This FHIR base URL belongs to another organization of this deployment.',
    why: 'A launch from it must lead to one organization only.',
    next: 'Check the address. If it is yours, tell whoever runs this deployment.',
  },
  url_address: {
    what: 'This address is not on the public internet. Nothing was asked of it.',
    why: 'It is, or its name leads to, a private or reserved network address, and this service does not connect to those.',
    next: 'Enter the EHR’s public address. For an EHR in your own network, whoever runs this deployment can allow it (OUTBOUND_ALLOW).',
  },
  url_unknown_host: {
    what: 'There is no server by the name {shown}.',
    why: 'The name does not exist in DNS: most often a typing mistake.',
    next: 'Compare the name letter by letter with your EHR team’s.',
  },
  url_no_connection: {
    what: 'The server {shown} does not accept connections.',
    why: 'It is switched off, or a firewall keeps this service out.',
    next: 'Ask your EHR team whether it is up, and whether it may be reached from this deployment.',
  },
  url_certificate: {
    what: 'The certificate of {shown} could not be verified.',
    why: 'It is self-signed, has run out, or was made for another name. Nothing was sent to it.',
    next: 'EHR team: install a certificate of a public authority. It is never right to skip this check.',
  },
  url_broken: {
    what: 'The answer of {shown} broke off or could not be decoded.',
    why: 'Something between this service and the EHR interferes, or the server is faulty.',
    next: 'Try again in a minute. If it stays, show this to your EHR team.',
  },
  url_redirect: {
    what: 'The server {shown} sends us on to another address.',
    why: 'A redirect is not followed: the address in the list must be the EHR’s own, or somebody could send us elsewhere.',
    next: 'Open the address in a browser, see where it ends, and ask your EHR team which one is the FHIR base URL.',
  },
  url_slow: {
    what: 'The server {shown} did not answer in time.',
    why: 'It took longer than ten seconds. A clinician would wait as long at every launch.',
    next: 'Try again. If it stays slow, tell your EHR team.',
  },
} as const satisfies Partial<Record<UrlProblem, UrlWords>>

const words: Readonly<Record<UrlProblem, UrlWords>> = { ...addressWords, ...serverWords }

/** What a person reads of a problem: what is the matter, why, and what to do. */
export function problemWords({ code, shown }: Told<UrlProblem>): UrlWords {
  const { what, why, next } = words[code]
  const filled = (text: string) => text.replaceAll('{shown}', () => shown ?? 'the server')
  return { what: filled(what), why: filled(why), next: filled(next) }
}
