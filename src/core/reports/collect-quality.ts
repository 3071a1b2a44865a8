import { rosterOf } from '../meetings/roster/roster.ts'
import type { VisitRow } from '../store/rows.ts'
import type { VisitRef } from '../visits/visit.ts'
import { readQuality } from './call-records.ts'
import type { CollectPorts } from './collect-attendance.ts'
import { presenceOf, togetherFrom } from './presence.ts'
import { settleVisit } from './settle-visit.ts'
import { attendanceOf } from './visit-record.ts'

const MINUTE = 60_000
/** Minutes after the visit's last known end: the first record "typically" comes within 2.5 hours (Graph, "callRecord"). */
const LOOKS = [20, 60, 150, 300, 720, 1_440, 2_880] as const
/** A call may be recorded as begun a little before its first join as we know it. */
const AROUND = 30 * MINUTE
const EARLY_MS = 5_000

/** When Graph should be asked for call records next; undefined where it should not, or is done. Pure. */
export function qualityLook(row: VisitRow): Date | undefined {
  if (row.quality !== undefined || row.sealedMeeting === undefined) return undefined
  const presence = presenceOf(row, rosterOf(row), attendanceOf(row))
  if (!presence.clinicianId || togetherFrom(presence.stays) === undefined) return undefined
  if (row.qualityNext !== undefined) return new Date(row.qualityNext)
  const wait = LOOKS[row.qualityLooks ?? 0]
  if (wait === undefined || presence.endedAt === undefined) return undefined
  return new Date(Date.parse(presence.endedAt) + wait * MINUTE)
}

/** Asks Graph how a visit's call was, and keeps the measures; a message that comes twice asks once. */
export async function collectQuality(
  ports: CollectPorts,
  ref: VisitRef,
): Promise<{ found: boolean; next: Date | undefined; code?: string }> {
  const visit = await ports.visits.find(ref)
  const look = visit && qualityLook(visit.row)
  const meeting = visit && ports.seals.meeting(visit)
  const now = ports.now()
  if (!visit || !look || !meeting) return { found: false, next: undefined }
  if (look.getTime() - EARLY_MS > now.getTime()) return { found: false, next: undefined }
  const presence = presenceOf(visit.row, rosterOf(visit.row), attendanceOf(visit.row))
  const { clinicianId = '', stays, endedAt } = presence
  const first = stays.map(({ from }) => from).sort()[0] ?? visit.row.start
  const read = await readQuality(await ports.graph(ref.tenantId), {
    joinWebUrl: meeting.joinWebUrl,
    clinicianId,
    from: new Date(Date.parse(first) - AROUND),
    to: new Date(Date.parse(endedAt ?? now.toISOString()) + AROUND),
  })
  const found = read.ok ? read.value : undefined
  const wait = read.ok ? undefined : (read.failure.retryAfterSeconds ?? 600)
  const updated = await ports.visits.update(ref, (row) => {
    const { qualityNext: _next, ...rest } = row
    if (found) return { ...rest, quality: JSON.stringify(found), qualityLooks: (row.qualityLooks ?? 0) + 1 }
    const looks = (row.qualityLooks ?? 0) + 1
    const after = LOOKS[looks]
    // Done without: no further look is due, and `qualityLook` says so.
    if (after === undefined) return { ...rest, qualityLooks: looks }
    const at =
      now.getTime() + (wait === undefined ? (after - (LOOKS[looks - 1] ?? 0)) * MINUTE : wait * 1_000)
    return { ...rest, qualityLooks: looks, qualityNext: new Date(at).toISOString() }
  })
  if (found && !ports.settlesLater) await settleVisit(ports, ref)
  const next = updated && qualityLook(updated.row)
  return { found: found !== undefined, next, ...(read.ok ? {} : { code: read.failure.code }) }
}
