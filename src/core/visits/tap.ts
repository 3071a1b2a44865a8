import type { Appointment } from '../ehr/appointment.ts'
import type { VisitRow } from '../store/rows.ts'

const MINUTE = 60_000
/** A visit that runs over is still joinable this long after its planned end. */
const GRACE_MINUTES = 60

/** What a tapped link leads to at this moment. */
export type TapState =
  | { readonly kind: 'too_early'; readonly start: Date; readonly minutes: number; readonly opensAt: Date }
  | { readonly kind: 'ready'; readonly start: Date; readonly minutes: number }
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
  if (appointment === 'unreadable') {
    const start = told
    if (visit.cancelled) return { kind: 'cancelled', start }
    const joinable = isOpen(start, visit.minutes, opensMinutes, now)
    return { kind: 'unavailable', start, minutes: visit.minutes, joinable }
  }
  if (!appointment || appointment.cancelled) return { kind: 'cancelled', start: appointment?.start ?? told }
  const { start, minutes } = appointment
  if (appointment.over || ended(start, minutes, now)) return { kind: 'over', start }
  if (!appointment.video) return { kind: 'not_video', start }
  if (isOpen(start, minutes, opensMinutes, now)) return { kind: 'ready', start, minutes }
  const opensAt = new Date(start.getTime() - opensMinutes * MINUTE)
  // Moved since the patient's last text: the new time deserves more than a countdown.
  const moved = start.getTime() !== told.getTime()
  return { kind: moved ? 'moved' : 'too_early', start, minutes, opensAt }
}

function isOpen(start: Date, minutes: number, opensMinutes: number, now: Date): boolean {
  return now.getTime() >= start.getTime() - opensMinutes * MINUTE && !ended(start, minutes, now)
}

function ended(start: Date, minutes: number, now: Date): boolean {
  return now.getTime() >= start.getTime() + (minutes + GRACE_MINUTES) * MINUTE
}
