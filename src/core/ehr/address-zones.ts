import { z } from 'zod'

/** A FHIR Address, as far as a time zone follows from it. */
export const address = z.object({
  use: z.string().optional().catch(undefined),
  state: z.string().optional().catch(undefined),
  postalCode: z.string().optional().catch(undefined),
  country: z.string().optional().catch(undefined),
  period: z.object({ end: z.string().optional() }).optional().catch(undefined),
})
export type Address = z.infer<typeof address>

/**
 * IANA zones of the states and territories of the United States, by USPS code: all that hold in a part of it (49 CFR Part
 * 71, "Standard Time Zone Boundaries"; IANA Time Zone Database, `zone1970.tab`). Arizona has the Navajo Nation's too.
 */
const STATES: Readonly<Record<string, string>> = {
  Eastern: 'CT DC DE GA MA MD ME NC NH NJ NY OH PA RI SC VA VT WV',
  Central: 'AL AR IA IL LA MN MO MS OK WI',
  Mountain: 'CO MT NM UT WY',
  Pacific: 'CA WA',
  Arizona: 'AZ',
  Alaska: 'AK',
  Hawaii: 'HI',
  EasternCentral: 'FL IN KY MI TN',
  CentralMountain: 'KS ND NE SD TX',
  MountainPacific: 'ID NV OR',
  PuertoRico: 'PR VI',
  Guam: 'GU MP',
  Samoa: 'AS',
}
const [EASTERN, CENTRAL, MOUNTAIN, PACIFIC] = [
  'America/New_York',
  'America/Chicago',
  'America/Denver',
  'America/Los_Angeles',
]
const ZONES: Readonly<Record<string, readonly string[]>> = {
  Eastern: [EASTERN],
  Central: [CENTRAL],
  Mountain: [MOUNTAIN],
  Pacific: [PACIFIC],
  Arizona: ['America/Phoenix', MOUNTAIN],
  Alaska: ['America/Anchorage', 'America/Adak'],
  Hawaii: ['Pacific/Honolulu'],
  EasternCentral: [EASTERN, CENTRAL],
  CentralMountain: [CENTRAL, MOUNTAIN],
  MountainPacific: [MOUNTAIN, PACIFIC],
  PuertoRico: ['America/Puerto_Rico'],
  Guam: ['Pacific/Guam'],
  Samoa: ['Pacific/Pago_Pago'],
}
const BY_STATE = new Map(
  Object.entries(STATES).flatMap(([group, states]) =>
    states.split(' ').map((state) => [state, ZONES[group] ?? []] as const),
  ),
)

/**
 * The first three digits of a ZIP code -> state: ranges, both ends counted (USPS, Publication 65, "National Five-Digit
 * ZIP Code"; military ones left out: they lie anywhere). A state of several zones keeps all of them.
 */
const ZIP_RANGES =
  '005-005 NY,006-007 PR,008-008 VI,009-009 PR,010-027 MA,028-029 RI,030-038 NH,039-049 ME,050-059 VT,060-069 CT,070-089 NJ,' +
  '100-149 NY,150-196 PA,197-199 DE,200-205 DC,206-219 MD,220-246 VA,247-268 WV,270-289 NC,290-299 SC,300-319 GA,' +
  '320-339 FL,341-349 FL,350-369 AL,370-385 TN,386-397 MS,398-399 GA,400-427 KY,430-459 OH,460-479 IN,480-499 MI,500-528 IA,' +
  '530-549 WI,550-567 MN,569-569 DC,570-577 SD,580-588 ND,590-599 MT,600-629 IL,630-658 MO,660-679 KS,680-693 NE,' +
  '700-714 LA,716-729 AR,730-732 OK,733-733 TX,734-749 OK,750-799 TX,800-816 CO,820-831 WY,832-838 ID,840-847 UT,850-865 AZ,' +
  '870-884 NM,885-885 TX,889-898 NV,900-961 CA,967-968 HI,969-969 GU,970-979 OR,980-994 WA,995-999 AK'
const BY_ZIP = ZIP_RANGES.split(',').map((range) => {
  const [, from, to, state = ''] = /^(\d{3})-(\d{3}) (\w\w)$/.exec(range) ?? []
  return { from: Number(from), to: Number(to), state }
})

/**
 * The time zones that somebody with these addresses may be in: those of their present homes, by state, or by ZIP code
 * where no state is said. None where nothing is known, and none outside the United States. Pure; the address goes no
 * further.
 */
export function addressZones(addresses: readonly Address[], now: Date): string[] {
  const homes = addresses.filter(
    ({ use, period }) =>
      use !== 'old' &&
      use !== 'billing' &&
      use !== 'work' &&
      !(Date.parse(period?.end ?? '') < now.getTime()),
  )
  return [...new Set(homes.flatMap(zonesOf))]
}

function zonesOf({ state = '', postalCode = '', country }: Address): readonly string[] {
  if (country !== undefined && !/^(us|usa|united states( of america)?)$/i.test(country.trim())) return []
  const code = state.trim().toUpperCase()
  if (code !== '') return BY_STATE.get(code) ?? []
  const zip = /^\d{5}(-?\d{4})?$/.test(postalCode.trim()) ? Number(postalCode.trim().slice(0, 3)) : undefined
  const found = zip === undefined ? undefined : BY_ZIP.find(({ from, to }) => zip >= from && zip <= to)
  // American Samoa has one code among those of Hawaii (96799).
  const more = postalCode.trim().startsWith('96799') ? (BY_STATE.get('AS') ?? []) : []
  return found ? [...(BY_STATE.get(found.state) ?? []), ...more] : more
}
