/** Minutes. */
const DAY = 24 * 60

/**
 * @returns when texts may go out again, or undefined where they may now. `from` after `to` spans midnight; equal ones
 * mean no quiet hours at all.
 */
export function quietUntil(
  now: Date,
  timeZone: string,
  quiet: { from: string; to: string },
): Date | undefined {
  if (quiet.from === quiet.to) return undefined
  const present = minuteOfDay(now, timeZone)
  if (!isQuiet(present, quiet)) return undefined
  const minute = new Date(Math.floor(now.getTime() / 60_000) * 60_000)
  // Minute by minute, so that nights with a change of the clock end when the wall clock says so; no change is of more
  // than an hour.
  const left = (minutes(quiet.to) - present + DAY) % DAY
  for (let ahead = Math.max(1, left - 60); ahead <= left + 60; ahead++) {
    const at = new Date(minute.getTime() + ahead * 60_000)
    if (!isQuiet(minuteOfDay(at, timeZone), quiet)) return at
  }
  return undefined
}

/** So many nights one after the other leave no hour that is day everywhere. */
const MOST_NIGHTS = 8

/**
 * The stricter of several zones: until when it is quiet in at least one of them. Zones that have no waking hour in common
 * are quiet for days: what waits for them expires, visibly.
 */
export function quietEverywhereUntil(
  now: Date,
  timeZones: readonly string[],
  quiet: { from: string; to: string },
): Date | undefined {
  let until: Date | undefined
  for (let nights = 0; nights < MOST_NIGHTS; nights++) {
    const at = until ?? now
    const ends = timeZones.flatMap((zone) => quietUntil(at, zone, quiet)?.getTime() ?? [])
    if (ends.length === 0) return until
    until = new Date(Math.max(...ends))
  }
  return until
}

/** When the quiet hours began that an instant lies in, or undefined where it lies in none. */
export function quietSince(
  at: Date,
  timeZone: string,
  quiet: { from: string; to: string },
): Date | undefined {
  return lastChange(at, timeZone, quiet, true)
}

/** When quiet hours last ended before an instant, or undefined where it lies in some itself, or where there are none. */
export function quietEnded(
  at: Date,
  timeZone: string,
  quiet: { from: string; to: string },
): Date | undefined {
  return lastChange(at, timeZone, quiet, false)
}

/** When it came to be as it is, quiet or not; undefined where it is the other. Minute by minute for the same reason as above. */
function lastChange(
  at: Date,
  timeZone: string,
  quiet: { from: string; to: string },
  isSo: boolean,
): Date | undefined {
  if (quiet.from === quiet.to) return undefined
  const present = minuteOfDay(at, timeZone)
  if (isQuiet(present, quiet) !== isSo) return undefined
  const minute = new Date(Math.floor(at.getTime() / 60_000) * 60_000)
  const gone = (present - minutes(isSo ? quiet.from : quiet.to) + DAY) % DAY
  for (let back = Math.max(0, gone - 60); back <= gone + 60; back++) {
    const before = new Date(minute.getTime() - (back + 1) * 60_000)
    if (isQuiet(minuteOfDay(before, timeZone), quiet) !== isSo)
      return new Date(minute.getTime() - back * 60_000)
  }
  return undefined
}

function isQuiet(minute: number, quiet: { from: string; to: string }): boolean {
  const [from, to] = [minutes(quiet.from), minutes(quiet.to)]
  return from < to ? minute >= from && minute < to : minute >= from || minute < to
}

function minutes(clock: string): number {
  const [hours = 0, rest = 0] = clock.split(':').map(Number)
  return hours * 60 + rest
}

const formats = new Map<string, Intl.DateTimeFormat>()

function minuteOfDay(at: Date, timeZone: string): number {
  let format = formats.get(timeZone)
  if (!format) {
    format = new Intl.DateTimeFormat('en-GB', {
      timeZone,
      hour: '2-digit',
      minute: '2-digit',
      hourCycle: 'h23',
    })
    formats.set(timeZone, format)
  }
  return minutes(format.format(at))
}
