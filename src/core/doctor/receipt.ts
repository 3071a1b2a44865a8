import { failed, type Line, type Outcome, pass, warn } from './line.ts'

const STOPPED =
  'Texts to this phone were stopped with STOP. Answer START to the sender, then run the doctor again.'

/** Delivery codes that an administrator can do something about ("Troubleshooting response codes for SMS"). */
const REMEDIES: Readonly<Record<string, readonly [what: string, remedy: string]>> = {
  '4001': [
    'The phone number is not a valid one.',
    'Look at the number that you typed, and run the doctor again.',
  ],
  '4003': [
    'The sender cannot text this country.',
    'Give a phone number of a country that the sender may text.',
  ],
  '4004': [
    'The phone number does not exist.',
    'Look at the number that you typed, and run the doctor again.',
  ],
  '4005': ['The carrier blocked the text.', 'Ask your carrier, or try with a phone of another one.'],
  '4006': ['The phone could not be reached.', 'Switch the phone on, or try with another one.'],
  '4007': ['The phone has opted out.', STOPPED],
  '4010': [
    'Carriers have not verified the number, so they block every text from it.',
    'Submit the toll-free verification of the number (under “SMS notifications”) and wait for it to be approved. No patient gets a text until then.',
  ],
}

/**
 * What a delivery report makes of the test text's line; undefined where it is no end. Codes 5002 and 9999 mean that
 * nobody knows. Pure.
 */
export function receiptOutcome(status: string, details: string | null | undefined): Outcome | undefined {
  const code = /\b\d{4}\b/.exec(details ?? '')?.[0]
  if (status.toLowerCase() === 'delivered') return pass('The text arrived, as the carrier says.')
  if (code === '5002' || code === '9999') return NO_WORD
  if (status.toLowerCase() !== 'failed') return undefined
  const [what, remedy] = REMEDIES[code ?? ''] ?? [
    `The carrier did not deliver the text${code ? ` (code ${code})` : ''}.`,
    'Run the doctor again, or try with another phone. If it stays so, tell whoever runs this service.',
  ]
  return failed(code ? `carrier_${code}` : 'carrier', what, remedy)
}

/** Carriers mostly report within seconds; after so long nobody waits for the word any more. */
export const RECEIPT_SECONDS = 180

const NO_WORD = warn(
  'carrier_silent',
  'The carrier did not say whether the text arrived.',
  'Look at the phone: if the text is there, all is well. If not, run the doctor again.',
)

/** The line of a test text whose report did not come in time. */
export function overdue(line: Line): Line {
  return line.state === 'running' ? { id: line.id, ...NO_WORD } : line
}
