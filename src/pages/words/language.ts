/** Every language that patients can read, by its BCP 47 primary tag. Without their words: whoever only asks loads none. */
export const LANGUAGES = ['en', 'es', 'fr'] as const

export type Language = (typeof LANGUAGES)[number]

/** The language of ours that a BCP 47 tag asks for (`es-MX` gives `es`), or undefined. */
export function languageOf(tag: string | undefined): Language | undefined {
  const primary = tag?.trim().toLowerCase().split(/[-_]/)[0]
  return LANGUAGES.find((language) => language === primary)
}

/** The locale of each language, region included: it decides between 2:30 PM and 14:30. */
export const LOCALES: Readonly<Record<Language, string>> = { en: 'en-US', es: 'es-US', fr: 'fr-FR' }
