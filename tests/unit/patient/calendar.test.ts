import { describe, expect, test } from 'vitest'
import { calendarFile, calendarUid } from '../../../src/core/visits/calendar.ts'
import { localStamp, timeZoneLines, utcOffsetMinutes } from '../../../src/core/visits/calendar-zone.ts'

const ENTRY = {
  uid: calendarUid('SyntheticVisitKey22ch_', 'visits.example.org'),
  sequence: 3,
  start: new Date('2026-06-09T19:30:00Z'),
  minutes: 30,
  timeZone: 'America/Chicago',
  summary: 'Video visit',
  description: 'Open this link at the time of your visit.',
  url: 'https://visits.example.org/v/SyntheticToken22Chars_',
  now: new Date('2026-06-01T08:00:00Z'),
}

/** The lines of a file, folded ones put together again. */
const lines = (file: string) => file.replaceAll('\r\n ', '').split('\r\n')

describe('the calendar file of a visit', () => {
  test('shows the local time of the site, with the zone defined in the same file', () => {
    const file = lines(calendarFile(ENTRY))
    expect(file).toContain('DTSTART;TZID=America/Chicago:20260609T143000')
    expect(file).toContain('DTEND;TZID=America/Chicago:20260609T150000')
    expect(file).toContain('TZID:America/Chicago')
    expect(file).toContain('SUMMARY:Video visit')
  })

  test('keeps its UID when the visit moves, and counts up, so that the entry is replaced', () => {
    const moved = lines(calendarFile({ ...ENTRY, sequence: 4, start: new Date('2026-06-10T15:00:00Z') }))
    expect(moved).toContain(`UID:${ENTRY.uid}`)
    expect(moved).toContain('SEQUENCE:4')
    expect(calendarUid('SyntheticVisitKey22ch_', 'visits.example.org:443')).toBe(ENTRY.uid)
    expect(calendarUid('AnotherVisitKey22chars', 'visits.example.org')).not.toBe(ENTRY.uid)
    expect(ENTRY.uid).not.toContain('SyntheticVisitKey')
  })

  test('takes the entry out where the visit is cancelled, and only then says CANCEL', () => {
    const parties = { organizer: 'visits@example.org', attendee: 'patient@example.com' }
    const cancelled = lines(calendarFile({ ...ENTRY, mail: { method: 'cancel', ...parties } }))
    expect(cancelled).toEqual(expect.arrayContaining(['METHOD:CANCEL', 'STATUS:CANCELLED']))
    expect(cancelled).not.toContain('BEGIN:VALARM')
    const asked = lines(calendarFile({ ...ENTRY, mail: { method: 'request', ...parties } }))
    expect(asked).toEqual(expect.arrayContaining(['METHOD:REQUEST', 'STATUS:CONFIRMED']))
    expect(calendarFile(ENTRY)).not.toContain('METHOD')
  })

  test('escapes what people write and folds lines at 75 octets, never inside a character', () => {
    const summary = 'Consultation vidéo; Côte, d’Émeraude\\\n'.repeat(4)
    const file = calendarFile({ ...ENTRY, summary })
    for (const line of file.split('\r\n')) {
      expect(Buffer.byteLength(line)).toBeLessThanOrEqual(75)
      expect(line).not.toContain('\uFFFD')
      expect(line).not.toMatch(/[\r\n]/)
    }
    expect(lines(file)).toContain(`SUMMARY:${'Consultation vidéo\\; Côte\\, d’Émeraude\\\\\\n'.repeat(4)}`)
    expect(file.endsWith('END:VCALENDAR\r\n')).toBe(true)
  })
})

/** What a calendar program makes of a VTIMEZONE: the last change of the clock before a local time counts. */
function offsetByFile(zone: readonly string[], local: string): string | undefined {
  const rules = zone
    .join('\n')
    .split(/BEGIN:(?:STANDARD|DAYLIGHT)\n/)
    .slice(1)
  const known = rules
    .map((rule) => ({
      from: /DTSTART:(\S+)/.exec(rule)?.[1] ?? '',
      to: /TZOFFSETTO:(\S+)/.exec(rule)?.[1],
    }))
    .filter(({ from }) => from <= local)
    .sort((a, b) => (a.from < b.from ? -1 : 1))
  return known.at(-1)?.to
}

describe('the definition of a time zone', () => {
  const zones = Intl.supportedValuesOf('timeZone')
  test.each([
    '2026-01-15T15:00:00Z',
    '2026-03-08T20:00:00Z',
    '2026-07-15T15:00:00Z',
    '2026-11-01T20:00:00Z',
    '2027-03-28T12:00:00Z',
  ])(
    'is right at %s in every zone there is',
    (iso) => {
      const at = new Date(iso)
      const wrong = zones.filter((timeZone) => {
        const minutes = utcOffsetMinutes(at, timeZone)
        const sign = minutes < 0 ? '-' : '+'
        const text = (n: number) => String(Math.floor(n)).padStart(2, '0')
        const whole = Math.abs(minutes)
        const expected = `${sign}${text(whole / 60)}${text(whole % 60)}`
        return offsetByFile(timeZoneLines(timeZone, at), localStamp(at.getTime(), minutes)) !== expected
      })
      expect(wrong).toEqual([])
    },
    120_000,
  )

  test('writes a change of the clock in the time that it showed before', () => {
    const zone = timeZoneLines('America/Chicago', new Date('2026-06-09T19:30:00Z'))
    expect(zone.join('\n')).toContain(
      'BEGIN:DAYLIGHT\nDTSTART:20260308T020000\nTZOFFSETFROM:-0600\nTZOFFSETTO:-0500\nEND:DAYLIGHT',
    )
  })
})
