import type { Appointment } from '../ehr/appointment.ts'
import type { Cause, VisitRow } from '../store/rows.ts'

const FACTS = [
  'start',
  'minutes',
  'version',
  'cause',
  'since',
  'cancelled',
  'video',
  'ehrVersion',
  'departmentId',
] as const

/** The part of a visit row that follows from the appointment. */
export type VisitFacts = Pick<VisitRow, (typeof FACTS)[number]>

export type ChangeInput = {
  readonly before: VisitFacts | undefined
  /** Undefined: the EHR no longer knows the appointment. */
  readonly appointment: Appointment | undefined
  readonly departmentId: string
  /** The first look at a window records what is there and tells nobody. */
  readonly baseline: boolean
  /** Whether the notice about the present version was sent, or may have been. */
  readonly told: boolean
  readonly now: Date
}

/**
 * What the visit row should say now, or undefined where nothing changed or there is nothing to keep. Pure.
 * The version is raised only when what the patient was told differs: start, cancelled or not, by video or not. A move
 * there and back is two moves. A visit that is off keeps the start that the patient knows; where the EHR puts it since is
 * no news to anybody until it is on again.
 */
export function nextFacts(input: ChangeInput): VisitFacts | undefined {
  const { before, appointment, departmentId, baseline, now } = input
  if (!before) {
    if (!appointment?.video || appointment.cancelled || appointment.over || hasEnded(appointment, now))
      return undefined
    return facts(appointment, departmentId, 1, baseline ? 'baseline' : 'booked', now)
  }
  const known = factsOf(before)
  const next = appointment ? { ...said(appointment), departmentId } : { ...known, cancelled: true }
  const [wasOn, isOn] = [isVisit(before), isVisit(next)]
  const same = isOn && next.start === before.start
  if (wasOn === isOn && (same || !isOn)) {
    const kept = isOn ? {} : { start: before.start, minutes: before.minutes }
    const unraised = { ...known, ...next, ...kept, cause: sameCause(input, before, next) }
    return sameRow(before, unraised) ? undefined : unraised
  }
  // What is cancelled is told by the time that the patient knows.
  const kept = next.cancelled ? { start: before.start, minutes: before.minutes } : {}
  const cause = baseline ? 'baseline' : isOn ? onCause(input, before, wasOn) : offCause(input, before, next)
  return { ...known, ...next, ...kept, version: before.version + 1, since: now.toISOString(), cause }
}

/** The cause of a version that stays. A visit that is off for another reason before anybody was told: tell that one. */
function sameCause({ baseline, told }: ChangeInput, before: VisitFacts, next: Off): Cause {
  if (baseline) return 'baseline'
  const untoldYet = (before.cause === 'cancelled' || before.cause === 'not_video') && !told
  return untoldYet ? (next.cancelled ? 'cancelled' : 'not_video') : before.cause
}

/** Moved, reinstated, by video again, or never told of before: for the patient all but the first is a new visit. */
function onCause({ appointment, told, now }: ChangeInput, before: VisitFacts, wasOn: boolean): Cause {
  if (!appointment || appointment.over || hasEnded(appointment, now)) return 'untold'
  return wasOn && knows(before, told) ? 'moved' : 'booked'
}

/** A patient who was never told of a visit need not hear that it is off, nor one whose visit is over. */
function offCause({ told, now }: ChangeInput, before: VisitFacts, next: Off): Cause {
  const over = Date.parse(before.start) + before.minutes * 60_000 < now.getTime()
  if (!knows(before, told) || over) return 'untold'
  return next.cancelled ? 'cancelled' : 'not_video'
}

/**
 * Whether the patient knows of the visit, by this version or one before: only a visit that is known is ever told to have
 * moved or to be off, and what was there before texts began was agreed on some other way.
 */
function knows(before: VisitFacts, told: boolean): boolean {
  return told || (before.cause !== 'booked' && before.cause !== 'untold')
}

type Off = Pick<VisitFacts, 'cancelled' | 'video'>

function isVisit({ cancelled, video }: Off): boolean {
  return video && !cancelled
}

function hasEnded(appointment: Appointment, now: Date): boolean {
  return appointment.start.getTime() + appointment.minutes * 60_000 <= now.getTime()
}

function said(a: Appointment) {
  return {
    start: a.start.toISOString(),
    minutes: a.minutes,
    cancelled: a.cancelled,
    video: a.video,
    ehrVersion: a.ehrVersion,
  }
}

function facts(a: Appointment, departmentId: string, version: number, cause: Cause, since: Date): VisitFacts {
  return { ...said(a), departmentId, version, cause, since: since.toISOString() }
}

/** Without what else a visit's row holds. */
function factsOf(row: VisitFacts): VisitFacts {
  return Object.fromEntries(FACTS.map((key) => [key, row[key]])) as VisitFacts
}

function sameRow(a: VisitFacts, b: VisitFacts): boolean {
  return FACTS.every((key) => a[key] === b[key])
}
