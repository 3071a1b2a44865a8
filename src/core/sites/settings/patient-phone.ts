import { type CountryCode, parsePhoneNumberFromString } from 'libphonenumber-js/min'

/**
 * The number that patients can call, in international writing, or undefined where it is none.
 * @param country of numbers without a country code
 */
export function patientPhone(text: string, country: string): string | undefined {
  const number = parsePhoneNumberFromString(text, country as CountryCode)
  if (!number?.isPossible()) return undefined
  const written = number.formatInternational()
  return written.length <= 30 ? written : number.number
}
