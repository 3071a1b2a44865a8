import type { Appointment } from '../../ehr/appointment.ts'
import type { Check } from '../check.ts'
import { fromFailure } from '../from-failure.ts'
import { failed, pass, warn } from '../line.ts'

const DAY = 86_400_000
const DAYS = 30
/** So many appointments without a video visit among them are enough to say that none is recognised. */
const ENOUGH = 2_000

/**
 * Looks for video visits in the 30 days around today, from today outwards, by the rule of the site; the first window
 * that has some ends it, so that a large clinic is not read as a whole.
 */
export const videoVisits: Check = {
  id: 'video_visits',
  after: ['appointment_search'],
  async run({ site, ports, facts }) {
    const ids = site.departments.flatMap((department) => (department.on ? department.locationIds : []))
    const seen = new Map<string, Appointment>()
    for (const [from, to] of windows(ports.now())) {
      const found = await facts.ehr?.appointmentsIn(ids, from, to)
      if (!found) break
      if (!found.ok) return fromFailure(found.failure)
      for (const [id, appointment] of found.value) seen.set(id, appointment)
      const video = [...seen.values()].filter((appointment) => appointment.video)
      facts.appointments = [...video, ...seen.values()].slice(0, 20)
      if (video.length > 0) {
        return pass(`${video.length} of the ${seen.size} appointments looked at are video visits.`)
      }
      if (seen.size >= ENOUGH) break
    }
    if (seen.size === 0) {
      return warn(
        'ehr_no_appointments',
        `There is no appointment in these departments within ${DAYS} days of today.`,
        'Book a test appointment by video in one of the departments, then run the doctor again.',
      )
    }
    return failed(
      'ehr_no_video_visits',
      `None of the ${seen.size} appointments looked at is recognised as a video visit.`,
      'Check with the EHR team how a video visit is marked, and set it under the advanced settings of this site.',
    )
  },
}

/** Today, then a week, then the rest of the month, each in both directions. */
function windows(now: Date): [Date, Date][] {
  const at = (days: number) => new Date(now.getTime() + days * DAY)
  return [
    [at(0), at(1)],
    [at(-1), at(0)],
    [at(1), at(7)],
    [at(-7), at(-1)],
    [at(7), at(DAYS)],
    [at(-DAYS), at(-7)],
  ]
}
