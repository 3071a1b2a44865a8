import type { Appointment } from '../ehr/appointment.ts'
import type { Ehr } from '../ehr/ehr.ts'
import type { EhrFailure } from '../ehr/fhir-client.ts'
import { ok, type Result } from '../result.ts'
import type { Site } from '../sites/site.ts'
import { isSameDay } from './site-day.ts'

const MINUTE = 60_000

/** Whose day a delay is of: who launched, where the appointment is theirs, else its first practitioner. Pure. */
export function practitionerOf(
  { practitionerIds }: Pick<Appointment, 'practitionerIds'>,
  launchedBy: string | undefined,
): string | undefined {
  return launchedBy !== undefined && practitionerIds.includes(launchedBy) ? launchedBy : practitionerIds[0]
}

/**
 * The video visits that a clinician still has ahead today, on the site's own calendar day, the present one among them.
 * @param practitionerId whose day it is; without one only the present visit is ahead.
 */
export async function aheadToday(
  ehr: Ehr,
  site: Site,
  present: Appointment,
  practitionerId: string | undefined,
  now: Date,
): Promise<Result<Appointment[], EhrFailure>> {
  const day =
    practitionerId === undefined
      ? ok(new Map([[present.id, present]]))
      : await ehr.appointmentsOfPractitioner(
          practitionerId,
          present.start,
          new Date(now.getTime() + 86_400_000),
        )
  if (!day.ok) return day
  const all = [...new Map([...day.value, [present.id, present]]).values()]
  return ok(all.filter((one) => isAhead(one, present, site, now)))
}

function isAhead(one: Appointment, present: Appointment, site: Site, now: Date): boolean {
  const running = one.start.getTime() + one.minutes * MINUTE > now.getTime()
  const later = one.start >= present.start && isSameDay(one.start, present.start, site.timeZone)
  return one.video && !one.cancelled && !one.over && running && later
}
