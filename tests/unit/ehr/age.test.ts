import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { isOfAge } from '../../../src/core/ehr/age.ts'

const of = (birthDate: string | undefined, now: string, years = 18, zone = 'America/Chicago') =>
  isOfAge(birthDate, years, zone, new Date(now))

describe('of age', () => {
  test.each([
    ['on the birthday', '2013-03-04', '2031-03-04T12:00:00Z', true],
    ['the day before', '2013-03-05', '2031-03-04T12:00:00Z', false],
    ['when the birthday begins at the clinic, not in UTC', '2013-03-04', '2031-03-04T05:59:00Z', false],
    ['when it has begun there', '2013-03-04', '2031-03-04T06:00:00Z', true],
    ['by the month only, when it is over', '2013-03', '2031-03-30T12:00:00Z', false],
    ['by the month only, on its last day', '2013-03', '2031-03-31T12:00:00Z', true],
    ['by the year only, before its end', '2013', '2031-12-30T12:00:00Z', false],
    ['by the year only, on its last day', '2013', '2031-12-31T12:00:00Z', true],
    ['born on a leap day, on the 28th of February', '2012-02-29', '2030-02-28T12:00:00Z', false],
    ['born on a leap day, on the 1st of March', '2012-02-29', '2030-03-01T12:00:00Z', true],
    ['without a birth date', undefined, '2031-03-04T12:00:00Z', undefined],
    ['with one that is none', 'unknown', '2031-03-04T12:00:00Z', undefined],
  ])('%s', (_name, birthDate, now, expected) => expect(of(birthDate, now)).toBe(expected))

  test('by the age that a site chose', () => {
    expect(of('2015-03-04', '2031-03-04T12:00:00Z', 16)).toBe(true)
    expect(of('2015-03-04', '2031-03-04T12:00:00Z', 21)).toBe(false)
  })

  test('who is of age by less is of age by more, and never becomes younger', () => {
    const day = fc.date({ min: new Date('2000-01-01'), max: new Date('2025-12-31'), noInvalidDate: true })
    const later = fc.nat({ max: 30 * 365 })
    fc.assert(
      fc.property(day, later, later, (birth, first, more) => {
        const text = birth.toISOString().slice(0, 10)
        const at = (days: number) => new Date(birth.getTime() + days * 86_400_000).toISOString()
        const known = [text, text.slice(0, 7), text.slice(0, 4)].map((each) => of(each, at(first)))
        // Whoever is of age by the year alone is by the month, and by the day.
        expect(known).toEqual([...known].sort((a, b) => Number(b) - Number(a)))
        if (known[0]) expect(of(text, at(first + more))).toBe(true)
      }),
    )
  })
})
