import { describe, expect, test } from 'vitest'
import { passing } from '../../../src/core/failures/passing.ts'
import { failureCodes, mayPass, retryAfter, wordsOf } from '../../../src/core/failures.ts'

describe('the words of failures', () => {
  test.each(failureCodes)('%s says what happened, why, and what to do next', (code) => {
    const words = wordsOf({ code })
    expect(words.status).toBeGreaterThanOrEqual(400)
    expect(words.status).toBeLessThan(600)
    expect(words.title.length).toBeLessThanOrEqual(60)
    expect(words.title).not.toMatch(/\.$/)
    expect(words.next.length).toBeGreaterThan(0)
    for (const sentence of [words.what, words.why, ...words.next]) expect(sentence).toMatch(/^[A-Z].*[.)]$/)
  })

  test('no two failures have the same title, unless they are the same to whoever reads it', () => {
    const titles = failureCodes.map((code) => wordsOf({ code }).title)
    const twice = titles.filter((title, index) => titles.indexOf(title) !== index)
    expect(new Set(twice)).toEqual(
      new Set([
        'Your organization does not use this deployment',
        'The EHR asks us to slow down',
        'The EHR cannot be reached',
      ]),
    )
  })

  test.each(['constructor', '__proto__', 'no_such_code', ''])('the code "%s" reads as unexpected', (code) => {
    expect(wordsOf({ code })).toBe(wordsOf({ code: 'unexpected' }))
  })

  test('what a person has to mend first is not offered to be tried again', () => {
    expect(passing.every((code) => mayPass({ code }))).toBe(true)
    for (const code of ['launch_unknown_issuer', 'state_foreign_browser', 'form_foreign', 'appointment_over'])
      expect(mayPass({ code })).toBe(false)
  })

  test('an answer that says "not now" says when, in whole seconds', () => {
    expect(retryAfter({ code: 'ehr_throttled', retryAfterSeconds: 1.2 }, 503)).toEqual({ 'retry-after': '2' })
    expect(retryAfter({ code: 'ehr_throttled' }, 503)).toEqual({ 'retry-after': '30' })
    expect(retryAfter({ code: 'ehr_refused', retryAfterSeconds: 5 }, 502)).toEqual({})
  })
})
