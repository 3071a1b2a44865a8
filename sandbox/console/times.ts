/** The clinic's wall clock. */
export type Zone = string

const minuteMs = 60_000
const dayMs = 24 * 60 * minuteMs

export function clockTime(at: Date, zone: Zone, seconds = false): string {
  return new Intl.DateTimeFormat('en-GB', {
    timeZone: zone,
    hour: '2-digit',
    minute: '2-digit',
    ...(seconds ? { second: '2-digit' } : {}),
  }).format(at)
}

export function calendarDay(at: Date, zone: Zone): string {
  return new Intl.DateTimeFormat('en-GB', {
    timeZone: zone,
    weekday: 'short',
    day: 'numeric',
    month: 'short',
    year: 'numeric',
  }).format(at)
}

export function zoneName(at: Date, zone: Zone): string {
  const parts = new Intl.DateTimeFormat('en-US', { timeZone: zone, timeZoneName: 'short' }).formatToParts(at)
  return parts.find((part) => part.type === 'timeZoneName')?.value ?? zone
}

/** `14 Feb 1961` of a FHIR date, which may lack its day or month. */
export function birthDay(date: string): string {
  const at = new Date(`${date}T00:00:00Z`)
  if (date.length !== 10 || Number.isNaN(at.getTime())) return date || 'unknown'
  return new Intl.DateTimeFormat('en-GB', {
    timeZone: 'UTC',
    day: '2-digit',
    month: 'short',
    year: 'numeric',
  }).format(at)
}

/** Whole years of age on the day of `now`. */
export function ageOf(birthDate: string, now: Date): number | undefined {
  const born = new Date(`${birthDate}T00:00:00Z`)
  if (birthDate.length !== 10 || Number.isNaN(born.getTime())) return undefined
  const years = now.getUTCFullYear() - born.getUTCFullYear()
  const hadBirthday = now.toISOString().slice(5, 10) >= birthDate.slice(5)
  return hadBirthday ? years : years - 1
}

/** Milliseconds until it is 08:00 on the clinic's clock, also across a change to or from summer time. */
export function untilMorning(now: Date, zone: Zone): number {
  const minutesOf = (at: Date) => {
    const [hours, minutes] = clockTime(at, zone).split(':').map(Number)
    return (hours ?? 0) * 60 + (minutes ?? 0)
  }
  const wholeMinute = now.getTime() - (now.getTime() % minuteMs)
  const ahead = (8 * 60 - minutesOf(now) + 24 * 60) % (24 * 60) || 24 * 60
  const guess = wholeMinute + ahead * minuteMs
  const drift = minutesOf(new Date(guess)) - 8 * 60
  return guess - drift * minuteMs - now.getTime()
}

/** `1 day 2 h 5 min` by which the sandbox is ahead of the machine. */
export function ahead(ms: number): string {
  const days = Math.floor(ms / dayMs)
  const hours = Math.floor((ms % dayMs) / (60 * minuteMs))
  const minutes = Math.floor((ms % (60 * minuteMs)) / minuteMs)
  const parts = [
    days > 0 ? `${days} ${days === 1 ? 'day' : 'days'}` : '',
    hours > 0 ? `${hours} h` : '',
    minutes > 0 ? `${minutes} min` : '',
  ]
  return parts.filter(Boolean).join(' ')
}
