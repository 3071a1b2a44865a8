import type { AppointmentStatus } from '../appointments.ts'
import type { Clinic } from '../clinic.ts'
import type { Chart } from './charts.ts'

const QUARTER_MS = 15 * 60_000
/** The day runs from four hours before now to ten hours after, in quarters of an hour. */
const FIRST_QUARTER = -16
const LAST_QUARTER = 40
const TODAY = 34
const TOMORROW = 6

/** Statuses in turn, by whether the visit is over, under way or ahead. Most of what lies ahead is booked. */
const OVER: readonly AppointmentStatus[] = ['fulfilled', 'fulfilled', 'noshow', 'fulfilled', 'cancelled']
const UNDER_WAY: readonly AppointmentStatus[] = ['checked-in', 'arrived']
const AHEAD: readonly AppointmentStatus[] = [
  'booked',
  'booked',
  'booked',
  'booked',
  'booked',
  'cancelled',
  'booked',
  'booked',
  'proposed',
]
const MINUTES = [30, 15, 45, 30, 20, 60]

/** Picks in turn, so that the same now gives the same day. */
function nth<T>(items: readonly T[], index: number): T {
  const item = items[index % items.length]
  if (item === undefined) throw new Error('an empty list has nothing to pick')
  return item
}

/** Books the day around now: forty visits, two in three by video, of all patients with all clinicians. */
export function bookDay(clinic: Clinic, now: Date, charts: readonly Chart[]): void {
  const base = Math.floor(now.getTime() / QUARTER_MS) * QUARTER_MS
  const step = (LAST_QUARTER - FIRST_QUARTER) / (TODAY - 1)
  const today = Array.from({ length: TODAY }, (_, i) => FIRST_QUARTER + Math.round(i * step))
  // A day later, spread over the hours around the same time.
  const tomorrow = Array.from({ length: TOMORROW }, (_, i) => 96 + i * 4)

  const practitioners = [...clinic.practitioners.keys()]
  const locations = [...clinic.locations.keys()]
  let ahead = 0
  for (const [i, quarter] of [...today, ...tomorrow].entries()) {
    const minutes = nth(MINUTES, i)
    const start = new Date(base + quarter * QUARTER_MS)
    // Five has no common divisor with the number of charts: every chart comes before one comes twice.
    const chart = nth(charts, i * 5)
    const isAhead = start > now
    const over = start.getTime() + minutes * 60_000 <= now.getTime()
    // Charts that must not be texted are booked, so that only the chart can be the reason.
    const next = chart.special ? 'booked' : nth(AHEAD, ahead)
    const status = over ? nth(OVER, i) : isAhead ? next : nth(UNDER_WAY, i)
    if (isAhead) ahead += 1
    clinic.appointments.book(
      {
        patientId: chart.id,
        practitionerId: nth(practitioners, i),
        locationId: nth(locations, i),
        start,
        minutes,
        video: i % 3 !== 2 || chart.special !== undefined,
        status,
      },
      i % 7 === 3,
    )
  }
}
