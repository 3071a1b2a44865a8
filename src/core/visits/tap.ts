import type { Appointment } from '../ehr/appointment.ts'
import type { VisitRow } from '../store/rows.ts'
import { lateMinutes } from './late.ts'

const MINUTE = 60_000
/** A visit that runs over is still joinable this long after its planned end. */
const GRACE_MINUTES = 60

/** What a tapped link leads to at this moment. */
export type TapState =
  | { readonly kind: 'too_early'; readonly start: Date; readonly minutes: number; readonly opensAt: Date }
  | { readonly kind: 'ready'; readonly start: Date; readonly minutes: number }
  /** The clinic said that it is late; `expected` is still to come. */
  | {
      readonly kind: 'late'
      readonly start: Date
      readonly minutes: number
      readonly expected: Date
      readonly joinable: boolean
    }
  | { readonly kind: 'moved'; readonly start: Date; readonly minutes: number; readonly opensAt: Date }
  | { readonly kind: 'cancelled'; readonly start: Date }
  | { readonly kind: 'not_video'; readonly start: Date }
  | { readonly kind: 'over'; readonly start: Date }
  /** The EHR cannot be asked now; what we last knew is all there is. */
  | {
      readonly kind: 'unavailable'
      readonly start: Date
      readonly minutes: number
      readonly joinable: boolean
    }

/**
 * What the link should say, from the appointment as the EHR has it now. Pure.
 * @param appointment undefined: the EHR no longer has it; `unreadable`: it could not be asked.
 */
export function tapState(
  visit: VisitRow,
  appointment: Appointment | undefined | 'unreadable',
  opensMinutes: number,
  now: Date,
): TapState {
  const told = new Date(visit.start)
  const saidLate = lateMinutes(visit)
  if (appointment === 'unreadable') {
    const start = told
    if (visit.cancelled) return { kind: 'cancelled', start }
    if (!visit.video) return { kind: 'not_video', start }
    const joinable = isOpen(start, visit.minutes + saidLate, opensMinutes, now)
    return { kind: 'unavailable', start, minutes: visit.minutes, joinable }
  }
  if (!appointment || appointment.cancelled) return { kind: 'cancelled', start: appointment?.start ?? told }
  const { start, minutes } = appointment
  // Moved since the patient's last text: the new time deserves more than a countdown, and no delay is known of it.
  const moved = start.getTime() !== told.getTime()
  const late = moved ? 0 : saidLate
  if (appointment.over || ended(start, minutes + late, now)) return { kind: 'over', start }
  if (!appointment.video) return { kind: 'not_video', start }
  const open = isOpen(start, minutes + late, opensMinutes, now)
  const expected = new Date(start.getTime() + late * MINUTE)
  if (late > 0 && now < expected) return { kind: 'late', start, minutes, expected, joinable: open }
  if (open) return { kind: 'ready', start, minutes }
  const opensAt = new Date(start.getTime() - opensMinutes * MINUTE)
  return { kind: moved ? 'moved' : 'too_early', start, minutes, opensAt }
}

function isOpen(start: Date, minutes: number, opensMinutes: number, now: Date): boolean {
  return now.getTime() >= start.getTime() - opensMinutes * MINUTE && !ended(start, minutes, now)
}

function ended(start: Date, minutes: number, now: Date): boolean {
  return now.getTime() >= start.getTime() + (minutes + GRACE_MINUTES) * MINUTE
}
