import { describe, expect, test } from 'vitest'
import { composeText, localTime, textLanguage, textWords } from '../../../src/core/messaging/compose.ts'
import { gsm7Units, segments, toGsm7 } from '../../../src/core/messaging/gsm7.ts'
import type { NoticeKind } from '../../../src/core/messaging/notice.ts'
import { withOptOut } from '../../../src/core/messaging/text-words.ts'

const LANGUAGES = ['en', 'es', 'fr'] as const
const KINDS: readonly NoticeKind[] = ['booked', 'moved', 'cancelled', 'not_video', 'reminder.0', 'reminder.2']
/** The longest there is: a host of 40 characters. */
const LINK = `https://${'h'.repeat(36)}.org/v/${'t'.repeat(22)}`
const ZONES = [...Intl.supportedValuesOf('timeZone'), 'UTC']

/** Twelve months and seven weekdays; of four starts three hours apart one has an hour of two digits in every zone. */
const STARTS = Array.from({ length: 12 }, (_, month) =>
  [20, 21, 22, 23, 24, 25, 26].flatMap((day) =>
    [0, 3, 6, 9].map((hour) => new Date(Date.UTC(2026, month, day, hour, 30))),
  ),
).flat()

/** Every way in which a start is written, over every zone and month; longest first. */
function times(language: (typeof LANGUAGES)[number]): string[] {
  const written = new Set<string>()
  // Zones that are called the same all year differ in nothing else: one of them goes through every weekday and hour.
  const named = new Map<string, string>()
  for (const zone of ZONES) {
    const year = STARTS.filter((_start, at) => at % 28 === 0).map((start) => localTime(start, zone, language))
    for (const when of year) written.add(when)
    named.set(year.map((when) => when.split(/[\s,]+/).at(-1)).join(), zone)
  }
  for (const zone of named.values()) for (const start of STARTS) written.add(localTime(start, zone, language))
  return [...new Set([...written].map(toGsm7))].sort((a, b) => gsm7Units(b) - gsm7Units(a))
}

describe('the arithmetic of a text', () => {
  test('the longest link has 73 characters', () => expect(LINK).toHaveLength(73))

  describe.each(LANGUAGES)('in %s', (language) => {
    const all = times(language)
    const words = textWords[language]

    test.each(Object.entries(words))('%s has at most 87 units beside the link', (_kind, template) => {
      const longest = all[0] ?? ''
      for (const oneWay of [false, true]) {
        const words = withOptOut(template, language, oneWay)
        const beside = toGsm7(words.replace('{link}', '').replace('{when}', longest))
        expect(gsm7Units(beside)).toBeLessThanOrEqual(87)
      }
    })

    test('no weekday, month or zone needs a character outside the alphabet', () => {
      expect(all.filter((when) => when.includes('?'))).toEqual([])
      for (const template of Object.values(words)) expect(toGsm7(template)).not.toContain('?')
    })

    test.each(Object.entries(words))(
      '%s has its time and its link once, and says how to opt out',
      (_kind, template) => {
        expect(template.split('{when}')).toHaveLength(2)
        expect(template.split('{link}')).toHaveLength(2)
        expect(template.endsWith(' {link} {optOut}')).toBe(true)
        expect(withOptOut(template, language, false)).toMatch(/\bSTOP\b/)
        // To a name nobody can answer: the page behind the link takes the wish.
        expect(withOptOut(template, language, true)).not.toMatch(/\bSTOP\b/)
        expect(withOptOut(template, language, true)).toMatch(/link|enlace|lien/)
      },
    )
  })

  test('every kind in every language and zone is one segment with the longest link', () => {
    const winter = new Date('2026-01-21T23:45:00Z')
    const autumn = new Date('2026-09-23T10:10:00Z')
    for (const language of LANGUAGES)
      for (const kind of KINDS)
        for (const timeZone of ZONES)
          for (const start of [winter, autumn]) {
            for (const oneWay of [false, true]) {
              const text = composeText({ kind, start, timeZone, language, link: LINK, oneWay })
              if (segments(text) !== 1 || gsm7Units(text) > 160 || toGsm7(text) !== text)
                expect.unreachable(`${gsm7Units(text)} units: ${text}`)
              if (!text.includes(LINK)) expect.unreachable(`without its link: ${text}`)
            }
          }
  })
})

describe('a text', () => {
  const link = 'https://v.example.org/v/_-$&_-$&_-$&_-$&_-$&_-'

  test('says day, time and zone as the site has them', () => {
    const text = composeText({
      kind: 'booked',
      start: new Date('2026-11-24T16:30:00Z'),
      timeZone: 'America/Chicago',
      language: 'en',
      link,
    })
    expect(text).toBe(
      `Video visit booked: Tue, Nov 24, 10:30 AM CST. Join here: ${link} Reply STOP to opt out.`,
    )
  })

  test.each([
    ['2026-11-01T06:59:00Z', '1:59 AM CDT'],
    ['2026-11-01T07:00:00Z', '1:00 AM CST'],
    ['2026-03-08T07:59:00Z', '1:59 AM CST'],
    ['2026-03-08T08:00:00Z', '3:00 AM CDT'],
  ])('around a change of the clock %s is %s', (start, words) =>
    expect(toGsm7(localTime(new Date(start), 'America/Chicago', 'en'))).toContain(words),
  )

  test('every reminder has the same words', () => {
    const text = (kind: NoticeKind) =>
      composeText({ kind, start: new Date(0), timeZone: 'UTC', language: 'fr', link })
    expect(text('reminder.0')).toBe(text('reminder.2'))
    expect(text('reminder.0')).toMatch(/^Rappel/)
  })

  test.each([
    ['es', 'es'],
    ['es-MX', 'es'],
    ['FR_ca', 'fr'],
    ['de', 'en'],
    ['', 'en'],
    [undefined, 'en'],
    ['english', 'en'],
  ])('of a patient with language %j is in %s at an English site', (language, expected) =>
    expect(textLanguage(language, 'en')).toBe(expected),
  )

  test('is never in a language that the site has switched off', () => {
    expect(textLanguage('fr', 'es', ['en', 'es'])).toBe('es')
    expect(textLanguage('en', 'es', ['en', 'es'])).toBe('en')
  })

  test('has the site’s own words before the link, and the link and the way to opt out all the same', () => {
    const start = new Date('2026-11-24T16:30:00Z')
    const notice = { kind: 'booked', start, timeZone: 'America/Chicago', language: 'en', link } as const
    const text = composeText({ ...notice, lead: 'See you {when}:', clinicName: 'Lakeside' })
    expect(text).toBe(`Lakeside: See you Tue, Nov 24, 10:30 AM CST: ${link} Reply STOP to opt out.`)
    expect(composeText({ ...notice, lead: 'See you {when}:', oneWay: true })).toBe(
      `See you Tue, Nov 24, 10:30 AM CST: ${link} Opt out at the link.`,
    )
  })
})
