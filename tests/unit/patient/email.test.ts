import { describe, expect, test } from 'vitest'
import {
  composeEmail,
  type EmailInput,
  type EmailKind,
  emailWords,
} from '../../../src/core/messaging/email/compose-email.ts'

const KINDS: readonly EmailKind[] = ['booked', 'moved', 'cancelled', 'not_video', 'reminder']
const INPUT: EmailInput = {
  kind: 'booked',
  language: 'en',
  start: new Date('2026-06-09T19:30:00Z'),
  minutes: 30,
  timeZone: 'America/Chicago',
  link: 'https://v.example.org/v/SyntheticToken22Chars_',
  clinicPhone: '+1 312 555 0100',
  from: 'visits@example.org',
  to: 'patient@example.com',
  uid: 'synthetic@v.example.org',
  sequence: 2,
  since: new Date('2026-06-01T08:00:00Z'),
}
const calendarOf = (input: EmailInput) => {
  const [attachment] = composeEmail(input).attachments
  return attachment && Buffer.from(attachment.contentInBase64, 'base64').toString().replaceAll('\r\n ', '')
}
const textOf = (html: string) =>
  html
    .replace(/<title>.*<\/title>/, '')
    .replace(/<[^>]*>/g, ' ')
    .replace(/\s+/g, ' ')

describe.each(['en', 'es', 'fr'] as const)('an e-mail in %s', (language) => {
  test.each(KINDS)('about a visit that is %s says the same in plain text and in HTML', (kind) => {
    const { plainText, html, subject } = composeEmail({ ...INPUT, language, kind })
    for (const line of plainText.split('\n\n').filter((each) => !each.includes('https://')))
      expect(textOf(html)).toContain(line.replace(/\s+/g, ' '))
    expect(html).toMatch(new RegExp(`<html lang="${language}" dir="ltr">.*<title>.+</title>`))
    expect(html.match(/<h1/g)).toHaveLength(1)
    expect(html).not.toMatch(/<img|<table|<script|url\(/)
    expect(subject.length).toBeLessThan(70)
    expect(`${plainText}${html}${subject}`).not.toMatch(/[{}]|undefined/)
  })

  test('has every sentence of the other languages', () => {
    expect(Object.keys(emailWords[language])).toEqual(Object.keys(emailWords.en))
    if (language !== 'en')
      for (const kind of KINDS) expect(emailWords[language][kind]).not.toEqual(emailWords.en[kind])
  })
})

test('the time is the site’s, with its zone', () => {
  expect(composeEmail(INPUT).plainText.replace(/\s/g, ' ')).toContain('Tuesday, June 9, 2026 at 2:30 PM CDT')
})

test('a booking adds an entry, a move replaces it, a cancellation takes it out, a reminder leaves it', () => {
  expect(calendarOf(INPUT)).toMatch(/METHOD:REQUEST[\s\S]*UID:synthetic@v\.example\.org\r\nSEQUENCE:2\r\n/)
  expect(calendarOf({ ...INPUT, kind: 'moved', sequence: 3 })).toMatch(
    /METHOD:REQUEST[\s\S]*UID:synthetic@v\.example\.org\r\nSEQUENCE:3\r\n/,
  )
  for (const kind of ['cancelled', 'not_video'] as const)
    expect(calendarOf({ ...INPUT, kind, sequence: 4 })).toMatch(
      /METHOD:CANCEL[\s\S]*UID:synthetic@v\.example\.org\r\nSEQUENCE:4\r\n/,
    )
  expect(calendarOf({ ...INPUT, kind: 'reminder' })).toBeUndefined()
})

test('an e-mail about a visit that is off has no button', () => {
  for (const kind of ['cancelled', 'not_video'] as const)
    expect(composeEmail({ ...INPUT, kind }).html).not.toContain('<a ')
  expect(composeEmail(INPUT).html).toContain(`<a href="${INPUT.link}"`)
})

test('the clinic is named only where the site wants it', () => {
  expect(JSON.stringify(composeEmail(INPUT))).not.toContain('Lakeside')
  const named = composeEmail({ ...INPUT, clinicName: 'Lakeside <Synthetic> & Clinic' })
  expect(named.subject).toBe('Your video visit is booked (Lakeside <Synthetic> & Clinic)')
  expect(named.html).toContain('Lakeside &lt;Synthetic&gt; &amp; Clinic')
})

test('composed again it is the same to the byte, so that a repeated request is a repetition', () => {
  expect(composeEmail({ ...INPUT })).toEqual(composeEmail(INPUT))
})
