import { type ColumnId, cellOf } from '../core/reports/query/cells.ts'
import { MOST_EXPORTED, PAGE_ROWS, type ReportPage } from '../core/reports/query/rows.ts'
import type { Step, Summary } from '../core/reports/query/summary.ts'
import { RANGES, REPORTS, type View, viewQuery } from '../core/reports/query/view.ts'
import type { Option, Pick, ReportModel } from '../pages/portal/reports/model.ts'
import {
  CHANNELS,
  COLUMN_WORDS,
  DEVICES,
  OUTCOMES,
  RATINGS,
  RESULTS,
  SUBJECTS,
} from '../pages/portal/reports/words.ts'
import { type Names, named, shown } from './portal-report-cells.ts'
import { AVAILABLE } from './portal-report-columns.ts'

const TABS = { appointments: 'Appointments', messages: 'Messages', quality: 'Call quality' } as const
const RANGE_WORDS = {
  '7': 'Last 7 days',
  '30': 'Last 30 days',
  '90': 'Last 90 days',
  custom: 'Custom',
} as const

export type ModelParts = {
  readonly frame: ReportModel['frame']
  readonly view: View
  readonly columns: readonly ColumnId[]
  readonly sort: ColumnId
  readonly page: ReportPage
  readonly summary: Summary
  readonly names: Names
  readonly qualityOff: boolean
}

/** A report as its page shows it. */
export function reportModel(parts: ModelParts): ReportModel {
  const { frame, view, columns, sort, page, summary, names, qualityOff } = parts
  const base = `/portal/reports/${view.report}`
  const to = (more: Partial<View>) => `${base}${viewQuery(view, more)}`
  const first = (page.page - 1) * PAGE_ROWS
  return {
    frame,
    report: view.report,
    full: view.full,
    tabs: REPORTS.map((report) => ({
      label: TABS[report],
      href: `/portal/reports/${report}${viewQuery(sameAsked(view), { report })}`,
      current: report === view.report,
    })),
    action: base,
    ranges: RANGES.map((range) => option(range, RANGE_WORDS[range], view.range === range)),
    from: view.from,
    to: view.to,
    ...places(view, names),
    filters: picksOf(view),
    columnPick: {
      name: 'columns',
      legend: 'Columns of the table and the file',
      options: AVAILABLE[view.report].map((id) =>
        option(id, COLUMN_WORDS[id]?.label ?? id, columns.includes(id)),
      ),
    },
    kept: {
      shown: `${view.from}.${view.to}`,
      ...(view.sort === 'start' ? {} : { sort: view.sort }),
      ...(view.descending ? {} : { order: 'asc' }),
      ...(view.full ? { full: '1' } : {}),
    },
    figures: figuresOf(view, summary),
    ...picturesOf(summary),
    columns: columns.map((id) => {
      const numeric = COLUMN_WORDS[id]?.numeric ?? false
      const current = page.sort === id
      const descending = current ? !view.descending : numeric || id === 'start'
      return {
        id,
        label: COLUMN_WORDS[id]?.label ?? id,
        numeric,
        sortUrl: to({ sort: id, descending }),
        sorted: current ? (view.descending ? 'descending' : 'ascending') : undefined,
      }
    }),
    rows: page.lines.map((line) =>
      columns.map((id) => shown(id, named(id, cellOf(line, id), line.siteId, names))),
    ),
    total: page.total,
    firstRow: first + 1,
    page: page.page,
    pages: page.pages,
    previousUrl: page.page > 1 ? to({ page: page.page - 1 }) : undefined,
    nextUrl: page.page < page.pages ? to({ page: page.page + 1 }) : undefined,
    sortRefused: sort !== page.sort,
    exportUrl:
      page.total === 0 || page.total > MOST_EXPORTED
        ? undefined
        : `${base}/export${viewQuery({ ...view, full: false })}`,
    fullUrl: to({ full: !view.full, page: page.page }),
    resetUrl: base,
    qualityOff,
  }
}

/** Range, site and department go along to another report; what is filtered and sorted by does not. */
function sameAsked(view: View): View {
  const none = {
    outcomes: [],
    devices: [],
    ratings: [],
    channels: [],
    subjects: [],
    results: [],
    columns: [],
  }
  return { ...view, ...none, sort: 'start', descending: true, full: false }
}

function option(value: string, label: string, chosen: boolean): Option {
  return { value, label, chosen }
}

