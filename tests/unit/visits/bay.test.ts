import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  bay,
  bayFor,
  bayOfPartition,
  bayOn,
  dayOfBay,
  departmentOfBay,
  visitPartition,
} from '../../../src/core/visits/bay.ts'
import { bayPartitions, bayRanges, WHOLE } from '../../../src/core/visits/bay-range.ts'

const planned = (start: string, departmentId = 'cardiology') => ({ start, departmentId })

describe('a bay', () => {
  test('is the UTC day of the visit and its department', () => {
    expect(bayFor(planned('2031-03-04T23:59:59.999Z'))).toBe('2031-03-04|cardiology')
    expect(bayFor(planned('2031-03-05T00:00:00.000Z', 'family'))).toBe('2031-03-05|family')
  })

  test('is kept while the visit stays on its day, whatever its department is by then', () => {
    const known = bayOn('2031-03-04', 'family')
    expect(bayFor(planned('2031-03-04T16:00:00.000Z'), known)).toBe(known)
    expect(bayFor(planned('2031-03-05T16:00:00.000Z'), known)).toBe('2031-03-05|cardiology')
    // It came back to a day where it lay before.
    const there = bayOn('2031-03-05', 'urgent-care')
    expect(bayFor(planned('2031-03-04T16:00:00.000Z'), there, known)).toBe(known)
    expect(bayFor(planned('2031-03-04T16:00:00.000Z'), undefined, known)).toBe(known)
  })

  test('is read back from its partition and from its own text', () => {
    const one = bayOn('2031-03-04', 'family-medicine-2')
    expect(bayOfPartition(visitPartition('tenant', 'site', one))).toBe(one)
    expect([dayOfBay(one), departmentOfBay(one)]).toEqual(['2031-03-04', 'family-medicine-2'])
  })

  test('is nothing else: no other form is taken from a message or a form field', () => {
    expect(bay.safeParse('2031-03-04|family').success).toBe(true)
    for (const text of ['2031-03-04', '2031-03-04|', 'today|family', '2031-03-04|a|b', '2031-03-04|Family'])
      expect(bay.safeParse(text).success, text).toBe(false)
  })
})

describe('the ranges of a site', () => {
  const id = fc.stringMatching(/^[a-z0-9-]{1,40}$/)
  const site = (ids: readonly string[]) => ({
    departments: ids.map((one) => ({ id: one, name: one, locationIds: ['L1'], on: true })),
  })
  const holds = ({ from, to }: { from: string; to: string }, one: string) => one >= from && one < to

  test('are one up to twenty departments, and the whole site', () => {
    for (const count of [0, 1, 20])
      expect(bayRanges(site(Array.from({ length: count }, (_, n) => `d${n}`)))).toEqual([WHOLE])
    expect(bayRanges(site(Array.from({ length: 45 }, (_, n) => `d${n}`)))).toHaveLength(3)
    expect(bayRanges(site(Array.from({ length: 1_000 }, (_, n) => `d${n}`)))).toHaveLength(50)
  })

  test('hold every department id there may be, each once, whether the site knows it or not', () => {
    fc.assert(
      fc.property(fc.uniqueArray(id, { maxLength: 90 }), id, (ids, other) => {
        const ranges = bayRanges(site(ids))
        for (const one of [...ids, other]) expect(ranges.filter((range) => holds(range, one))).toHaveLength(1)
        for (const range of ranges) expect(ids.filter((one) => holds(range, one)).length).toBeLessThan(21)
      }),
    )
  })

  test('are ranges of partitions that hold the bays of their departments on that day, and of no other day', () => {
    const place = { tenantId: 'tenant', siteId: 'site' }
    fc.assert(
      fc.property(fc.uniqueArray(id, { minLength: 1, maxLength: 60 }), (ids) => {
        const ranges = bayRanges(site(ids)).map((range) => bayPartitions(place, '2031-03-04', range))
        for (const one of ids) {
          const at = (day: string) => visitPartition('tenant', 'site', bayOn(day, one))
          expect(ranges.filter((range) => holds(range, at('2031-03-04')))).toHaveLength(1)
          for (const day of ['2031-03-03', '2031-03-05'])
            expect(ranges.filter((range) => holds(range, at(day)))).toEqual([])
        }
      }),
    )
  })
})
