import { fail, ok, type Result } from '../result.ts'
import type { Language, Leads, Site } from '../sites/site.ts'
import { gsm7Units, segments, toGsm7 } from './gsm7.ts'
import { localTime } from './local-time.ts'
import { textWords, withOptOut } from './text-words.ts'

/** What is told in a text of its own; every reminder has the same words. */
export const leadKinds = ['booked', 'moved', 'cancelled', 'not_video', 'reminder'] as const
export type LeadKind = (typeof leadKinds)[number]

/** The words of a language before the link, as they are unless a site has its own. */
export function usualLead(language: Language, kind: LeadKind): string {
  return (textWords[language][kind].split(' {link}')[0] ?? '').trim()
}

/** `{when}` is missing or there twice; other braces; an address besides ours; nothing left; more than two segments. */
export type WordingFailure =
  | 'wording_empty'
  | 'wording_when'
  | 'wording_placeholder'
  | 'wording_link'
  | 'wording_too_long'

export type CheckedLead = {
  /** In the alphabet of texts, with single spaces. */
  readonly lead: string
  /** Characters that were replaced, each once. */
  readonly replaced: readonly string[]
}

/** A text may have two segments and no more: carriers treat longer ones worse, and each segment is billed. */
export const MOST_SEGMENTS = 2

/** Characters of a link behind its host: `/v/` and a token of 22. */
const LINK_PATH = 25

export type TextFrame = {
  readonly language: Language
  readonly timeZone: string
  /** Origin of patients' links. */
  readonly linkUrl: string
  readonly clinicName: string | undefined
  readonly oneWay: boolean
}

/** What stands around the words of a site's texts. */
export function textFrame(
  site: Pick<Site, 'timeZone' | 'clinicName' | 'texts'>,
  language: Language,
  linkUrl: string,
  oneWay: boolean,
): TextFrame {
  const clinicName = site.texts.nameClinic ? site.clinicName : undefined
  return { language, timeZone: site.timeZone, linkUrl, clinicName, oneWay }
}

/**
 * A site's own words for a text, checked. Link and line on opting out are not part of it: they always follow. Pure.
 */
export function checkLead(written: string, frame: TextFrame): Result<CheckedLead, WordingFailure> {
  const plain = written.replace(/\s+/g, ' ').trim()
  if (plain === '') return fail('wording_empty')
  if (plain.split('{when}').length !== 2) return fail('wording_when')
  if (/[{}]/.test(plain.replace('{when}', ''))) return fail('wording_placeholder')
  // Carriers block public shorteners, and a second address beside the patient's own only confuses.
  if (/https?:|www\.|\b[a-z0-9-]+\.(com|org|net|ly|gl|me|io|us|info|link)\b/i.test(plain))
    return fail('wording_link')
  const lead = toGsm7(plain)
  if (worstCase(lead, frame).segments > MOST_SEGMENTS) return fail('wording_too_long')
  return ok({ lead, replaced: replacedIn(plain) })
}

function replacedIn(text: string): string[] {
  return [...new Set([...text.normalize('NFC')])].filter((character) => toGsm7(character) !== character)
}

/** The longest that a text with these words can get: longest weekday, month and hour of the zone, whole link. Pure. */
export function worstCase(
  lead: string,
  frame: TextFrame,
): { readonly text: string; readonly units: number; readonly segments: number } {
  const link = `${frame.linkUrl}/v/${'x'.repeat(LINK_PATH - 3)}`
  const text = putTogether(lead, frame, longestTime(frame.timeZone, frame.language), link)
  return { text, units: gsm7Units(text), segments: segments(text) }
}

/** Words, link and line on opting out as one text in the alphabet of texts. Pure. */
export function putTogether(
  lead: string,
  { language, clinicName, oneWay }: Pick<TextFrame, 'language' | 'clinicName' | 'oneWay'>,
  when: string,
  link: string,
): string {
  const named = clinicName === undefined ? lead : `${clinicName}: ${lead}`
  const words = withOptOut(`${named} {link} {optOut}`, language, oneWay)
  return toGsm7(words.replace('{when}', () => when)).replace('{link}', () => link)
}

/** A site's own words for a thing that is told, or the language's. Pure. */
export function leadOf(wording: Site['texts']['wording'], language: Language, kind: LeadKind): string {
  const own: Leads | undefined = wording?.[language]
  return own?.[kind] ?? usualLead(language, kind)
}

/** Days of one year: every weekday in every month, at hours with two digits in any zone. */
const STARTS = Array.from({ length: 12 }, (_, month) =>
  [20, 21, 22, 23, 24, 25, 26].flatMap((day) =>
    [0, 3, 6, 9].map((hour) => new Date(Date.UTC(2026, month, day, hour, 30))),
  ),
).flat()
const longest = new Map<string, string>()

/** The longest way in which a zone's times are written in a language. */
export function longestTime(timeZone: string, language: Language): string {
  const key = `${language}|${timeZone}`
  const known = longest.get(key)
  if (known !== undefined) return known
  const written = STARTS.map((start) => toGsm7(localTime(start, timeZone, language)))
  const found = written.reduce((a, b) => (gsm7Units(b) > gsm7Units(a) ? b : a), '')
  longest.set(key, found)
  return found
}
