import { type CountryCode, parsePhoneNumberFromString } from 'libphonenumber-js/min'
import { fail, ok, type Result } from '../result.ts'

export type PhoneFailure = 'phone_missing' | 'phone_invalid' | 'phone_country'

/**
 * The number to text: the first of the EHR's (best first) that is a possible number of an allowed country. Numbers
 * without a country code belong to the first of them.
 * @returns E.164, or the reason why staff must look at it.
 */
export function textNumber(
  phones: readonly string[],
  countries: readonly string[],
): Result<string, PhoneFailure> {
  let reason: PhoneFailure = 'phone_missing'
  for (const written of phones) {
    const number = parsePhoneNumberFromString(written, countries[0] as CountryCode)
    // What has an extension rings in an office: no text arrives there.
    if (!number?.isPossible() || number.ext !== undefined)
      reason = reason === 'phone_country' ? reason : 'phone_invalid'
    else if (isOf(number, countries)) return ok(number.number)
    else reason = 'phone_country'
  }
  return fail(reason)
}

/** Part of the North American plan names no country of its own (toll-free and fictional numbers): it is the site's. */
function isOf(
  number: { country?: string; countryCallingCode: string },
  countries: readonly string[],
): boolean {
  if (number.country) return countries.includes(number.country)
  return (
    number.countryCallingCode === '1' && countries.some((country) => country === 'US' || country === 'CA')
  )
}
