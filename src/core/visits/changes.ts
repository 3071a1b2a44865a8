import type { Appointment } from '../ehr/appointment.ts'
import type { Cause, VisitRow } from '../store/rows.ts'

/** The part of a visit row that follows from the appointment. */
export type VisitFacts = Pick<
  VisitRow,
  'start' | 'minutes' | 'version' | 'cause' | 'since' | 'cancelled' | 'video' | 'ehrVersion' | 'departmentId'
>

export type ChangeInput = {
  readonly before: VisitFacts | undefined
  /** Undefined: the EHR no longer knows the appointment. */
  readonly appointment: Appointment | undefined
  readonly departmentId: string
  /** The first look at a window records what is there and tells nobody. */
  readonly baseline: boolean
  /** Whether a notice about the version before was taken up, so that the patient knows of it. */
  readonly told: boolean
  readonly now: Date
}

/**
 * What the visit row should say now, or undefined where nothing changed or there is nothing to keep.
 * The version is raised only when what the patient was told differs: start, cancelled or not, by video or not. A move
 * there and back is two moves.
 */
export function nextFacts(input: ChangeInput): VisitFacts | undefined {
  const { before, appointment, departmentId, baseline, told, now } = input
  if (!before) {
    if (!appointment?.video || appointment.cancelled || appointment.over || hasEnded(appointment, now))
      return undefined
    return facts(appointment, departmentId, 1, baseline ? 'baseline' : 'booked', now)
  }
  if (!appointment)
    return before.cancelled
      ? undefined
      : {
          ...before,
          cancelled: true,
          version: before.version + 1,
          since: now.toISOString(),
          cause: ended(before, told, now),
        }
  const start = appointment.start.toISOString()
  const active = !before.cancelled && before.video
  const nowActive = !appointment.cancelled && appointment.video
  const same =
    start === before.start && appointment.cancelled === before.cancelled && appointment.video === before.video
  if (same || (!active && !nowActive)) {
    const next = facts(
      appointment,
      departmentId,
      before.version,
      baseline ? 'baseline' : before.cause,
      before.since,
    )
    return sameRow(before, next) ? undefined : next
  }
  const cause = baseline ? 'baseline' : changeCause(before, appointment, { active, nowActive, told, now })
  return facts(appointment, departmentId, before.version + 1, cause, now)
}

function changeCause(
  before: VisitFacts,
  appointment: Appointment,
  { active, nowActive, told, now }: { active: boolean; nowActive: boolean; told: boolean; now: Date },
): Cause {
  if (!nowActive) {
    if (ended(before, told, now) === 'untold') return 'untold'
    return appointment.cancelled ? 'cancelled' : 'not_video'
  }
  if (appointment.over || hasEnded(appointment, now)) return 'untold'
  // Reinstated, by video again, or never told of before: for the patient it is a new visit.
  return active && knows(before, told) ? 'moved' : 'booked'
}

/** A patient who was never told of a visit need not hear that it is off, nor one whose visit is over. */
function ended(before: VisitFacts, told: boolean, now: Date): Cause {
  const over = Date.parse(before.start) + before.minutes * 60_000 < now.getTime()
  return knows(before, told) && !over ? 'cancelled' : 'untold'
}

function knows(before: VisitFacts, told: boolean): boolean {
  return told || before.cause === 'baseline'
}

function hasEnded(appointment: Appointment, now: Date): boolean {
  return appointment.start.getTime() + appointment.minutes * 60_000 <= now.getTime()
}

function facts(
  a: Appointment,
  departmentId: string,
  version: number,
  cause: Cause,
  since: Date | string,
): VisitFacts {
  return {
    start: a.start.toISOString(),
    minutes: a.minutes,
    cancelled: a.cancelled,
    video: a.video,
    ehrVersion: a.ehrVersion,
    departmentId,
    version,
    cause,
    since: typeof since === 'string' ? since : since.toISOString(),
  }
}

function sameRow(a: VisitFacts, b: VisitFacts): boolean {
  return (Object.keys(b) as (keyof VisitFacts)[]).every((key) => a[key] === b[key])
}
