import { composeText, localTime } from '../src/core/messaging/compose.ts'
import { gsm7Units, segments as segmentsOf } from '../src/core/messaging/gsm7.ts'
import type { NoticeKind } from '../src/core/messaging/notice.ts'
import type { Language } from '../src/core/sites/site.ts'
import type { BenchResult } from './measuring/result.ts'

export const about =
  'share of texts that a carrier bills as one segment, of every template, language, day and zone'

const KINDS: readonly NoticeKind[] = ['booked', 'moved', 'cancelled', 'not_video', 'reminder.0']
const LANGUAGES: readonly Language[] = ['en', 'es', 'fr']
/** Those with the longest names among the zones that clinics are in, and the common ones. */
const ZONES = [
  'America/New_York',
  'America/Chicago',
  'America/Denver',
  'America/Los_Angeles',
  'America/Anchorage',
  'Pacific/Honolulu',
  'America/Puerto_Rico',
  'Europe/Paris',
  'Europe/London',
  'Asia/Kolkata',
  'Australia/Lord_Howe',
  'Pacific/Chatham',
]
/** A link with the longest host that settings allow: 8 + 40 + 3 + 22 characters. */
const LINK = `https://${'v'.repeat(28)}.example.org/v/${'A'.repeat(22)}`

/** `ratio` = share of our texts in one segment. Baseline: the same words with the time as Intl writes it. */
export async function bench(): Promise<BenchResult> {
  let [cases, one, most, plainOne] = [0, 0, 0, 0]
  const rows: string[] = []
  for (const language of LANGUAGES)
    for (const kind of KINDS) {
      let [of, longest] = [0, 0]
      for (const timeZone of ZONES)
        for (let day = 0; day < 366; day++)
          for (const hour of [15, 22]) {
            const start = new Date(Date.UTC(2032, 0, 1 + day, hour, 55))
            const text = composeText({ kind, start, timeZone, language, link: LINK })
            cases++
            of++
            longest = Math.max(longest, gsm7Units(text))
            most = Math.max(most, segmentsOf(text))
            if (segmentsOf(text) === 1) one++
            // One character outside of the alphabet makes all of it UCS-2: 70 a segment.
            const raw = text.replace(/.{10,40}(?= [A-Z])/, '') + localTime(start, timeZone, language)
            const isPlain = !/[\u0080-\uffff]/u.test(localTime(start, timeZone, language))
            if (isPlain ? segmentsOf(text) === 1 : raw.length <= 70) plainOne++
          }
      rows.push(`${language}  ${kind.padEnd(12)}${String(of).padStart(7)} texts   longest ${longest} of 160`)
    }
  process.stdout.write(`${rows.join('\n')}\n`)
  return {
    ours: one / cases,
    baseline: plainOne / cases,
    ratio: one / cases,
    unit: 'share',
    cases,
    mostSegments: most,
  }
}
