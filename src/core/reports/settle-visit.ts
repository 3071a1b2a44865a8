import type { App } from '../app.ts'
import { readNoticesOfVisit } from '../messaging/read-notices.ts'
import { utcDay } from '../visits/bay.ts'
import type { Visit, VisitRef } from '../visits/visit.ts'
import { recordKeys } from './report-keys.ts'
import {
  type MessageFact,
  mergeMessages,
  messageFacts,
  messagesOf,
  recordId,
  type VisitRecord,
  visitRecord,
} from './visit-record.ts'
import { writeDay } from './write-day.ts'

export type SettlePorts = Pick<App, 'store' | 'visits' | 'now'>

/**
 * Brings the reports up to date with one visit, wherever it lies now. Doing it again does nothing.
 * @param more messages of a day that the visit moved from.
 * @returns how many records changed; undefined where there is no such visit, or nothing left to tell of it: what was
 * known when its people were erased stands.
 */
export async function settleVisit(
  ports: SettlePorts,
  ref: VisitRef,
  more: readonly MessageFact[] = [],
): Promise<number | undefined> {
  const visit = await ports.visits.find(ref)
  if (!visit || isErased(visit)) return undefined
  const notices = await readNoticesOfVisit(ports.store.tables.visits, visit)
  const before = await recordBefore(ports, visit)
  const messages = mergeMessages(before ? messagesOf(before) : [], [...more, ...messageFacts(notices)])
  const next = visitRecord(visit.row, messages, ports.now())
  const id = recordId(visit.visitKey)
  const written = await writeDay(ports.store, visit, utcDay(new Date(next.start)), [
    { id, start: next.start, next },
  ])
  return written + (await leaveOldDay(ports, visit, next.start))
}

/** What the people in it did is taken off a visit that is long over (visits/erase.ts). */
export function isErased({ row }: Visit): boolean {
  return row.sealedAppointment === undefined
}

/** The visit's record as it stands, under the start that it had then. */
export async function recordBefore({ store }: SettlePorts, visit: Visit): Promise<VisitRecord | undefined> {
  const start = visit.row.reportedStart ?? visit.row.start
  const { partitionKey, rowKey } = recordKeys(visit, start, recordId(visit.visitKey))
  const row = await store.tables.reports.get(partitionKey, rowKey)
  return row?.type === 'visit' ? row : undefined
}

/**
 * Takes the record off the start that the visit had before, and notes the present one. In this order: a crash leaves a
 * visit that counts twice until it is looked at again, and never one that is lost.
 */
export async function leaveOldDay(ports: SettlePorts, visit: Visit, start: string): Promise<number> {
  const { reportedStart } = visit.row
  if (reportedStart === start) return 0
  const left =
    reportedStart === undefined
      ? 0
      : await writeDay(ports.store, visit, utcDay(new Date(reportedStart)), [
          { id: recordId(visit.visitKey), start: reportedStart, next: undefined },
        ])
  await ports.visits.update(visit, (row) =>
    row.start === start && row.reportedStart === reportedStart ? { ...row, reportedStart: start } : undefined,
  )
  return left
}
