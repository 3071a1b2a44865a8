import type { App } from '../app.ts'
import type { VisitRow } from '../store/rows.ts'
import type { VisitRef } from '../visits/visit.ts'
import { readAttendance } from './attendance.ts'
import { afterFailedLook, afterLook, attendanceLook } from './looks.ts'
import { settleVisit } from './settle-visit.ts'

export type CollectPorts = Pick<App, 'store' | 'visits' | 'seals' | 'graph' | 'now'> & {
  /** Of a very large site the runs of the day bring the reports up to date: its visits would wait for each other. */
  readonly settlesLater?: boolean
}
export type Collected = {
  readonly found: boolean
  /** When to ask again; undefined where that is done with. */
  readonly next: Date | undefined
  /** Why Graph could not be asked, for the log. */
  readonly code?: string
}

/** The time between two looks is never so short that a clock which is off a little would miss the second. */
const EARLY_MS = 5_000

/**
 * Asks Graph who attended a visit, keeps that without names, and brings the reports up to date. Asked too early, or for
 * a visit whose attendance is complete, it does nothing: a message that comes twice asks once.
 */
export async function collectAttendance(ports: CollectPorts, ref: VisitRef): Promise<Collected> {
  const visit = await ports.visits.find(ref)
  const look = visit && attendanceLook(visit.row)
  const now = ports.now()
  if (!visit || !look) return { found: false, next: undefined }
  // Whoever looked before has asked for the next look already.
  if (look.getTime() - EARLY_MS > now.getTime()) return { found: false, next: undefined }
  const meeting = ports.seals.meeting(visit)
  // Sealed by a key that is gone: nothing will ever be known of it.
  if (!meeting) return kept(ports, ref, (row) => ({ ...row, reportAt: now.toISOString() }), false)
  const read = await readAttendance(await ports.graph(ref.tenantId), ref.tenantId, meeting)
  if (read.ok) {
    const { value } = read
    return kept(ports, ref, (row) => afterLook(row, value, now), value !== undefined)
  }
  const { code, retryAfterSeconds } = read.failure
  return {
    ...(await kept(ports, ref, (row) => afterFailedLook(row, code, retryAfterSeconds, now), false)),
    code,
  }
}

async function kept(
  ports: CollectPorts,
  ref: VisitRef,
  change: (row: VisitRow) => VisitRow,
  found: boolean,
): Promise<Collected> {
  const visit = await ports.visits.update(ref, change)
  if (!ports.settlesLater) await settleVisit(ports, ref)
  return { found, next: visit && attendanceLook(visit.row) }
}
