import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { quietEverywhereUntil, quietSince, quietUntil } from '../../../src/core/messaging/quiet-hours.ts'

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

describe('the stricter of several zones', () => {
  const [ET, CT, PT, HONOLULU] = [
    'America/New_York',
    'America/Chicago',
    'America/Los_Angeles',
    'Pacific/Honolulu',
  ]
  const strict = (now: string, ...zones: string[]) =>
    quietEverywhereUntil(new Date(now), zones, NIGHT)?.toISOString()

  test.each([
    ['evening in the east', '2026-07-02T01:30:00Z', [CT, ET], '2026-07-02T13:00:00.000Z'],
    ['morning in the east, night in the west', '2026-07-02T13:30:00Z', [ET, PT], '2026-07-02T15:00:00.000Z'],
    ['day everywhere', '2026-07-02T18:00:00Z', [ET, PT, HONOLULU], undefined],
    ['morning in Hawaii comes last', '2026-07-02T13:30:00Z', [CT, HONOLULU], '2026-07-02T18:00:00.000Z'],
    ['no zone', '2026-07-02T05:00:00Z', [], undefined],
  ])('%s', (_name, now, zones, expected) => expect(strict(now, ...zones)).toBe(expected))

  test('zones without a common day are quiet for days', () => {
    const long = { from: '17:00', to: '09:00' }
    const until = quietEverywhereUntil(new Date('2026-07-02T05:00:00Z'), [CT, 'Asia/Tokyo'], long)
    expect(until?.getTime()).toBeGreaterThan(Date.parse('2026-07-04T00:00:00Z'))
  })
})

describe('quiet hours of any kind', () => {
  const ZONES = [
    'America/New_York',
    'America/Denver',
    'America/Phoenix',
    'America/Adak',
    'Pacific/Guam',
    'Europe/Paris',
  ]
  const zone = fc.constantFrom(...ZONES)
  // These have waking hours in common.
  const american = fc.constantFrom(...ZONES.slice(0, 4))
  const clock = fc
    .nat({ max: 95 })
    .map((n) => `${String(n >> 2).padStart(2, '0')}:${String((n & 3) * 15).padStart(2, '0')}`)
  const quiet = fc.record({ from: clock, to: clock })
  // Around both changes of the clock, and any other day.
  const from = (day: string) => fc.nat({ max: 3 * 1440 }).map((n) => new Date(Date.parse(day) + n * 60_000))
  const now = fc.oneof(from('2026-03-07'), from('2026-10-31'), from('2026-07-01'), from('2026-03-28'))

  test('end at an instant that is not quiet, and at no earlier one', () => {
    fc.assert(
      fc.property(now, zone, quiet, (at, where, hours) => {
        const end = quietUntil(at, where, hours)
        if (!end) return
        expect(end > at).toBe(true)
        expect(quietUntil(end, where, hours)).toBeUndefined()
        expect(quietUntil(new Date(end.getTime() - 60_000), where, hours)).toEqual(end)
      }),
    )
  })

  test('begin at an instant that is quiet, right after one that is not', () => {
    fc.assert(
      fc.property(now, zone, quiet, (at, where, hours) => {
        const began = quietSince(at, where, hours)
        expect(began === undefined).toBe(quietUntil(at, where, hours) === undefined)
        if (!began) return
        expect(began <= at).toBe(true)
        expect(quietUntil(began, where, hours)).toBeDefined()
        expect(quietUntil(new Date(began.getTime() - 60_000), where, hours)).toBeUndefined()
      }),
    )
  })

  test('of several zones end when it is day in all of them; one more zone never ends them sooner', () => {
    fc.assert(
      fc.property(
        now,
        fc.uniqueArray(american, { minLength: 1, maxLength: 4 }),
        american,
        (at, zones, more) => {
          const end = quietEverywhereUntil(at, zones, NIGHT)
          const free = end ?? at
          for (const each of zones) expect(quietUntil(free, each, NIGHT)).toBeUndefined()
          const stricter = quietEverywhereUntil(at, [...zones, more], NIGHT)
          expect((stricter ?? at) >= free).toBe(true)
        },
      ),
    )
  })
})
