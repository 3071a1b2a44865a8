import { en, type Words } from './en.ts'
import { es } from './es.ts'
import { fr } from './fr.ts'

export type { Words }

/** Every language that patients can read, by its BCP 47 primary tag. */
export const WORDS = { en, es, fr } as const satisfies Record<string, Words>

export type Language = keyof typeof WORDS

export const LANGUAGES: readonly Language[] = ['en', 'es', 'fr']

const RIGHT_TO_LEFT = new Set(['ar', 'fa', 'he', 'ku', 'ps', 'sd', 'ug', 'ur', 'yi'])

/** The language of ours that a BCP 47 tag asks for (`es-MX` gives `es`), or undefined. */
export function languageOf(tag: string | undefined): Language | undefined {
  const primary = tag?.trim().toLowerCase().split(/[-_]/)[0]
  return LANGUAGES.find((language) => language === primary)
}

/** The words of a language tag; English where there are none. */
export function wordsFor(tag: string): Words {
  return WORDS[languageOf(tag) ?? 'en']
}

/** Which way a language is written. */
export function dirOf(tag: string): 'ltr' | 'rtl' {
  return RIGHT_TO_LEFT.has(tag.toLowerCase().split(/[-_]/)[0] ?? '') ? 'rtl' : 'ltr'
}

/** The locale of each language, region included: it decides between 2:30 PM and 14:30. */
export const LOCALES: Readonly<Record<Language, string>> = { en: 'en-US', es: 'es-US', fr: 'fr-FR' }
