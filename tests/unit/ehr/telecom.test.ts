import { expect, test } from 'vitest'
import { phoneNumbers } from '../../../src/core/ehr/telecom.ts'

const NOW = new Date('2031-03-04T16:00:00Z')
const phone = (value: string, more = {}) => ({ system: 'phone', value, ...more })
const valid = (period: { start?: string; end?: string }) =>
  phoneNumbers([phone('1', { period })], NOW).length === 1

test('a line for texts comes first, then mobile, unsaid, home, temporary, work and the rest', () => {
  const uses = ['other', 'work', 'temp', 'home', undefined, 'mobile']
  const telecom = [
    ...uses.map((use) => phone(use ?? 'unsaid', use ? { use } : {})),
    { system: 'sms', value: 'texts' },
  ]
  expect(phoneNumbers(telecom, NOW)).toEqual(['texts', 'mobile', 'unsaid', 'home', 'temp', 'work', 'other'])
})

test('of numbers of one use the better rank comes first, and one without a rank last', () => {
  const numbers = [
    phone('none', { use: 'mobile' }),
    phone('second', { use: 'mobile', rank: 2 }),
    phone('first', { use: 'mobile', rank: 1 }),
  ]
  expect(phoneNumbers(numbers, NOW)).toEqual(['first', 'second', 'none'])
})

test('e-mail, fax, old numbers, empty ones and repetitions are left out', () => {
  const telecom = [
    { system: 'email', value: 'a@example.com' },
    { system: 'fax', value: '1' },
    { value: '2' },
    phone('3', { use: 'old' }),
    phone('  '),
    { system: 'phone' },
    phone(' 4 '),
    phone('4', { use: 'home' }),
  ]
  expect(phoneNumbers(telecom, NOW)).toEqual(['4'])
})

test('a number counts from the first to the last moment of its period', () => {
  expect(valid({ start: '2031-03-04T16:00:00Z', end: '2031-03-04T16:00:01Z' })).toBe(true)
  expect(valid({ start: '2031-03-04T16:00:01Z' })).toBe(false)
  expect(valid({ end: '2031-03-04T16:00:00Z' })).toBe(false)
  expect(valid({ end: '2031-03-04T18:00:00+02:00' })).toBe(false)
})

test('an end that names a day, a month or a year lasts until that is over', () => {
  for (const end of ['2031-03-04', '2031-03', '2031']) expect(valid({ end }), end).toBe(true)
  for (const end of ['2031-03-03', '2031-02', '2030']) expect(valid({ end }), end).toBe(false)
})

test('a period that nobody can read keeps no number away', () => {
  expect(valid({ start: 'sometime', end: 'later' })).toBe(true)
  expect(valid({})).toBe(true)
})
