import { isOneWay, isShortCode, isTollFree } from './sender.ts'

/**
 * What a country has for texts from an application: toll-free numbers (those of the United States text to Canada and
 * Puerto Rico too), short codes (applied for in the Azure portal, 6 to 8 weeks), names that may be used at once, or names
 * that have to be registered before (4 to 5 weeks).
 *
 * Microsoft Learn, "SMS overview" (Azure Communication Services), table "Sender types supported", and "Country/regional
 * availability of telephone numbers and subscription eligibility". Where a country is missing, there is nothing for it.
 */
export type Country = {
  readonly code: string
  readonly name: string
  readonly tollFree: boolean
  readonly shortCode: boolean
  readonly name11: 'at_once' | 'registered' | undefined
  /** US dollars for a segment with the carriers' fee, about, where it was published; see docs/cost.md. */
  readonly segmentPrice: number | undefined
}

const NORTH_AMERICA = [
  ['US', 'United States', true],
  ['CA', 'Canada', true],
  ['PR', 'Puerto Rico', false],
] as const
const AT_ONCE = {
  AT: 'Austria',
  DK: 'Denmark',
  EE: 'Estonia',
  FR: 'France',
  DE: 'Germany',
  IE: 'Ireland',
  LV: 'Latvia',
  LT: 'Lithuania',
  NL: 'Netherlands',
  PL: 'Poland',
  PT: 'Portugal',
  ES: 'Spain',
  SE: 'Sweden',
  CH: 'Switzerland',
}
const REGISTERED = {
  AU: 'Australia',
  CZ: 'Czech Republic',
  FI: 'Finland',
  IT: 'Italy',
  NO: 'Norway',
  SK: 'Slovakia',
  SI: 'Slovenia',
  GB: 'United Kingdom',
}

export const countries: readonly Country[] = [
  ...NORTH_AMERICA.map(([code, name, shortCode]) => ({
    code,
    name,
    tollFree: true,
    shortCode,
    name11: undefined,
    segmentPrice: 0.01,
  })),
  ...[...named(AT_ONCE, 'at_once'), ...named(REGISTERED, 'registered')].sort((a, b) =>
    a.name.localeCompare(b.name),
  ),
]

function named(list: Readonly<Record<string, string>>, name11: 'at_once' | 'registered'): Country[] {
  return Object.entries(list).map(([code, name]) => ({
    code,
    name,
    tollFree: false,
    shortCode: code === 'GB',
    name11,
    segmentPrice: undefined,
  }))
}

export function countryOf(code: string): Country | undefined {
  return countries.find((country) => country.code === code)
}

/** Whether texts from a sender arrive in a country. Pure. */
export function reaches(sender: string, code: string): boolean {
  const country = countryOf(code)
  if (!country) return false
  if (isOneWay(sender)) return country.name11 !== undefined
  if (isShortCode(sender)) return country.shortCode
  return isTollFree(sender) ? country.tollFree : true
}
