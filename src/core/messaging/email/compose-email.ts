import type { Language } from '../../sites/site.ts'
import { calendarFile } from '../../visits/calendar.ts'
import { en } from './languages/en.ts'
import { es } from './languages/es.ts'
import { fr } from './languages/fr.ts'
import type { EmailWords } from './languages/words.ts'

export const emailWords: Readonly<Record<Language, EmailWords>> = { en, es, fr }
const LOCALES: Readonly<Record<Language, string>> = { en: 'en-US', es: 'es-US', fr: 'fr-FR' }

export type EmailKind = 'booked' | 'moved' | 'cancelled' | 'not_video' | 'reminder'

export type EmailInput = {
  readonly kind: EmailKind
  readonly language: Language
  readonly start: Date
  readonly minutes: number
  readonly timeZone: string
  readonly link: string
  /** Only where the site wants to be named. */
  readonly clinicName?: string | undefined
  readonly clinicPhone?: string | undefined
  readonly from: string
  readonly to: string
  /** The visit's calendar entry: its stable UID, its version, and since when that version is. */
  readonly uid: string
  readonly sequence: number
  readonly since: Date
}

export type ComposedEmail = {
  readonly subject: string
  readonly plainText: string
  readonly html: string
  readonly attachments: readonly {
    readonly name: string
    readonly contentType: string
    readonly contentInBase64: string
  }[]
}

/**
 * The e-mail of a notice: plain text, HTML that says the same, and a calendar entry that a booking adds, a move moves
 * and a cancellation takes out. It names neither the patient nor the clinician. The same input gives the same bytes, so
 * that a repeated request is the very same one.
 */
export function composeEmail(input: EmailInput): ComposedEmail {
  const words = emailWords[input.language]
  const { subject, lead } = words[input.kind]
  const when = new Intl.DateTimeFormat(LOCALES[input.language], {
    timeZone: input.timeZone,
    weekday: 'long',
    year: 'numeric',
    month: 'long',
    day: 'numeric',
    hour: 'numeric',
    minute: '2-digit',
    timeZoneName: 'short',
  }).format(input.start)
  const says = lead.replace('{when}', () => when)
  const call = input.clinicPhone && words.callClinic.replace('{phone}', () => input.clinicPhone ?? '')
  const titled = input.clinicName ? `${subject} (${input.clinicName})` : subject
  const open = isOff(input.kind) ? undefined : words
  const lines = [says, open && `${open.open}: ${input.link}`, open?.linkNote, call, words.emergency]
  return {
    subject: titled,
    plainText: lines.filter(Boolean).join('\n\n'),
    html: html(input, { subject: titled, says, call, words, withLink: open !== undefined }),
    attachments: input.kind === 'reminder' ? [] : [calendarAttachment(input, words)],
  }
}

function isOff(kind: EmailKind): boolean {
  return kind === 'cancelled' || kind === 'not_video'
}

function calendarAttachment(input: EmailInput, words: EmailWords): ComposedEmail['attachments'][number] {
  const method = isOff(input.kind) ? 'cancel' : 'request'
  const file = calendarFile({
    uid: input.uid,
    sequence: input.sequence,
    start: input.start,
    minutes: input.minutes,
    timeZone: input.timeZone,
    summary: input.clinicName ? `${words.summary}, ${input.clinicName}` : words.summary,
    description: words.linkNote,
    url: input.link,
    // Not the hour of sending: the second try must be the same e-mail as the first.
    now: input.since,
    mail: { method, organizer: input.from, attendee: input.to },
  })
  return {
    name: 'visit.ics',
    contentType: `text/calendar; charset=utf-8; method=${method.toUpperCase()}`,
    contentInBase64: Buffer.from(file).toString('base64'),
  }
}

type Said = {
  readonly subject: string
  readonly says: string
  readonly call: string | undefined
  readonly words: EmailWords
  readonly withLink: boolean
}

/** One column without tables or images; styles inline, as mail programs want them. Colours work on white and on black. */
function html(
  { language, link, clinicPhone }: EmailInput,
  { subject, says, call, words, withLink }: Said,
): string {
  const p = (text: string) => `<p style="margin:0 0 16px">${escaped(text)}</p>`
  const button = `<p style="margin:0 0 16px"><a href="${escaped(link)}" style="display:inline-block;padding:12px 20px;border-radius:8px;background:#5b5fc7;color:#ffffff;font-weight:600;text-decoration:none">${escaped(words.open)}</a></p>`
  return [
    `<!doctype html><html lang="${language}" dir="ltr"><head><meta charset="utf-8">`,
    '<meta name="viewport" content="width=device-width,initial-scale=1"><meta name="color-scheme" content="light dark">',
    `<title>${escaped(subject)}</title></head>`,
    '<body style="margin:0;padding:24px 16px;font:17px/1.5 \'Segoe UI\',system-ui,sans-serif"><main style="max-width:32rem;margin:0 auto">',
    `<h1 style="margin:0 0 16px;font-size:24px;line-height:1.25">${escaped(subject)}</h1>`,
    p(says),
    ...(withLink ? [button, p(words.linkNote)] : []),
    ...(call ? [p(call).replace(escaped(clinicPhone ?? ''), unbroken)] : []),
    p(words.emergency),
    '</main></body></html>',
  ].join('')
}

/** A phone number is read, and dialled, as one. */
function unbroken(number: string): string {
  return `<span style="white-space:nowrap">${number}</span>`
}

function escaped(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
}
