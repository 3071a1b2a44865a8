import { failed, type Outcome } from './line.ts'

/** Why nothing came from an address, by the code that the guarded fetch gives it: what, and what to do. */
const WORDS: Readonly<Record<string, readonly [what: string, remedy: string]>> = {
  outbound_scheme: ['is not at an https address', 'Ask the EHR team for the address that begins with https.'],
  outbound_port: ['is at a port that is not allowed', 'Ask the EHR team for the address without a port.'],
  outbound_address: [
    'is at a private address',
    'This service speaks to public addresses only. Whoever runs it can allow a private one (OUTBOUND_ALLOW).',
  ],
  outbound_dns: ['has a name that does not exist', 'Compare the address with what the EHR team gave you.'],
  outbound_refused: [
    'took no connection',
    'The EHR may be down, or its firewall lets nobody in. Ask the EHR team.',
  ],
  outbound_tls: [
    'has a certificate that cannot be trusted',
    'Ask the EHR team: the certificate has run out, is for another name, or is one that they made themselves.',
  ],
  outbound_redirect: [
    'leads on to another address',
    'Redirects are not followed. Ask the EHR team for the address that answers itself.',
  ],
  outbound_timeout: ['did not answer in time', 'Run the doctor again; if it stays so, ask the EHR team.'],
  outbound_too_large: [
    'sent far more than such a document has',
    'Compare the address with what the EHR team gave you.',
  ],
}

/** A line about an address that gave no answer. @param why of `getDocument`: names and codes only. */
export function silenceOf(why: string, who: string): Outcome {
  const code = /outbound_\w+/.exec(why)?.[0] ?? 'no_answer'
  const [what, remedy] = WORDS[code] ?? [
    'gave no answer',
    'Run the doctor again; if it stays so, ask the EHR team.',
  ]
  return failed(code, `${who} ${what}.`, remedy)
}
