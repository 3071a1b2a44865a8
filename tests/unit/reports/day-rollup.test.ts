import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { count, type DayTotals, dayColumns, dayOf } from '../../../src/core/reports/day-rollup.ts'
import { type Histogram, quantile, stepOf } from '../../../src/core/reports/histogram.ts'
import { outcomes } from '../../../src/core/reports/outcome.ts'
import type { VisitRecord } from '../../../src/core/reports/visit-record.ts'
import { rowSchemas } from '../../../src/core/store/rows.ts'

const message = fc.record({
  kind: fc.constantFrom('booked', 'moved', 'reminder.0', 'reminder.1@email'),
  version: fc.integer({ min: 1, max: 3 }),
  state: fc.constantFrom('sent', 'delivered', 'undelivered'),
  at: fc.constant('2031-03-01T10:00:00.000Z'),
})
const record = fc
  .record({
    departmentId: fc.constantFrom('cardiology', 'family'),
    outcome: fc.constantFrom(...outcomes),
    device: fc.constantFrom('passed' as const, 'failed' as const, 'none' as const),
    rating: fc.constantFrom('good' as const, 'poor' as const, 'none' as const),
    seconds: fc.option(fc.integer({ min: 0, max: 9_000 }), { nil: undefined }),
    waited: fc.option(fc.integer({ min: 0, max: 4_000 }), { nil: undefined }),
    messages: fc.array(message, { maxLength: 3 }).map((all) => JSON.stringify(all)),
  })
  .map(
    ({ seconds, waited, ...rest }): VisitRecord => ({
      schema: 1,
      type: 'visit',
      start: '2031-03-04T16:00:00.000Z',
      minutes: 30,
      basis: 'attendance',
      ...rest,
      ...(seconds === undefined ? {} : { seconds }),
      ...(waited === undefined ? {} : { waited }),
    }),
  )

describe('a day’s totals', () => {
  test('that follow every change of its visits are those of a day counted anew', () => {
    const history = fc.array(fc.record({ id: fc.integer({ min: 0, max: 5 }), next: fc.option(record) }), {
      maxLength: 30,
    })
    fc.assert(
      fc.property(history, (changes) => {
        const followed: DayTotals = {}
        const known = new Map<number, VisitRecord>()
        for (const { id, next } of changes) {
          const before = known.get(id)
          if (before) count(followed, before, -1)
          if (next) count(followed, next, 1)
          if (next) known.set(id, next)
          else known.delete(id)
        }
        const anew: DayTotals = {}
        for (const one of known.values()) count(anew, one, 1)
        expect(dayColumns(followed)).toEqual(dayColumns(anew))
        if (known.size === 0) expect(followed).toEqual({})
      }),
      { seed: 7, numRuns: 200 },
    )
  })

  test('are read back from the columns that they take, however many', () => {
    const large: DayTotals = {}
    for (let department = 0; department < 900; department++)
      large[`department-${department}`] = {
        visits: { 'completed|passed|good': department + 1 },
        waited: { 130: 1 },
        seconds: { 1500: 1 },
        messages: { 'text|booked|delivered': 2 },
      }
    const columns = dayColumns(large)
    expect(columns.json2).toBeDefined()
    expect(dayOf(columns)).toEqual(large)
  })

  test('are read back from a very large site too, whose days are too long for a row as they are', () => {
    const histogram = Object.fromEntries(Array.from({ length: 40 }, (_, n) => [n * 10, n + 1]))
    const large: DayTotals = {}
    for (let department = 0; department < 2_000; department++)
      large[`department-of-medicine-${department}`] = {
        visits: { 'completed|passed|good': department + 1, 'no_show|none|none': 3 },
        waited: histogram,
        seconds: histogram,
        messages: { 'text|booked|delivered': department + 2, 'text|reminder|delivered': 5 },
      }
    expect(JSON.stringify(large).length).toBeGreaterThan(9 * 32_000)
    const columns = dayColumns(large)
    expect(columns.json).toMatch(/^deflate:/)
    for (const value of Object.values(columns)) expect(String(value).length).toBeLessThanOrEqual(32_768)
    expect(dayOf(columns)).toEqual(large)
    expect(rowSchemas.reports.safeParse(columns).success).toBe(true)
  })
})

describe('quantiles', () => {
  test('are those of the values, as exact as the steps', () => {
    const values = fc.array(fc.integer({ min: 0, max: 7_000 }), { minLength: 1, maxLength: 200 })
    fc.assert(
      fc.property(values, fc.constantFrom(0.5, 0.9), (all, share) => {
        const histogram: Histogram = {}
        for (const value of all) histogram[stepOf(value)] = (histogram[stepOf(value)] ?? 0) + 1
        const exact = [...all].sort((a, b) => a - b)[Math.ceil(all.length * share) - 1] ?? 0
        expect(Math.abs((quantile(histogram, share) ?? -1) - exact)).toBeLessThanOrEqual(30)
      }),
      { seed: 7, numRuns: 200 },
    )
  })

  test('of nothing are nothing', () => expect(quantile({}, 0.5)).toBeUndefined())
})
