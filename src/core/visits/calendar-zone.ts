const DAY = 86_400_000
/** No zone changes its clock twice within a week. */
const STEP = 7 * DAY
const MINUTE = 60_000
/** Far enough back to hold the rule that is in force at the visit, and a little beyond it. */
const BEFORE_DAYS = 400
const AFTER_DAYS = 40

/** Minutes east of UTC in a time zone (IANA name) at an instant. */
export function utcOffsetMinutes(at: Date, timeZone: string): number {
  return offsetReader(timeZone)(at.getTime())
}

/**
 * The VTIMEZONE of a zone (RFC 5545, section 3.6.5: a TZID needs its definition in the same file), with the changes of
 * the clock around one instant. Lines without their ends.
 */
export function timeZoneLines(timeZone: string, around: Date): string[] {
  const offset = offsetReader(timeZone)
  const from = around.getTime() - BEFORE_DAYS * DAY
  const until = around.getTime() + AFTER_DAYS * DAY
  const standard = Math.min(...[0, 91, 182, 273, 364].map((days) => offset(around.getTime() - days * DAY)))
  const lines = [
    'BEGIN:VTIMEZONE',
    `TZID:${timeZone}`,
    ...observance('STANDARD', '19700101T000000', offset(from), offset(from)),
  ]
  for (let at = from; at < until; at += STEP) {
    const [before, after] = [offset(at), offset(at + STEP)]
    if (before === after) continue
    const moment = changeBetween(at, at + STEP, offset)
    // A change is written in the time that the clock showed before it.
    const local = localStamp(moment, before)
    lines.push(...observance(after > standard ? 'DAYLIGHT' : 'STANDARD', local, before, after))
  }
  return [...lines, 'END:VTIMEZONE']
}

/** `20260609T143000`: an instant as a clock with this offset shows it. */
export function localStamp(at: number, offsetMinutes: number): string {
  return new Date(at + offsetMinutes * MINUTE).toISOString().replace(/[-:]/g, '').slice(0, 15)
}

function observance(kind: 'STANDARD' | 'DAYLIGHT', start: string, from: number, to: number): string[] {
  return [
    `BEGIN:${kind}`,
    `DTSTART:${start}`,
    `TZOFFSETFROM:${offsetText(from)}`,
    `TZOFFSETTO:${offsetText(to)}`,
    `END:${kind}`,
  ]
}

function offsetText(minutes: number): string {
  const whole = Math.abs(Math.trunc(minutes))
  const two = (part: number) => String(part).padStart(2, '0')
  return `${minutes < 0 ? '-' : '+'}${two(Math.floor(whole / 60))}${two(whole % 60)}`
}

/** The minute at which the offset changes, between two instants that differ in it. */
function changeBetween(low: number, high: number, offset: (at: number) => number): number {
  const before = offset(low)
  let [from, to] = [low, high]
  while (to - from > MINUTE) {
    const middle = from + Math.floor((to - from) / 2 / MINUTE) * MINUTE
    if (offset(middle) === before) from = middle
    else to = middle
  }
  return Math.ceil(to / MINUTE) * MINUTE
}

function offsetReader(timeZone: string): (at: number) => number {
  const format = new Intl.DateTimeFormat('en-US', { timeZone, timeZoneName: 'longOffset' })
  return (at) => {
    const name = format.formatToParts(at).find(({ type }) => type === 'timeZoneName')?.value ?? ''
    const [, sign, hours, minutes] = /GMT([+-])(\d\d):(\d\d)/.exec(name) ?? []
    return (sign === '-' ? -1 : 1) * (Number(hours ?? 0) * 60 + Number(minutes ?? 0))
  }
}
