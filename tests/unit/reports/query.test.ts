import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { count, type DayTotals } from '../../../src/core/reports/day-rollup.ts'
import { outcomes } from '../../../src/core/reports/outcome.ts'
import { compareBy } from '../../../src/core/reports/query/cells.ts'
import { BOM, csvLine } from '../../../src/core/reports/query/csv.ts'
import { monthsOf } from '../../../src/core/reports/query/days.ts'
import { linesOf, rowsOfDay } from '../../../src/core/reports/query/filters.ts'
import { summarize } from '../../../src/core/reports/query/summary.ts'
import { readView, viewQuery } from '../../../src/core/reports/query/view.ts'
import type { VisitRecord } from '../../../src/core/reports/visit-record.ts'

const NOW = new Date('2031-03-31T18:00:00Z')
const view = (query: string, report: 'appointments' | 'messages' | 'quality' = 'appointments') =>
  readView(report, new URLSearchParams(query), NOW)

describe('a view', () => {
  test('is the last seven days, newest first, unless somebody asks otherwise', () => {
    expect(view('')).toMatchObject({
      range: '7',
      from: '2031-03-25',
      to: '2031-03-31',
      descending: true,
      page: 1,
    })
    expect(view('range=30').from).toBe('2031-03-02')
    expect(view('range=90').from).toBe('2031-01-01')
  })

  test('of a custom range has an end, a beginning before it, and at most 400 days', () => {
    expect(view('range=custom&from=2031-02-01&to=2031-02-28')).toMatchObject({
      from: '2031-02-01',
      to: '2031-02-28',
    })
    expect(view('range=custom&from=2031-03-01&to=2031-02-01')).toMatchObject({
      from: '2031-02-01',
      to: '2031-02-01',
    })
    expect(view('range=custom&from=1999-01-01&to=2031-03-31').from).toBe('2030-02-25')
    expect(view('range=custom&from=yesterday&to=2031-13-40')).toMatchObject({
      from: '2031-03-25',
      to: '2031-03-31',
    })
  })

  test('is the same when its address is opened by somebody else', () => {
    const words = fc.constantFrom('completed', 'no_show', 'cancelled')
    const query = fc.record({
      range: fc.constantFrom('7', '30', '90', 'custom'),
      from: fc.constantFrom('2031-01-05', '2031-02-05'),
      to: fc.constantFrom('2031-02-20', '2031-03-20'),
      site: fc.constantFrom('northwind001', ''),
      department: fc.constantFrom('cardiology', ''),
      outcome: fc.uniqueArray(words).map((all) => all.join(',')),
      device: fc.constantFrom('', 'failed', 'failed,none'),
      columns: fc.constantFrom('', 'start,outcome'),
      sort: fc.constantFrom('start', 'duration'),
      order: fc.constantFrom('asc', 'desc'),
      page: fc.constantFrom('1', '3'),
      full: fc.constantFrom('', '1'),
    })
    fc.assert(
      fc.property(query, (asked) => {
        const first = view(new URLSearchParams(asked).toString())
        expect(view(viewQuery(first, { page: first.page }).slice(1))).toEqual(first)
      }),
      { seed: 7, numRuns: 200 },
    )
  })

  test('leaves out what makes no sense: an old or forged address still opens', () => {
    expect(view('outcome=exploded&page=-4&range=year&sort=<script>&site=a/b&columns=%27')).toEqual(view(''))
  })

  test('reads what a form repeats and what a link joins', () => {
    expect(view('outcome=no_show&outcome=cancelled').outcomes).toEqual(
      view('outcome=cancelled,no_show').outcomes,
    )
  })

  test('takes the days that were typed into the form, whatever its range says', () => {
    const form = 'range=30&shown=2031-03-02.2031-03-31'
    expect(view(`${form}&from=2031-03-02&to=2031-03-31`).range).toBe('30')
    expect(view(`${form}&from=2031-03-10&to=2031-03-31`)).toMatchObject({
      range: 'custom',
      from: '2031-03-10',
      to: '2031-03-31',
    })
  })

  test('touches the months of its range', () => {
    expect(monthsOf('2030-12-30', '2031-02-01')).toEqual(['2030-12', '2031-01', '2031-02'])
  })
})

