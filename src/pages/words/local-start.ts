/** A moment as people at a site read it. */
export type LocalStart = {
  /** ISO 8601 instant, for the machine-readable side of the page. */
  readonly iso: string
  /** `Tuesday, June 9` */
  readonly date: string
  /** `2:30 PM`, its parts never broken over two lines */
  readonly time: string
  /** `Central Daylight Time` */
  readonly zone: string
}

/**
 * Writes a moment in a site's time zone (IANA name) for a locale (BCP 47, region included: it decides between 2:30 PM
 * and 14:30). An unknown zone or locale throws: both are parsed where settings are.
 */
export function localStart(moment: Date, timeZone: string, locale: string): LocalStart {
  const write = (options: Intl.DateTimeFormatOptions) =>
    new Intl.DateTimeFormat(locale, { timeZone, ...options })
  const zone = write({ timeZoneName: 'long' })
    .formatToParts(moment)
    .find(({ type }) => type === 'timeZoneName')
  return {
    iso: moment.toISOString(),
    date: write({ weekday: 'long', month: 'long', day: 'numeric' }).format(moment),
    time: write({ hour: 'numeric', minute: '2-digit' }).format(moment).replace(/\s/g, '\u00a0'),
    zone: zone?.value ?? timeZone,
  }
}
