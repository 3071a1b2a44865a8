import type { Language } from '../sites/site.ts'
import { localTime } from './local-time.ts'
import { type NoticeKind, subjectOf } from './notice.ts'
import { type LeadKind, putTogether, usualLead } from './wording.ts'

export { localTime } from './local-time.ts'
export { textWords } from './text-words.ts'

const ALL: readonly Language[] = ['en', 'es', 'fr']

/**
 * The language of a patient's texts: theirs where we have it and the site has it on, else the site's.
 * @param on the languages of the site; all where it has said nothing.
 */
export function textLanguage(
  patientLanguage: string | undefined,
  siteLanguage: Language,
  on: readonly Language[] = ALL,
): Language {
  const wanted = (patientLanguage ?? '').toLowerCase().split(/[-_]/)[0]
  return on.find((language) => language === wanted) ?? siteLanguage
}

/** Which words a notice has. */
export function leadKindOf(kind: NoticeKind): LeadKind {
  const subject = subjectOf(kind)
  return subject.startsWith('reminder.') ? 'reminder' : (subject as LeadKind)
}

/** The text of a notice, in the GSM-7 alphabet. It names the clinic only where its site says so, and never the patient. */
export function composeText(notice: {
  kind: NoticeKind
  start: Date
  timeZone: string
  language: Language
  link: string
  /** The site's own words before the link. */
  lead?: string | undefined
  clinicName?: string | undefined
  /** The sender takes no answers. */
  oneWay?: boolean
}): string {
  const { language, clinicName, oneWay = false } = notice
  const lead = notice.lead ?? usualLead(language, leadKindOf(notice.kind))
  const when = localTime(notice.start, notice.timeZone, language)
  return putTogether(lead, { language, clinicName, oneWay }, when, notice.link)
}
