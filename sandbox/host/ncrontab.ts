import { Cron } from 'croner'

/** When a timer fires. All times are UTC, as on Flex Consumption, which has no time zone setting. */
export type Schedule = {
  /** The first occurrence strictly after the given time. */
  next(after: Date): Date
}

const FIELD = '[0-9A-Za-z*,/-]+'
const CRONTAB = new RegExp(`^${FIELD}(\\s+${FIELD}){4,5}$`)
const CONSTANT = /^(?:(\d+)\.)?(\d{1,2}):(\d{1,2}):(\d{1,2})$/
const NAME = /[a-z]+/gi
const NAMES = 'sun mon tue wed thu fri sat jan feb mar apr may jun jul aug sep oct nov dec'.split(' ')

/**
 * Parses the schedule of a timer trigger ("Timer trigger for Azure Functions: NCRONTAB expressions"): six fields from
 * seconds to day of week (five where the seconds are left out), or a constant `hh:mm:ss`. As NCrontab has it, the day of
 * the month and the day of the week must both match. What other cron dialects add (`L`, `#`, `?`, `@daily`) is refused.
 */
export function parseSchedule(expression: string): Schedule {
  const text = expression.trim()
  const constant = CONSTANT.exec(text)
  if (constant) return every(constant)
  const unknown = [...text.matchAll(NAME)].find(([word]) => !NAMES.includes(word.slice(0, 3).toLowerCase()))
  if (!CRONTAB.test(text) || unknown) throw invalid(expression)
  return crontab(text, expression)
}

function crontab(text: string, expression: string): Schedule {
  const shortNames = text.replace(NAME, (word) => word.slice(0, 3).toLowerCase())
  let cron: Cron
  try {
    cron = new Cron(shortNames, {
      mode: '5-or-6-parts',
      timezone: 'UTC',
      domAndDow: true,
      sloppyRanges: true,
      paused: true,
    })
  } catch {
    throw invalid(expression)
  }
  return {
    next(after) {
      const found = cron.nextRun(after)
      if (!found) throw new Error(`The schedule "${expression}" never occurs`)
      return found
    },
  }
}

function every(parts: RegExpExecArray): Schedule {
  const [days, hours, minutes, seconds] = parts.slice(1).map((part) => Number(part ?? 0))
  const ms = ((((days ?? 0) * 24 + (hours ?? 0)) * 60 + (minutes ?? 0)) * 60 + (seconds ?? 0)) * 1000
  if (ms === 0) throw new Error('A constant schedule must be longer than zero')
  return { next: (after) => new Date(after.getTime() + ms) }
}

function invalid(expression: string): Error {
  return new Error(`"${expression}" is not a timer schedule: six NCRONTAB fields or hh:mm:ss`)
}

/** Schedules with occurrences less than a minute apart are never monitored, whatever `useMonitor` says. */
export function isTooFrequentToMonitor(schedule: Schedule, now: Date): boolean {
  let last = schedule.next(now)
  for (let count = 0; count < 5; count += 1) {
    const next = schedule.next(last)
    if (next.getTime() - last.getTime() < 60_000) return true
    last = next
  }
  return false
}
