import { deflateRawSync, inflateRawSync } from 'node:zlib'
import { z } from 'zod'
import { isEmail, type NoticeKind, subjectOf } from '../messaging/notice.ts'
import type { Row } from '../store/rows.ts'
import { add, type Histogram, stepOf } from './histogram.ts'
import { messageOutcome } from './message-outcome.ts'
import { messagesOf, type VisitRecord } from './visit-record.ts'

const counts = z.record(z.string(), z.number().int())

/**
 * What one department's visits of one site and UTC day come to. Every figure is a count that can be added to and taken
 * from again, so that a day follows each change of a visit without being counted anew.
 */
const totals = z.object({
  /** Visits by `{outcome}|{device check}|{rating}`: every combination that a page filters by. */
  visits: counts,
  /** Lobby waits of visits in which somebody was admitted, and durations of those where both sides met: by seconds. */
  waited: counts,
  seconds: counts,
  /** Messages by `{text or email}|{subject}|{outcome}`. */
  messages: counts,
})
export type Totals = z.infer<typeof totals>

/** By department. */
export const daySchema = z.record(z.string(), totals)
export type DayTotals = z.infer<typeof daySchema>

export const CHANNELS = ['text', 'email'] as const
export type Channel = (typeof CHANNELS)[number]

export function noTotals(): Totals {
  return { visits: {}, waited: {}, seconds: {}, messages: {} }
}

export function visitCell(record: Pick<VisitRecord, 'outcome' | 'device' | 'rating'>): string {
  return `${record.outcome}|${record.device}|${record.rating}`
}

export function messageCell(message: { kind: string; state: string; reason?: string | undefined }): string {
  const channel: Channel = isEmail(message.kind) ? 'email' : 'text'
  return `${channel}|${subjectGroup(message.kind)}|${messageOutcome(message.state, message.reason)}`
}

/** Reminders are one kind, whichever of a site's reminders they are. */
export function subjectGroup(kind: string): string {
  const subject: string = subjectOf(kind as NoticeKind)
  return subject.startsWith('reminder') ? 'reminder' : subject
}

/** Adds what a record counts for to its day, or takes it away. */
export function count(day: DayTotals, record: VisitRecord, sign: 1 | -1): void {
  const of = day[record.departmentId] ?? noTotals()
  day[record.departmentId] = of
  add(of.visits, visitCell(record), sign)
  if (record.waited !== undefined) add(of.waited, stepOf(record.waited), sign)
  if (record.seconds !== undefined) add(of.seconds, stepOf(record.seconds), sign)
  for (const message of messagesOf(record)) add(of.messages, messageCell(message), sign)
  if ([of.visits, of.waited, of.seconds, of.messages].every(isEmpty)) delete day[record.departmentId]
}

function isEmpty(histogram: Histogram): boolean {
  return Object.keys(histogram).length === 0
}

/** Characters; a column of a table holds 32,768 ("Understanding the Table service data model"). */
const PART = 32_000
const COLUMNS = ['json', 'json2', 'json3', 'json4', 'json5', 'json6', 'json7', 'json8', 'json9'] as const
/** How a text begins that was too long as it is: what follows is deflated, in base64. JSON begins otherwise. */
const PACKED = 'deflate:'
type DayRow = Extract<Row<'reports'>, { type: 'day' }>

/** Keys in order: the same visits make the same row, whatever order they came in. */
export function dayColumns(day: DayTotals): DayRow {
  const text = JSON.stringify(day, (_key, value: unknown) =>
    value && typeof value === 'object'
      ? Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)))
      : value,
  )
  const most = COLUMNS.length * PART
  // A thousand departments say the same words again and again: a tenth of it is left.
  const written = text.length > most ? `${PACKED}${deflateRawSync(text).toString('base64')}` : text
  if (written.length > most) throw new Error('a day of the reports is too large for its row')
  const parts = COLUMNS.map((name, at) => [name, written.slice(at * PART, (at + 1) * PART)] as const)
  return { schema: 1, type: 'day', json: '', ...Object.fromEntries(parts.filter(([, part]) => part !== '')) }
}

export function dayOf(row: DayRow): DayTotals {
  const written = COLUMNS.map((name) => row[name] ?? '').join('')
  const text = written.startsWith(PACKED)
    ? inflateRawSync(Buffer.from(written.slice(PACKED.length), 'base64')).toString('utf8')
    : written
  return daySchema.parse(JSON.parse(text))
}
