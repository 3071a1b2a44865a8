import { describe, expect, test } from 'vitest'
import {
  checkLead,
  leadKinds,
  leadOf,
  longestTime,
  usualLead,
  worstCase,
} from '../../../src/core/messaging/wording.ts'

const frame = {
  language: 'en',
  timeZone: 'America/Chicago',
  linkUrl: 'https://visits.lakeside.example',
  clinicName: undefined,
  oneWay: false,
} as const

describe('a site’s own words', () => {
  test('are taken with their time and without the link, which always follows', () => {
    expect(checkLead('  Your visit:\n {when}.  Join: ', frame)).toEqual({
      ok: true,
      value: { lead: 'Your visit: {when}. Join:', replaced: [] },
    })
  })

  test.each([
    ['   ', 'wording_empty'],
    ['Your visit. Join:', 'wording_when'],
    ['{when} and {when}', 'wording_when'],
    ['{when} {link}', 'wording_placeholder'],
    ['{when} {name}', 'wording_placeholder'],
    ['{when} see https://evil.example', 'wording_link'],
    ['{when} see bit.ly/abc', 'wording_link'],
    [`{when} ${'x'.repeat(306)}`, 'wording_too_long'],
  ])('%j is refused as %s', (written, code) =>
    expect(checkLead(written, frame)).toMatchObject({ ok: false, failure: { code } }),
  )

  test('characters outside the alphabet are replaced, and named', () => {
    const checked = checkLead('Your visit – “{when}” ✓ ç', frame)
    expect(checked).toMatchObject({ ok: true, value: { lead: 'Your visit - "{when}" ? c' } })
    expect(checked.ok && checked.value.replaced).toEqual(['–', '“', '”', '✓', 'ç'])
  })

  test('may take two segments, which is counted with the longest time there is, and not three', () => {
    const fits = `{when} ${'x'.repeat(100)}`
    expect(worstCase(fits, frame)).toMatchObject({ segments: 2 })
    expect(checkLead(fits, frame).ok).toBe(true)
  })

  test('the clinic’s name counts', () => {
    const lead = usualLead('en', 'booked')
    const without = worstCase(lead, frame).units
    expect(worstCase(lead, { ...frame, clinicName: 'Lakeside' }).units).toBe(without + 'Lakeside: '.length)
  })

  test('stand for one thing in one language; all others keep theirs', () => {
    const wording = { en: { booked: 'Booked {when}' } }
    expect(leadOf(wording, 'en', 'booked')).toBe('Booked {when}')
    expect(leadOf(wording, 'en', 'moved')).toBe(usualLead('en', 'moved'))
    expect(leadOf(wording, 'fr', 'booked')).toBe(usualLead('fr', 'booked'))
  })

  test.each(leadKinds)('the usual words for %s pass their own check in every language', (kind) => {
    for (const language of ['en', 'es', 'fr'] as const)
      expect(checkLead(usualLead(language, kind), { ...frame, language })).toMatchObject({ ok: true })
  })

  test('the longest time of a zone is as long as any of a year', () => {
    expect(longestTime('America/Chicago', 'en')).toMatch(/^\w{3}, \w{3} \d\d, \d\d:\d\d [AP]M C[SD]T$/)
    expect(longestTime('Asia/Kathmandu', 'fr').length).toBeGreaterThan(
      longestTime('America/Chicago', 'fr').length - 3,
    )
  })
})
