import { lazily } from '../once.ts'

export type ZoneGroup = {
  readonly label: string
  readonly zones: readonly { readonly id: string; readonly label: string }[]
}

/** The zones that most clinics are in, first. */
const USUAL = [
  'America/New_York',
  'America/Chicago',
  'America/Denver',
  'America/Phoenix',
  'America/Los_Angeles',
  'America/Anchorage',
  'Pacific/Honolulu',
  'America/Puerto_Rico',
  'America/Toronto',
  'America/Winnipeg',
  'America/Edmonton',
  'America/Vancouver',
  'America/Halifax',
  'America/St_Johns',
]

const REGIONS = [
  'Africa',
  'America',
  'Antarctica',
  'Asia',
  'Atlantic',
  'Australia',
  'Europe',
  'Indian',
  'Pacific',
]

/** Every time zone of the platform, by region, the usual ones in front with the names that people use for them. */
export const timeZoneGroups: () => readonly ZoneGroup[] = lazily(() => {
  const all = Intl.supportedValuesOf('timeZone')
  const regions = REGIONS.map((region) => ({
    label: region,
    zones: all.filter((id) => id.startsWith(`${region}/`)).map((id) => ({ id, label: cityOf(id) })),
  }))
  const usual = USUAL.map((id) => ({ id, label: `${cityOf(id)} – ${nameOf(id)}` }))
  return [
    { label: 'United States and Canada', zones: usual },
    ...regions.filter(({ zones }) => zones.length > 0),
  ]
})

/** `America/Argentina/Buenos_Aires` as `Buenos Aires, Argentina`. */
function cityOf(id: string): string {
  const [, ...parts] = id.split('/')
  return parts.reverse().join(', ').replaceAll('_', ' ')
}

function nameOf(id: string): string {
  const parts = new Intl.DateTimeFormat('en-US', { timeZone: id, timeZoneName: 'longGeneric' }).formatToParts(
    0,
  )
  return parts.find(({ type }) => type === 'timeZoneName')?.value ?? id
}
