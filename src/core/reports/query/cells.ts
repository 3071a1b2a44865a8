import { isEmail } from '../../messaging/notice.ts'
import { subjectGroup } from '../day-rollup.ts'
import { type MessageOutcome, messageOutcome } from '../message-outcome.ts'
import { type Quality, qualitySchema } from '../quality.ts'
import { messagesOf } from '../visit-record.ts'
import type { ReportLine } from './filters.ts'

export const COLUMNS = [
  'start',
  'site',
  'department',
  'outcome',
  'reason',
  'begun',
  'duration',
  'waited',
  'attendees',
  'clinician',
  'device',
  'messages',
  'rating',
  'jitter',
  'loss',
  'roundTrip',
  'planned',
  'basis',
  'reference',
  'sent',
  'subject',
  'channel',
  'result',
  'resultReason',
] as const
export type ColumnId = (typeof COLUMNS)[number]

/** A value of a row: a time (ISO), a number in the column's unit, a code, an id, or nothing. */
export type Cell = string | number | undefined

const READ: Readonly<Record<ColumnId, (line: ReportLine) => Cell>> = {
  start: ({ record }) => record.start,
  site: ({ siteId }) => siteId,
  department: ({ record }) => record.departmentId,
  outcome: ({ record }) => record.outcome,
  reason: ({ record }) => record.reason,
  begun: ({ record }) => record.begun,
  // Zero where both sides did not meet: the usual figure.
  duration: ({ record }) => record.seconds ?? (isOver(record.outcome) ? 0 : undefined),
  waited: ({ record }) => record.waited,
  attendees: ({ record }) => record.attendees ?? (isOver(record.outcome) ? 0 : undefined),
  clinician: ({ record }) => record.clinicianId,
  device: ({ record }) => record.device,
  messages: ({ record }) => messageSummary(messagesOf(record)),
  rating: ({ record }) => record.rating,
  jitter: (line) => qualityOf(line)?.jitterMs,
  loss: (line) => percent(qualityOf(line)?.loss),
  roundTrip: (line) => qualityOf(line)?.roundTripMs,
  planned: ({ record }) => record.minutes,
  basis: ({ record }) => record.basis,
  reference: ({ id }) => id,
  sent: ({ message }) => message?.at,
  subject: ({ message }) => message && subjectGroup(message.kind),
  channel: ({ message }) => message && (isEmail(message.kind) ? 'email' : 'text'),
  result: ({ message }) => message && messageOutcome(message.state, message.reason),
  resultReason: ({ message }) => message?.reason,
}

export function cellOf(line: ReportLine, column: ColumnId): Cell {
  return READ[column](line)
}

const OPEN = new Set(['upcoming', 'in_progress', 'cancelled'])
function isOver(outcome: string): boolean {
  return !OPEN.has(outcome)
}

/** `delivered:2,unreachable:1`: how many messages of a visit came to what. */
function messageSummary(
  messages: readonly { state: string; reason?: string | undefined }[],
): string | undefined {
  const counts = new Map<MessageOutcome, number>()
  for (const { state, reason } of messages) {
    const outcome = messageOutcome(state, reason)
    counts.set(outcome, (counts.get(outcome) ?? 0) + 1)
  }
  const parts = [...counts].map(([outcome, count]) => `${outcome}:${count}`)
  return parts.length === 0 ? undefined : parts.join(',')
}

function qualityOf({ record }: ReportLine): Quality | undefined {
  if (record.quality === undefined) return undefined
  const parsed = qualitySchema.safeParse(JSON.parse(record.quality))
  return parsed.success ? parsed.data : undefined
}

function percent(share: number | undefined): number | undefined {
  return share === undefined ? undefined : Math.round(share * 10_000) / 100
}

/** Rows without a value come last, whichever way they are sorted; equal ones in the order of their start. */
export function compareBy(column: ColumnId, descending: boolean): (a: ReportLine, b: ReportLine) => number {
  const sign = descending ? -1 : 1
  return (a, b) => {
    const [x, y] = [cellOf(a, column), cellOf(b, column)]
    if (x !== y) {
      if (x === undefined) return 1
      if (y === undefined) return -1
      return x < y ? -sign : sign
    }
    return a.record.start < b.record.start
      ? -sign
      : a.record.start > b.record.start
        ? sign
        : a.id < b.id
          ? -1
          : 1
  }
}
