import type { VisitRow } from '../store/rows.ts'
import { type DeviceCheck, readDeviceCheck } from '../visits/device-check.ts'
import { lateMinutes } from '../visits/late.ts'
import { EARLIEST, type Presence, togetherFrom } from './presence.ts'

const MINUTE = 60_000
/** A link opens the visit this long after its planned end (visits/tap.ts); nobody comes later. */
const GRACE = 60 * MINUTE

export const outcomes = [
  'upcoming',
  'in_progress',
  'completed',
  'no_show',
  'patient_not_admitted',
  'clinician_absent',
  'technical_failure',
  'cancelled',
] as const
export type Outcome = (typeof outcomes)[number]

export const outcomeReasons = [
  'cancelled',
  'not_video',
  'nobody_came',
  'clinician_alone',
  'meeting_not_made',
  'device_failed',
  'nobody_got_in',
] as const
export type OutcomeReason = (typeof outcomeReasons)[number]

export type Decided = { readonly outcome: Outcome; readonly reason?: OutcomeReason }

/**
 * What became of a visit, from what is known now. Pure.
 * Until the planned end, the delay told to the patient included, a visit that nobody met in is upcoming or in progress;
 * what failed is told from then on, and is set right should somebody come after all.
 */
export function outcomeOf(row: VisitRow, presence: Presence, now: Date): Decided {
  const { stays, basis } = presence
  const end = Date.parse(row.start) + (row.minutes + lateMinutes(row)) * MINUTE
  const closed = now.getTime() >= end + GRACE
  const inside = !closed && stays.some(({ to }) => to === undefined)
  if (togetherFrom(stays) !== undefined) return { outcome: inside ? 'in_progress' : 'completed' }
  if (row.cancelled) return { outcome: 'cancelled', reason: 'cancelled' }
  if (!row.video) return { outcome: 'cancelled', reason: 'not_video' }
  const waits = presence.waitedFrom !== undefined
  if (now.getTime() < end) return { outcome: inside || waits ? 'in_progress' : 'upcoming' }
  if (inside) return { outcome: 'in_progress' }
  return failed(row, presence, { waits, undecided: basis !== 'attendance' && !closed })
}

/** Nobody met. `undecided`: no report is in yet, and it may still tell that they did. */
function failed(
  row: VisitRow,
  { stays, basis }: Presence,
  { waits, undecided }: { waits: boolean; undecided: boolean },
): Decided {
  const since = new Date(Date.parse(row.start) - EARLIEST).toISOString()
  const counts = (at: string | undefined) => at !== undefined && at >= since
  const staff = stays.some((one) => one.staff)
  const participants = stays.some((one) => !one.staff)
  const clinician = staff || (basis !== 'attendance' && counts(row.clinicianJoinedAt))
  if (row.sealedMeeting === undefined && counts(row.meetingFailedAt) && stays.length === 0)
    return { outcome: 'technical_failure', reason: 'meeting_not_made' }
  if (waits || participants) {
    if (staff) return { outcome: 'patient_not_admitted' }
    if (clinician && undecided) return { outcome: 'in_progress' }
    // Both pressed Join, and neither Teams' live events nor a report saw anybody inside.
    if (clinician && !participants) return { outcome: 'technical_failure', reason: 'nobody_got_in' }
    return { outcome: 'clinician_absent' }
  }
  if (counts(row.deviceCheckedAt) && deviceResult(readDeviceCheck(row.deviceCheck)) === 'failed')
    return { outcome: 'technical_failure', reason: 'device_failed' }
  return { outcome: 'no_show', reason: clinician ? 'clinician_alone' : 'nobody_came' }
}

export const deviceResults = ['passed', 'failed', 'none'] as const
export type DeviceResult = (typeof deviceResults)[number]

/** Failed where a camera, a microphone or the connection did: without a loudspeaker test a visit works all the same. */
export function deviceResult(check: DeviceCheck | undefined): DeviceResult {
  if (!check) return 'none'
  const needed = [check.camera, check.microphone, check.connection].filter((one) => one !== undefined)
  if (needed.length === 0) return 'none'
  return needed.every((one) => one === 'pass') ? 'passed' : 'failed'
}
