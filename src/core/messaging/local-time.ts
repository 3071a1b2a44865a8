import type { Language } from '../sites/site.ts'

const LOCALES: Readonly<Record<Language, string>> = { en: 'en-US', es: 'es-US', fr: 'fr-FR' }

/** Day and time as a patient reads them, in the site's zone with its name: `Tue, Nov 24, 10:30 AM CST`. */
export function localTime(start: Date, timeZone: string, language: Language): string {
  const key = `${language}|${timeZone}`
  const format = formats.get(key) ?? timeFormat(timeZone, language)
  formats.set(key, format)
  return format.format(start)
}

/** Making one costs a thousand times what using it does. */
const formats = new Map<string, Intl.DateTimeFormat>()

function timeFormat(timeZone: string, language: Language): Intl.DateTimeFormat {
  return new Intl.DateTimeFormat(LOCALES[language], {
    timeZone,
    weekday: 'short',
    month: 'short',
    day: 'numeric',
    hour: 'numeric',
    minute: '2-digit',
    timeZoneName: 'short',
  })
}
