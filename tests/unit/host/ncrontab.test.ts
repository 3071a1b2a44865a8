import { describe, expect, test } from 'vitest'
import { isTooFrequentToMonitor, parseSchedule } from '../../../sandbox/host/ncrontab.ts'

const next = (expression: string, after: string) =>
  parseSchedule(expression).next(new Date(after)).toISOString()

describe('an NCRONTAB schedule', () => {
  test.each([
    ['every five minutes', '0 */5 * * * *', '2026-01-01T00:00:00.500Z', '2026-01-01T00:05:00.000Z'],
    ['strictly after the given time', '0 0 12 * * *', '2026-01-01T12:00:00Z', '2026-01-02T12:00:00.000Z'],
    ['every ten seconds', '*/10 * * * * *', '2026-01-01T00:00:51Z', '2026-01-01T00:01:00.000Z'],
    ['a step from a start', '0 5/15 * * * *', '2026-01-01T00:06:00Z', '2026-01-01T00:20:00.000Z'],
    ['a list and a range', '0 0 9-11,15 * * *', '2026-01-01T11:00:00Z', '2026-01-01T15:00:00.000Z'],
    ['weekdays', '0 0 12 * * 1-5', '2026-02-06T12:00:00Z', '2026-02-09T12:00:00.000Z'],
    ['names, short or long', '0 30 9 * Jan Monday', '2026-02-01T00:00:00Z', '2027-01-04T09:30:00.000Z'],
    ['five fields without seconds', '*/5 * * * *', '2026-01-01T00:06:00Z', '2026-01-01T00:10:00.000Z'],
    ['day of month and day of week both', '0 0 0 13 * 5', '2026-01-01T00:00:00Z', '2026-02-13T00:00:00.000Z'],
    ['29 February', '0 0 0 29 2 *', '2026-01-01T00:00:00Z', '2028-02-29T00:00:00.000Z'],
  ])('knows %s', (_, expression, after, expected) => {
    expect(next(expression, after)).toBe(expected)
  })

  test.each([
    '',
    '* * * *',
    '0 0 0 * * * *',
    '@daily',
    '0 0 0 L * *',
    '0 0 0 * * 1#2',
    '0 61 * * * *',
    '0 0 0 ? * *',
    'x y z a b c',
  ])('refuses "%s"', (expression) => {
    expect(() => parseSchedule(expression)).toThrow(/is not a timer schedule/)
  })
})

describe('a constant schedule', () => {
  test('counts from the given time', () => {
    expect(next('00:30:00', '2026-01-01T00:01:02Z')).toBe('2026-01-01T00:31:02.000Z')
    expect(next('1.00:00:00', '2026-01-01T00:00:00Z')).toBe('2026-01-02T00:00:00.000Z')
  })
  test('refuses zero', () => {
    expect(() => parseSchedule('00:00:00')).toThrow(/longer than zero/)
  })
})

test('a schedule is monitored from a minute upwards', () => {
  const now = new Date('2026-01-01T00:00:00Z')
  expect(isTooFrequentToMonitor(parseSchedule('*/30 * * * * *'), now)).toBe(true)
  expect(isTooFrequentToMonitor(parseSchedule('0 * * * * *'), now)).toBe(false)
})
