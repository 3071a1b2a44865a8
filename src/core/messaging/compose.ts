import type { Language } from '../sites/site.ts'
import { toGsm7 } from './gsm7.ts'
import { en } from './languages/en.ts'
import { es } from './languages/es.ts'
import { fr } from './languages/fr.ts'
import type { TextWords } from './languages/words.ts'
import { type NoticeKind, subjectOf } from './notice.ts'

export const textWords: Readonly<Record<Language, TextWords>> = { en, es, fr }
const LOCALES: Readonly<Record<Language, string>> = { en: 'en-US', es: 'es-US', fr: 'fr-FR' }

/** The language of a patient's texts: theirs where we have it, else the site's. */
export function textLanguage(patientLanguage: string | undefined, siteLanguage: Language): Language {
  const wanted = (patientLanguage ?? '').toLowerCase().split(/[-_]/)[0]
  return wanted === 'en' || wanted === 'es' || wanted === 'fr' ? wanted : siteLanguage
}

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

/** The text of a notice, in the GSM-7 alphabet. It names neither the patient nor the clinic. */
export function composeText(notice: {
  kind: NoticeKind
  start: Date
  timeZone: string
  language: Language
  link: string
}): string {
  const words = textWords[notice.language]
  const subject = subjectOf(notice.kind)
  const [about = ''] = subject.split('.')
  const template = words[about as keyof TextWords]
  const when = localTime(notice.start, notice.timeZone, notice.language)
  return toGsm7(template.replace('{when}', () => when)).replace('{link}', () => notice.link)
}

/** The text with a link that somebody at the clinic sent by hand. */
export function composeLinkText(about: {
  readonly guest: boolean
  readonly start: Date
  readonly timeZone: string
  readonly language: Language
  readonly link: string
}): string {
  const words = textWords[about.language]
  const when = localTime(about.start, about.timeZone, about.language)
  const template = about.guest ? words.guest : words.link
  return toGsm7(template.replace('{when}', () => when)).replace('{link}', () => about.link)
}
