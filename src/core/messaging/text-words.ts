import type { Language } from '../sites/site.ts'
import { en, enOptOut } from './languages/en.ts'
import { es, esOptOut } from './languages/es.ts'
import { fr, frOptOut } from './languages/fr.ts'
import type { OptOutWords, TextWords } from './languages/words.ts'

export const textWords: Readonly<Record<Language, TextWords>> = { en, es, fr }
export const optOutWords: Readonly<Record<Language, OptOutWords>> = {
  en: enOptOut,
  es: esOptOut,
  fr: frOptOut,
}

/** Puts the line on opting out in. @param oneWay whether the sender takes no answers. */
export function withOptOut(words: string, language: Language, oneWay: boolean): string {
  const { reply, link } = optOutWords[language]
  return words.replace('{optOut}', oneWay ? link : reply)
}
