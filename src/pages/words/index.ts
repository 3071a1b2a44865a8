import { en, type Words } from './en.ts'
import { es } from './es.ts'
import { fr } from './fr.ts'
import { type Language, languageOf } from './language.ts'

export { LANGUAGES, type Language, LOCALES, languageOf } from './language.ts'
export type { Words }

/** What patients read, by language. */
export const WORDS = { en, es, fr } as const satisfies Record<Language, Words>

const RIGHT_TO_LEFT = new Set(['ar', 'fa', 'he', 'ku', 'ps', 'sd', 'ug', 'ur', 'yi'])

/** The words of a language tag; English where there are none. */
export function wordsFor(tag: string): Words {
  return WORDS[languageOf(tag) ?? 'en']
}

/** Which way a language is written. */
export function dirOf(tag: string): 'ltr' | 'rtl' {
  return RIGHT_TO_LEFT.has(tag.toLowerCase().split(/[-_]/)[0] ?? '') ? 'rtl' : 'ltr'
}
