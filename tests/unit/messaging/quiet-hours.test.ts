import { describe, expect, test } from 'vitest'
import { quietUntil } from '../../../src/core/messaging/quiet-hours.ts'

const NIGHT = { from: '21:00', to: '08:00' }
const until = (now: string, quiet = NIGHT, zone = 'America/Chicago') =>
  quietUntil(new Date(now), zone, quiet)?.toISOString()

describe('quiet hours', () => {
  test.each([
    ['before they begin', '2026-07-02T01:59:59Z', undefined],
    ['at their first minute', '2026-07-02T02:00:00Z', '2026-07-02T13:00:00.000Z'],
    ['after midnight', '2026-07-02T06:30:30Z', '2026-07-02T13:00:00.000Z'],
    ['in their last second', '2026-07-02T12:59:59Z', '2026-07-02T13:00:00.000Z'],
    ['when they are over', '2026-07-02T13:00:00Z', undefined],
  ])('that span midnight: %s', (_name, now, expected) => expect(until(now)).toBe(expected))

  test('within one day', () => {
    const siesta = { from: '12:00', to: '14:30' }
    expect(until('2026-07-02T17:10:00Z', siesta)).toBe('2026-07-02T19:30:00.000Z')
    expect(until('2026-07-02T19:30:00Z', siesta)).toBeUndefined()
    expect(until('2026-07-02T16:59:00Z', siesta)).toBeUndefined()
  })

  test('equal ones are none', () => {
    for (const at of ['00:00', '08:00'])
      for (const now of ['2026-07-02T05:00:00Z', '2026-07-02T13:00:00Z'])
        expect(until(now, { from: at, to: at })).toBeUndefined()
  })

  test('a night in which the clock springs forward ends at eight on the wall', () => {
    expect(until('2026-03-08T06:00:00Z')).toBe('2026-03-08T13:00:00.000Z')
  })

  test('a night in which the clock falls back ends at eight on the wall', () => {
    expect(until('2026-11-01T06:00:00Z')).toBe('2026-11-01T14:00:00.000Z')
  })

  test('an end inside the hour that the clock leaves out comes with the hour after it', () => {
    expect(until('2026-03-08T06:00:00Z', { from: '22:00', to: '02:30' })).toBe('2026-03-08T08:00:00.000Z')
  })

  test('the hour that the clock repeats is quiet only up to the end the first time it shows', () => {
    const quiet = { from: '22:00', to: '01:30' }
    expect(until('2026-11-01T06:00:00Z', quiet)).toBe('2026-11-01T06:30:00.000Z')
    expect(until('2026-11-01T07:10:00Z', quiet)).toBe('2026-11-01T07:30:00.000Z')
  })

  test('zones with odd offsets are right to the minute', () => {
    expect(until('2026-07-02T18:15:00Z', NIGHT, 'Asia/Kathmandu')).toBe('2026-07-03T02:15:00.000Z')
  })
})
