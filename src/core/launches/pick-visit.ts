import type { Appointment } from '../ehr/appointment.ts'

const MINUTE = 60_000
/** As long as a tapped link still lets somebody in after the planned end. */
const GRACE_MINUTES = 60

/**
 * Which of a patient's appointments a launch from the patient portal means: the earliest by video that is not over, so
 * the one under way or else the next. Where there is none, the latest that was named, whose page says what became of
 * it. Pure.
 */
export function pickVisit(
  appointments: readonly Appointment[],
  now: Date,
): { readonly appointment: Appointment; readonly joinable: boolean } | undefined {
  const byStart = [...appointments].sort((a, b) => a.start.getTime() - b.start.getTime())
  const next = byStart.find((a) => a.video && !a.cancelled && !a.over && endOf(a) > now.getTime())
  if (next) return { appointment: next, joinable: true }
  const last = byStart.at(-1)
  return last && { appointment: last, joinable: false }
}

function endOf({ start, minutes }: Appointment): number {
  return start.getTime() + (minutes + GRACE_MINUTES) * MINUTE
}