const record = fc
  .record({
    departmentId: fc.constantFrom('cardiology', 'family'),
    outcome: fc.constantFrom(...outcomes),
    device: fc.constantFrom('passed' as const, 'failed' as const, 'none' as const),
    rating: fc.constantFrom('good' as const, 'poor' as const, 'none' as const),
    hour: fc.integer({ min: 0, max: 23 }),
    messages: fc.array(
      fc.record({
        kind: fc.constantFrom('booked', 'reminder.0', 'reminder.1@email'),
        version: fc.constant(1),
        state: fc.constantFrom('delivered', 'undelivered', 'skipped'),
        at: fc.constant('2031-03-01T10:00:00.000Z'),
      }),
      { maxLength: 3 },
    ),
  })
  .map(
    ({ hour, messages, ...rest }): VisitRecord => ({
      schema: 1,
      type: 'visit',
      start: `2031-03-04T${String(hour).padStart(2, '0')}:00:00.000Z`,
      minutes: 30,
      basis: 'live',
      messages: JSON.stringify(messages),
      ...rest,
    }),
  )

test('the totals know how many rows a view has: as many as reading every visit would find', () => {
  const queries = fc.constantFrom(
    '',
    'outcome=completed,no_show',
    'device=failed&rating=poor',
    'site=a&department=family',
    'site=a&department=family&outcome=cancelled&device=none',
    'channel=email',
    'subject=reminder&result=delivered',
  )
  const reports = fc.constantFrom('appointments' as const, 'messages' as const, 'quality' as const)
  fc.assert(
    fc.property(fc.array(record, { maxLength: 30 }), queries, reports, (all, query, report) => {
      const totals: DayTotals = {}
      for (const one of all) count(totals, one, 1)
      const asked = view(query, report)
      const read = all.flatMap((one, index) => linesOf(asked, 'a', String(index), one)).length
      expect(rowsOfDay({ siteId: 'a', day: '2031-03-04', totals }, asked)).toBe(read)
    }),
    { seed: 7, numRuns: 300 },
  )
})

test('a long range is drawn by weeks, a short one by days, each visit once', () => {
  const totals: DayTotals = {
    family: { visits: { 'completed|none|none': 2 }, waited: { 60: 2 }, seconds: {}, messages: {} },
  }
  const days = ['2031-03-30', '2031-03-31'].map((day) => ({ siteId: 'a', day, totals }))
  const week = summarize(days, view('range=90'))
  expect(week.stepDays).toBe(7)
  expect(week.steps.reduce((sum, { outcomes: of }) => sum + (of.completed ?? 0), 0)).toBe(4)
  const short = summarize(days, view('range=7'))
  expect(short.steps).toHaveLength(7)
  expect(short.steps.at(-1)).toMatchObject({
    day: '2031-03-31',
    outcomes: { completed: 2 },
    waited: { median: 60 },
  })
})

test('rows without a value come last, whichever way they are sorted', () => {
  const line = (seconds: number | undefined, outcome = 'completed') => ({
    siteId: 'a',
    id: String(seconds),
    record: {
      schema: 1 as const,
      type: 'visit' as const,
      start: '2031-03-04T08:00:00.000Z',
      minutes: 30,
      departmentId: 'family',
      outcome,
      basis: 'live' as const,
      device: 'none' as const,
      rating: 'none' as const,
      messages: '[]',
      ...(seconds === undefined ? {} : { seconds }),
    },
  })
  const all = [line(5), line(undefined, 'upcoming'), line(9)]
  expect([...all].sort(compareBy('duration', false)).map(({ id }) => id)).toEqual(['5', '9', 'undefined'])
  expect([...all].sort(compareBy('duration', true)).map(({ id }) => id)).toEqual(['9', '5', 'undefined'])
})

describe('a CSV file', () => {
  test('says its encoding, quotes what needs it, and keeps numbers', () => {
    expect(BOM).toBe('\uFEFF')
    expect(csvLine(['a "b"', 12, undefined, 'c,d', 0.14])).toBe('"a ""b""",12,,"c,d",0.14\r\n')
  })

  test.each(['=1+1', '+1', '-1', '@SUM(A1)', '\t=1', '\r=1'])('computes nothing: %j', (text) => {
    expect(csvLine([text])).toBe(`"'${text}"\r\n`)
  })

  test('never begins a cell with a sign that a spreadsheet computes', () => {
    fc.assert(
      fc.property(fc.array(fc.string(), { minLength: 1, maxLength: 5 }), (cells) => {
        for (const cell of cells) expect(csvLine([cell])).not.toMatch(/^"[=+\-@\t\r]/)
      }),
      { seed: 7, numRuns: 500 },
    )
  })
})
