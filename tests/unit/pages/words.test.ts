import { describe, expect, test } from 'vitest'
import { patientStyles } from '../../../src/pages/layout/patient-styles.ts'
import { around } from '../../../src/pages/words/around.ts'
import { durationWords } from '../../../src/pages/words/duration.ts'
import { dirOf, LANGUAGES, languageOf, WORDS, wordsFor } from '../../../src/pages/words/index.ts'
import { localStart } from '../../../src/pages/words/local-start.ts'

type Tree = { readonly [key: string]: string | ((argument: string) => string) | Tree }

/** Every sentence of a language by its dotted key; the argument of a sentence is `ARG`. */
function sentences(tree: Tree, path = ''): [string, string][] {
  return Object.entries(tree).flatMap(([key, value]): [string, string][] => {
    const name = `${path}${key}`
    if (typeof value === 'string') return [[name, value]]
    if (typeof value === 'function') return [[name, value('ARG')]]
    return sentences(value, `${name}.`)
  })
}

const english = sentences(WORDS.en)
/** What may read the same in two languages. */
const SAME = new Set(['colon'])

describe.each(LANGUAGES)('the words in %s', (lang) => {
  const own = sentences(WORDS[lang])

  test('have every key of English and no other', () => {
    expect(own.map(([key]) => key)).toEqual(english.map(([key]) => key))
  })

  test('are written, trimmed, and keep their argument', () => {
    const withArgument = english.filter(([, words]) => words.includes('ARG')).map(([key]) => key)
    for (const [key, words] of own) {
      if (key !== 'colon') expect(words, key).toBe(words.trim())
      expect(words.length, key).toBeGreaterThan(1)
      expect(words.split('ARG').length - 1, key).toBe(withArgument.includes(key) ? 1 : 0)
    }
  })

  test('use typographic apostrophes and quotation marks', () => {
    for (const [key, words] of own) expect(words, key).not.toMatch(/['"]|\.\.\.| {2}/)
  })
})

test('no sentence was left in English', () => {
  for (const lang of ['es', 'fr'] as const) {
    const own = new Map(sentences(WORDS[lang]))
    for (const [key, words] of english) if (!SAME.has(key)) expect(own.get(key), key).not.toBe(words)
  }
})

test('French has a no-break space before its double punctuation and inside its quotation marks', () => {
  for (const [key, words] of sentences(WORDS.fr)) {
    expect(words, key).not.toMatch(/[^\u202f][?!;]/)
    expect(words, key).not.toMatch(/[^\u00a0]:/)
    expect(words, key).not.toMatch(/«[^\u00a0]|[^\u00a0]»/)
  }
})

test('Spanish opens what it asks', () => {
  for (const [key, words] of sentences(WORDS.es))
    expect(words.split('¿').length, key).toBe(words.split('?').length)
})

test('a regional tag finds its language, an unknown one gives English', () => {
  expect(languageOf('es-MX')).toBe('es')
  expect(languageOf('FR_ca')).toBe('fr')
  expect(languageOf('vi')).toBeUndefined()
  expect(languageOf(undefined)).toBeUndefined()
  expect(wordsFor('vi')).toBe(WORDS.en)
})

test('right-to-left languages are known before their words are', () => {
  expect([dirOf('ar'), dirOf('he-IL'), dirOf('es')]).toEqual(['rtl', 'rtl', 'ltr'])
})

test('a sentence gives what stands around its argument', () => {
  expect(around(WORDS.en.startsIn)).toEqual(['Starts in ', ''])
})

test('a duration is told in at most two units', () => {
  expect(durationWords(0, 'en')).toBe('0 minutes')
  expect(durationWords(72.9, 'en')).toBe('1 hour, 12 minutes')
  expect(durationWords(120, 'en')).toBe('2 hours')
  expect(durationWords(4501, 'en')).toBe('3 days, 3 hours')
  expect(durationWords(72, 'es')).toBe('1 hora y 12 minutos')
})

test('a start is told in the time of the site, with daylight saving', () => {
  const summer = localStart(new Date('2026-06-09T19:30:00Z'), 'America/Chicago', 'en-US')
  expect(summer).toEqual({
    iso: '2026-06-09T19:30:00.000Z',
    date: 'Tuesday, June 9',
    time: '2:30\u00a0PM',
    zone: 'Central Daylight Time',
  })
  const winter = localStart(new Date('2026-12-09T19:30:00Z'), 'America/Chicago', 'en-US')
  expect([winter.time, winter.zone]).toEqual(['1:30\u00a0PM', 'Central Standard Time'])
})

test('a right-to-left language would need no other styles: none names left or right', () => {
  const sides = /(margin|padding|border|inset)-(left|right)|text-align:(left|right)|[{;](left|right):|float:/
  expect(patientStyles).not.toMatch(sides)
})