function places({ siteId, departmentId }: View, { sites }: Names) {
  const departments = sites.find((site) => site.siteId === siteId)?.departments ?? []
  return {
    sites: sites.map((site) => option(site.siteId, site.name, site.siteId === siteId)),
    departments: departments.map(({ id, name }) => option(id, name, id === departmentId)),
  }
}

function picksOf(view: View): Pick[] {
  const pick = (
    name: string,
    legend: string,
    words: Readonly<Record<string, string>>,
    chosen: readonly string[],
  ) => ({
    name,
    legend,
    options: Object.entries(words).map(([value, label]) => option(value, label, chosen.includes(value))),
  })
  if (view.report === 'messages')
    return [
      pick('result', 'Result', RESULTS, view.results),
      pick('subject', 'Type', SUBJECTS, view.subjects),
      pick('channel', 'Sent by', CHANNELS, view.channels),
    ]
  return [
    pick('outcome', 'Status', OUTCOMES, view.outcomes),
    pick('device', 'Device check', DEVICES, view.devices),
    pick('rating', 'Call quality', RATINGS, view.ratings),
  ]
}

const number = (value: number) => value.toLocaleString('en-US')
const sum = (counts: Readonly<Record<string, number>>) => Object.values(counts).reduce((a, b) => a + b, 0)
const share = (part: number, of: number) => (of === 0 ? '–' : `${Math.round((part / of) * 1000) / 10} %`)

function minutes(seconds: number | undefined): string {
  if (seconds === undefined) return '–'
  const value = seconds / 60
  return `${value < 10 ? Math.round(value * 10) / 10 : Math.round(value)} min`
}

function figuresOf({ report }: View, { whole }: Summary): ReportModel['figures'] {
  if (report === 'messages') {
    const { messages } = whole
    const failed =
      sum(messages) - sum(pickOf(messages, ['delivered', 'sent', 'on_the_way', 'not_sent', 'not_known']))
    return [
      { label: 'Messages', value: number(sum(messages)) },
      { label: 'Delivered', value: number(messages.delivered ?? 0) },
      { label: 'Failed', value: number(failed) },
      { label: 'Not sent', value: number(messages.not_sent ?? 0) },
      { label: 'Not known', value: number(messages.not_known ?? 0) },
    ]
  }
  if (report === 'quality') {
    const measured = sum(whole.ratings)
    return [
      { label: 'Measured visits', value: number(measured) },
      ...(['good', 'fair', 'poor'] as const).map((rating) => ({
        label: RATINGS[rating] ?? rating,
        value: share(whole.ratings[rating] ?? 0, measured),
      })),
    ]
  }
  const { outcomes } = whole
  const decided = sum(outcomes) - sum(pickOf(outcomes, ['cancelled', 'upcoming', 'in_progress']))
  return [
    { label: 'Visits', value: number(sum(outcomes)) },
    { label: 'Completed', value: number(outcomes.completed ?? 0) },
    { label: 'Completed share', value: share(outcomes.completed ?? 0, decided) },
    { label: 'Median lobby wait', value: minutes(whole.waited.median) },
    { label: '90th percentile', value: minutes(whole.waited.p90) },
    { label: 'Median duration', value: minutes(whole.duration.median) },
  ]
}

function pickOf(counts: Readonly<Record<string, number>>, keys: readonly string[]) {
  return Object.fromEntries(keys.map((key) => [key, counts[key] ?? 0]))
}

function picturesOf({ steps, stepDays, whole }: Summary) {
  const named = <T extends object>(of: (step: Step) => T) =>
    steps.map((step) => ({ label: step.day, short: shortDay(step.day), ...of(step) }))
  return {
    stepName: stepDays === 1 ? ('Day' as const) : ('Week from' as const),
    outcomes: named(({ outcomes }) => ({ values: outcomes })),
    messages: named(({ messages }) => ({ values: messages })),
    ratings: named(({ ratings }) => ({ values: ratings })),
    waited: named(({ waited }) => waited),
    duration: named(({ duration }) => duration),
    wholeWaited: whole.waited,
    wholeDuration: whole.duration,
  }
}

function shortDay(day: string): string {
  return new Date(`${day}T00:00:00Z`).toLocaleDateString('en-GB', {
    day: 'numeric',
    month: 'short',
    timeZone: 'UTC',
  })
}
