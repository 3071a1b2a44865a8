import { createHash } from 'node:crypto'
import { z } from 'zod'
import { rosterOf } from '../meetings/roster/roster.ts'
import type { NoticeRow, Row, VisitRow } from '../store/rows.ts'
import { readDeviceCheck } from '../visits/device-check.ts'
import { deviceResult, outcomeOf } from './outcome.ts'
import { attendanceSchema, lastLeft, mostAtOnce, presenceOf, togetherFrom } from './presence.ts'
import { qualitySchema } from './quality.ts'

export type ReportRow = Row<'reports'>
/** What the reports know of one visit. */
export type VisitRecord = Extract<ReportRow, { type: 'visit' }>

/** One message of a visit: kind (a subject, `@email` behind it where it went by e-mail), version, state, reason, time. */
export const messageSchema = z.object({
  kind: z.string(),
  version: z.number().int(),
  state: z.string(),
  reason: z.string().optional(),
  at: z.iso.datetime(),
})
export type MessageFact = z.infer<typeof messageSchema>

const MOST_MESSAGES = 100

/**
 * The visit's name in the reports: leads to the same record whatever day the visit moves to, and not back to the visit
 * key, which stands for an appointment.
 */
export function recordId(visitKey: string): string {
  return createHash('sha256').update(`report|${visitKey}`).digest('base64url').slice(0, 16)
}

/** What became of a visit, as a row of the reports. Pure: from what is known now, however it came to be known. */
export function visitRecord(row: VisitRow, messages: readonly MessageFact[], now: Date): VisitRecord {
  const presence = presenceOf(row, rosterOf(row), attendanceOf(row))
  const { outcome, reason } = outcomeOf(row, presence, now)
  const begun = togetherFrom(presence.stays)
  const left = lastLeft(presence.stays)
  const admitted = presence.stays
    .filter(({ staff }) => !staff)
    .map(({ from }) => from)
    .sort()[0]
  const quality = qualityOf(row)
  return {
    schema: 1,
    type: 'visit',
    start: row.start,
    minutes: row.minutes,
    departmentId: row.departmentId,
    outcome,
    ...(reason === undefined ? {} : { reason }),
    basis: presence.basis,
    ...(begun === undefined ? {} : { begun }),
    ...(begun === undefined || left === undefined ? {} : { seconds: secondsBetween(begun, left) }),
    ...(admitted === undefined || presence.waitedFrom === undefined
      ? {}
      : { waited: secondsBetween(presence.waitedFrom, admitted) }),
    ...(presence.stays.length === 0 ? {} : { attendees: mostAtOnce(presence.stays) }),
    ...(presence.clinicianId === undefined ? {} : { clinicianId: presence.clinicianId }),
    device: deviceResult(readDeviceCheck(row.deviceCheck)),
    ...(row.deviceCheck === undefined ? {} : { deviceCheck: row.deviceCheck }),
    rating: quality?.rating ?? 'none',
    ...(quality === undefined ? {} : { quality: JSON.stringify(quality) }),
    messages: JSON.stringify(messages.slice(0, MOST_MESSAGES)),
  }
}

/** The notices of a visit as facts, in the order of their version and kind. */
export function messageFacts(
  notices: readonly { readonly kind: string; readonly version: number; readonly row: NoticeRow }[],
): MessageFact[] {
  return sorted(
    notices.map(({ kind, version, row: { state, reason, firstSentAt, changedAt } }) => ({
      kind,
      version,
      state,
      ...(reason === undefined ? {} : { reason }),
      at: firstSentAt ?? changedAt,
    })),
  )
}

/** What was known of a visit's messages before, with what is known now: those of a day that it moved from stay. */
export function mergeMessages(before: readonly MessageFact[], now: readonly MessageFact[]): MessageFact[] {
  const byName = new Map(before.map((one) => [`${one.version}:${one.kind}`, one]))
  for (const one of now) byName.set(`${one.version}:${one.kind}`, one)
  return sorted([...byName.values()])
}

export function messagesOf(record: Pick<VisitRecord, 'messages'>): MessageFact[] {
  return z.array(messageSchema).parse(JSON.parse(record.messages))
}

export function attendanceOf(row: Pick<VisitRow, 'attendance'>) {
  if (row.attendance === undefined) return undefined
  const parsed = attendanceSchema.safeParse(JSON.parse(row.attendance))
  return parsed.success ? parsed.data : undefined
}

function qualityOf(row: Pick<VisitRow, 'quality'>) {
  if (row.quality === undefined) return undefined
  const parsed = qualitySchema.safeParse(JSON.parse(row.quality))
  return parsed.success ? parsed.data : undefined
}

function sorted(messages: MessageFact[]): MessageFact[] {
  return messages.sort((a, b) => a.version - b.version || (a.kind < b.kind ? -1 : 1))
}

/** Whole seconds; none where the clocks of two services disagree. */
function secondsBetween(from: string, to: string): number {
  return Math.max(0, Math.round((Date.parse(to) - Date.parse(from)) / 1000))
}
