/**
 * A length of time in words of a language, to the minute, in at most two units: `3 days, 2 hours`, `1 hour, 12 minutes`,
 * `5 minutes`. The countdown script says the same in the browser.
 */
export function durationWords(minutes: number, lang: string): string {
  const whole = Math.max(0, Math.floor(minutes))
  const days = Math.floor(whole / 1440)
  const hours = Math.floor((whole % 1440) / 60)
  const rest = whole % 60
  const part = (count: number, unit: 'day' | 'hour' | 'minute') =>
    new Intl.NumberFormat(lang, { style: 'unit', unit, unitDisplay: 'long' }).format(count)
  const parts: string[] = []
  if (days > 0) parts.push(part(days, 'day'))
  if (hours > 0) parts.push(part(hours, 'hour'))
  if (days === 0 && (rest > 0 || hours === 0)) parts.push(part(rest, 'minute'))
  return new Intl.ListFormat(lang, { type: 'unit', style: 'long' }).format(parts)
}
