/** The day of an instant on the site's own calendar: `2031-03-04`. */
export function localDay(at: Date, timeZone: string): string {
  return new Intl.DateTimeFormat('en-CA', { timeZone }).format(at)
}

export function isSameDay(a: Date, b: Date, timeZone: string): boolean {
  return localDay(a, timeZone) === localDay(b, timeZone)
}
