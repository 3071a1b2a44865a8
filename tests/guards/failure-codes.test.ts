import { readFileSync } from 'node:fs'
import { glob } from 'node:fs/promises'
import { describe, expect, test } from 'vitest'
import { failureCodes } from '../../src/core/failures.ts'

/** Codes that end in a log line, in a row's `reason` or on a terminal, and never become the failure of a page. */
const INTERNAL: Readonly<Record<string, readonly string[]>> = {
  'a row was there, gone or changed: its caller looks again': ['row_conflict', 'row_changed', 'row_missing'],
  'a value of ours did not open: told by what it was (a state, a session, a link)': ['seal_invalid'],
  'settings: the start stops and names them all': ['settings_invalid', 'outbound_allow_invalid'],
  'messages and events: dropped or set aside, with a log line': [
    'message_invalid',
    'event_invalid',
    'department_unknown',
    'notification_forged',
    'notification_invalid',
    'notification_undecipherable',
  ],
  'the guarded fetch: its callers tell their own failure': [
    'outbound_aborted',
    'outbound_address',
    'outbound_broken',
    'outbound_dns',
    'outbound_encoding',
    'outbound_not_ready',
    'outbound_port',
    'outbound_redirect',
    'outbound_refused',
    'outbound_scheme',
    'outbound_timeout',
    'outbound_tls',
    'outbound_too_large',
    'outbound_url',
  ],
  'why a notice was not sent: kept in its row, worded on the clinician’s page by notice-words': [
    'appointment_gone',
    'changed_since',
    'deadline_passed',
    'guardian_missing',
    'minor_nobody',
    'later_reminder',
    'patient_deceased',
    'patient_gone',
    'phone_country',
    'phone_invalid',
    'phone_missing',
    'reminders_unwanted',
    'email_missing',
    'email_not_asked',
    'email_outcome_unknown',
    'email_refused',
    'email_throttled',
    'sms_not_asked',
    'sms_outcome_unknown',
    'sms_recipient_refused',
    'sms_request_refused',
    'sms_throttled',
    'superseded',
    'visit_gone',
    'visit_over',
  ],
  'why a push was refused: an OperationOutcome for its sender (pushes/operation-outcome.ts), a code for our log':
    [
      'push_bad_reference',
      'push_empty',
      'push_foreign_server',
      'push_media_type',
      'push_no_id',
      'push_not_fhir',
      'push_not_json',
      'push_not_reading',
      'push_old_fhir',
      'push_old_media_type',
      'push_site_unknown',
      'push_throttled',
      'push_token_algorithm',
      'push_token_audience',
      'push_token_expired',
      'push_token_issuer',
      'push_token_key',
      'push_token_malformed',
      'push_token_missing',
      'push_token_signature',
      'push_token_too_early',
      'push_token_too_long',
      'push_too_large',
      'push_too_many',
      'push_unauthorized',
    ],
  'keys that are pasted: told beside the field by sites/settings/push.ts': [
    'push_keys_none',
    'push_keys_not_json',
    'push_keys_private',
    'push_keys_same_kid',
    'push_keys_too_many',
    'push_keys_unsuitable',
  ],
  'why a link was not sent: worded beside the form by functions/send-link.ts': [
    'link_busy',
    'link_email_invalid',
    'link_email_missing',
    'link_emails_unset',
    'link_number_cap',
    'link_opted_out',
    'link_patient_gone',
    'link_phone_country',
    'link_phone_invalid',
    'link_phone_missing',
    'link_refused',
    'link_taken_back',
    'link_tenant_cap',
    'link_texts_unset',
    'link_too_many',
  ],
  'why something was not written into the EHR: kept in the visit’s row': ['write_back_link_too_long'],
  'a site’s own words for its texts: told beside the field': [
    'wording_empty',
    'wording_link',
    'wording_placeholder',
    'wording_too_long',
    'wording_when',
  ],
  'a patient’s wish behind a link: told on that page': ['texts_unreadable'],
  'numbers that are bought: kept in the order, worded on its page by order-words': [
    'numbers_billing_down',
    'numbers_conflict',
    'numbers_denied',
    'numbers_gone',
    'numbers_no_answer',
    'numbers_no_credit',
    'numbers_no_wallet',
    'numbers_not_allowed',
    'numbers_not_asked',
    'numbers_out_of_stock',
    'numbers_provisioning_failed',
    'numbers_purchase_failed',
    'numbers_purchase_quota',
    'numbers_refused',
    'numbers_reservation_expired',
    'numbers_search_quota',
    'numbers_throttled',
    'numbers_unavailable',
    'order_open',
    'sender_taken',
  ],
  'saving a site: told to whoever adds it': [
    'name_taken',
    'site_client_taken',
    'site_id_taken',
    'site_url_taken',
  ],
}

