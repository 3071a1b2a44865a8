import { createHash } from 'node:crypto'
import { localStamp, timeZoneLines, utcOffsetMinutes } from './calendar-zone.ts'

export type CalendarEntry = {
  readonly uid: string
  /** The visit's version: an entry with the same UID and a higher number replaces the one before. */
  readonly sequence: number
  readonly start: Date
  readonly minutes: number
  /** IANA name of the site's zone: the entry shows the local time there, wherever the calendar is read. */
  readonly timeZone: string
  /** Names neither the patient nor the clinic, unless the site wants to be named. */
  readonly summary: string
  readonly description: string
  /** The patient's link. */
  readonly url: string
  readonly now: Date
  /**
   * For an entry that comes by e-mail (RFC 5546): `request` adds or moves it, `cancel` takes it out. A file that
   * somebody downloads has no method.
   */
  readonly mail?: {
    readonly method: 'request' | 'cancel'
    readonly organizer: string
    readonly attendee: string
  }
}

/**
 * The UID of a visit's calendar entry: the same wherever the visit moves, and no way back to the visit key.
 * @param host the link host, so that two deployments never share one (RFC 5545, section 3.8.4.7).
 */
export function calendarUid(visitKey: string, host: string): string {
  const name = createHash('sha256').update(`calendar|${visitKey}`).digest('base64url').slice(0, 22)
  return `${name}@${host.split(':')[0]}`
}

/** One visit as an iCalendar file (RFC 5545), CRLF line ends, lines folded at 75 octets. */
export function calendarFile(entry: CalendarEntry): string {
  const { timeZone, start, mail } = entry
  const end = new Date(start.getTime() + entry.minutes * 60_000)
  const local = (at: Date) => localStamp(at.getTime(), utcOffsetMinutes(at, timeZone))
  const lines = [
    'BEGIN:VCALENDAR',
    'VERSION:2.0',
    'PRODID:-//Teams EHR connector//Visit//EN',
    'CALSCALE:GREGORIAN',
    ...(mail ? [`METHOD:${mail.method === 'cancel' ? 'CANCEL' : 'REQUEST'}`] : []),
    ...timeZoneLines(timeZone, start),
    'BEGIN:VEVENT',
    `UID:${entry.uid}`,
    `SEQUENCE:${entry.sequence}`,
    `DTSTAMP:${entry.now.toISOString().replace(/[-:]|\.\d+/g, '')}`,
    `DTSTART;TZID=${timeZone}:${local(start)}`,
    `DTEND;TZID=${timeZone}:${local(end)}`,
    `SUMMARY:${text(entry.summary)}`,
    `DESCRIPTION:${text(`${entry.description}\n${entry.url}`)}`,
    `URL:${entry.url}`,
    `STATUS:${mail?.method === 'cancel' ? 'CANCELLED' : 'CONFIRMED'}`,
    'CLASS:PRIVATE',
    ...(mail
      ? [
          `ORGANIZER:mailto:${mail.organizer}`,
          `ATTENDEE;ROLE=REQ-PARTICIPANT;PARTSTAT=ACCEPTED;RSVP=FALSE:mailto:${mail.attendee}`,
        ]
      : []),
    ...(mail?.method === 'cancel'
      ? []
      : [
          'BEGIN:VALARM',
          'ACTION:DISPLAY',
          `DESCRIPTION:${text(entry.summary)}`,
          'TRIGGER:-PT15M',
          'END:VALARM',
        ]),
    'END:VEVENT',
    'END:VCALENDAR',
  ]
  return lines.map((line) => `${fold(line)}\r\n`).join('')
}

/** RFC 5545, section 3.3.11: what a text escapes. */
function text(value: string): string {
  return value.replace(/[\\;,]/g, (character) => `\\${character}`).replace(/\r\n|\r|\n/g, '\\n')
}

/** RFC 5545, section 3.1: at most 75 octets a line, the rest behind a line break and a space. */
function fold(line: string): string {
  const parts: string[] = []
  let part = ''
  let octets = 0
  for (const character of line) {
    const size = Buffer.byteLength(character)
    if (octets + size > (parts.length === 0 ? 75 : 74)) {
      parts.push(part)
      part = ''
      octets = 0
    }
    part += character
    octets += size
  }
  return [...parts, part].join('\r\n ')
}
