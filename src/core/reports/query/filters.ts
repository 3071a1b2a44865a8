import { messageCell, type Totals, visitCell } from '../day-rollup.ts'
import { type MessageFact, messagesOf, type VisitRecord } from '../visit-record.ts'
import type { SiteDay } from './days.ts'
import type { View } from './view.ts'

type Filter = Pick<
  View,
  'report' | 'departmentId' | 'outcomes' | 'devices' | 'ratings' | 'channels' | 'subjects' | 'results'
>

const allowed = (list: readonly string[], value: string) => list.length === 0 || list.includes(value)

/** Quality lists the calls that were measured, unless it is asked for the others. */
function ratingsOf({ report, ratings }: Filter): readonly string[] {
  return report === 'quality' && ratings.length === 0 ? ['good', 'fair', 'poor'] : ratings
}

/** A cell of a day's totals and a record itself are looked at alike: that is why a page knows how many there are. */
function visitFits(filter: Filter, cell: string): boolean {
  const [outcome = '', device = '', rating = ''] = cell.split('|')
  return (
    allowed(filter.outcomes, outcome) && allowed(filter.devices, device) && allowed(ratingsOf(filter), rating)
  )
}

function messageFits(filter: Filter, cell: string): boolean {
  const [channel = '', subject = '', result = ''] = cell.split('|')
  return (
    allowed(filter.channels, channel) && allowed(filter.subjects, subject) && allowed(filter.results, result)
  )
}

/** The departments' totals that a view is about. */
export function totalsOf({ totals }: SiteDay, { departmentId }: Pick<View, 'departmentId'>): Totals[] {
  return Object.entries(totals).flatMap(([id, of]) =>
    departmentId === undefined || departmentId === id ? [of] : [],
  )
}

/** How many rows of the report a site's day has, without reading one of them. */
export function rowsOfDay(day: SiteDay, filter: Filter): number {
  let rows = 0
  for (const { visits, messages } of totalsOf(day, filter)) {
    const [cells, fits] = filter.report === 'messages' ? [messages, messageFits] : [visits, visitFits]
    for (const [cell, count] of Object.entries(cells)) if (fits(filter, cell)) rows += count
  }
  return rows
}

/** One row of a report: a visit, and of Messages the one message. */
export type ReportLine = {
  readonly siteId: string
  readonly id: string
  readonly record: VisitRecord
  readonly message?: MessageFact
}

/** The rows that a visit has in the report. */
export function linesOf(filter: Filter, siteId: string, id: string, record: VisitRecord): ReportLine[] {
  if (filter.departmentId !== undefined && record.departmentId !== filter.departmentId) return []
  if (filter.report !== 'messages')
    return visitFits(filter, visitCell(record)) ? [{ siteId, id, record }] : []
  return messagesOf(record).flatMap((message) =>
    messageFits(filter, messageCell(message)) ? [{ siteId, id, record, message }] : [],
  )
}