const internal = Object.values(INTERNAL).flat()

describe('every failure has words, and every word a failure', () => {
  test('a code that a page may meet has words', async () => {
    const known = new Set<string>([...failureCodes, ...internal])
    expect([...(await codesInSource())].filter((code) => !known.has(code)).sort()).toEqual([])
  })

  test('no words stand for a failure that cannot happen', async () => {
    const made = await codesMade()
    expect(failureCodes.filter((code) => !made.has(code))).toEqual([])
  })

  test('the list of internal codes names none that is worded or gone', async () => {
    const inSource = await codesInSource()
    expect(internal.filter((code) => !inSource.has(code))).toEqual([])
    expect(internal.filter((code) => (failureCodes as string[]).includes(code))).toEqual([])
    expect(new Set(internal).size).toBe(internal.length)
  })

  test('the search sees the ways in which a code is written', () => {
    const text = [
      "return fail('plain')",
      'return fail(',
      "  'wrapped',",
      "fail(code ? 'this_one' : 'that_one', { detail })",
      'export type SomeFailure =',
      '  /** Why. */',
      "  | 'first_of_type'",
      "  | 'second_of_type'",
      '  | OtherFailure',
      '',
      "type OneCode = 'single' | 'pair'",
      '',
      "function save(): Result<Row<'sites'>, 'in_result'> {",
    ].join('\n')
    const expected = ['plain', 'wrapped', 'this_one', 'that_one', 'first_of_type', 'second_of_type', 'single']
    expect(codesOf(text)).toEqual(new Set([...expected, 'pair', 'in_result']))
  })
})

const CODE = /'([a-z][a-z0-9]*(?:_[a-z0-9]+)*)'/g

/** Codes in `fail(…)`, in types named …Failure or …Code, and in what a Result is declared to fail with. */
function codesOf(text: string): Set<string> {
  const places = [
    ...text.matchAll(/\bfail\(\s*(?:'[^']*'|[^()',]*\?[^()]*)/g),
    ...text.matchAll(/\btype \w*(?:Failure|Code) =[\s\S]*?(?=\n\n|\n(?=\S)|$)/g),
    ...text.matchAll(/\bResult<.*?, ('[^']*'(?: \| '[^']*')*)>/g),
  ]
  return new Set(
    places.flatMap(([place, codes = place]) => [...codes.matchAll(CODE)].map(([, code = '']) => code)),
  )
}

async function codesInSource(): Promise<Set<string>> {
  const codes = new Set<string>()
  for (const text of await sources()) for (const code of codesOf(text)) codes.add(code)
  return codes
}

/** Every quoted code of the source outside of types and of the words themselves. */
async function codesMade(): Promise<Set<string>> {
  const codes = new Set<string>()
  for (const text of await sources()) {
    const values = text.replace(/^ *\| '[^']*'$/gm, '').replace(/\btype \w+ =[^\n]*/g, '')
    for (const [, code = ''] of values.matchAll(CODE)) codes.add(code)
  }
  return codes
}

async function sources(): Promise<string[]> {
  const root = new URL('../../src/', import.meta.url)
  const texts: string[] = []
  for await (const file of glob('{core,functions}/**/*.ts', { cwd: root }))
    if (!/failures\/|failure-words/.test(file)) texts.push(readFileSync(new URL(file, root), 'utf8'))
  return texts
}
