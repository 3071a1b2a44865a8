import { z } from 'zod'
import { utcDay } from '../../visits/bay.ts'
import { CHANNELS, type Channel } from '../day-rollup.ts'
import { type MessageOutcome, messageOutcomes } from '../message-outcome.ts'
import { type DeviceResult, deviceResults, type Outcome, outcomes } from '../outcome.ts'
import { ratings } from '../quality.ts'

export const REPORTS = ['appointments', 'messages', 'quality'] as const
export type ReportName = (typeof REPORTS)[number]
export const RANGES = ['7', '30', '90', 'custom'] as const
export type RangeName = (typeof RANGES)[number]

export const RATINGS = [...ratings, 'none'] as const
export type RatingOrNone = (typeof RATINGS)[number]

/** What somebody asked of a report. Everything of it stands in the address, so that a view can be sent to a colleague. */
export type View = {
  readonly report: ReportName
  readonly range: RangeName
  /** UTC days, both inclusive. */
  readonly from: string
  readonly to: string
  readonly siteId: string | undefined
  readonly departmentId: string | undefined
  /** An empty list: whatever there is. */
  readonly outcomes: readonly Outcome[]
  readonly devices: readonly DeviceResult[]
  readonly ratings: readonly RatingOrNone[]
  readonly channels: readonly Channel[]
  readonly subjects: readonly string[]
  readonly results: readonly MessageOutcome[]
  /** Empty: the report's own. */
  readonly columns: readonly string[]
  readonly sort: string
  readonly descending: boolean
  /** From 1 on. */
  readonly page: number
  readonly full: boolean
}

const DAY_MS = 86_400_000
/** Longer ranges are read month by month; nobody keeps more than ten years, and a page should answer. */
const LONGEST = 400
const word = /^[a-zA-Z0-9_.-]{1,60}$/

/** Reads a view out of an address. What makes no sense is left out: an old link still opens. */
export function readView(report: ReportName, query: URLSearchParams, now: Date): View {
  const some = <T extends string>(name: string, known: readonly T[]): T[] =>
    known.filter((one) => words(query, name).includes(one))
  const one = (name: string) => words(query, name)[0]
  const range = typedDays(query) ? 'custom' : (RANGES.find((known) => known === query.get('range')) ?? '7')
  return {
    report,
    ...days(range, query, now),
    siteId: one('site'),
    departmentId: one('site') === undefined ? undefined : one('department'),
    outcomes: some('outcome', outcomes),
    devices: some('device', deviceResults),
    ratings: some('rating', RATINGS),
    channels: some('channel', CHANNELS),
    subjects: words(query, 'subject'),
    results: some('result', messageOutcomes),
    columns: words(query, 'columns'),
    sort: one('sort') ?? 'start',
    descending: query.get('order') !== 'asc',
    page: z.coerce
      .number()
      .int()
      .min(1)
      .max(100_000)
      .catch(1)
      .parse(query.get('page') ?? 1),
    full: query.get('full') === '1',
  }
}

/**
 * Whether somebody typed other days into the form than it showed, and left the range as it was: the days are what they
 * mean. `shown` are the days that the form came with.
 */
function typedDays(query: URLSearchParams): boolean {
  const shown = query.get('shown')
  return shown !== null && shown !== `${query.get('from')}.${query.get('to')}`
}

function days(range: RangeName, query: URLSearchParams, now: Date): Pick<View, 'range' | 'from' | 'to'> {
  const today = utcDay(now)
  const back = (end: string, count: number) => utcDay(new Date(Date.parse(end) - (count - 1) * DAY_MS))
  if (range !== 'custom') return { range, from: back(today, Number(range)), to: today }
  const given = (name: string) => {
    const day = query.get(name) ?? ''
    return z.iso.date().safeParse(day).success ? day : undefined
  }
  const to = given('to') ?? today
  const from = given('from') ?? back(to, 7)
  if (from > to) return { range, from: to, to }
  const earliest = back(to, LONGEST)
  return { range, from: from < earliest ? earliest : from, to }
}

/** Values of a field: repeated, as a form sends them, or joined by commas, as a link does. */
function words(query: URLSearchParams, name: string): string[] {
  const all = query.getAll(name).flatMap((value) => value.split(','))
  return [...new Set(all.filter((value) => word.test(value)))]
}

/** The address of a view: only what differs from what the report shows by itself. */
export function viewQuery(view: View, more: Partial<View> = {}): string {
  const of = { ...view, page: 1, ...more }
  const query = new URLSearchParams()
  const set = (name: string, value: string | undefined, usual = '') => {
    if (value !== undefined && value !== usual) query.set(name, value)
  }
  set('range', of.range, '7')
  if (of.range === 'custom') {
    set('from', of.from)
    set('to', of.to)
  }
  set('site', of.siteId)
  set('department', of.departmentId)
  set('outcome', of.outcomes.join(','))
  set('device', of.devices.join(','))
  set('rating', of.ratings.join(','))
  set('channel', of.channels.join(','))
  set('subject', of.subjects.join(','))
  set('result', of.results.join(','))
  set('columns', of.columns.join(','))
  set('sort', of.sort, 'start')
  set('order', of.descending ? undefined : 'asc')
  set('page', String(of.page), '1')
  set('full', of.full ? '1' : undefined)
  const text = query.toString().replaceAll('%2C', ',')
  return text === '' ? '' : `?${text}`
}
