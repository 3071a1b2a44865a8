import type { Appointment } from '../ehr/appointment.ts'
import type { Department, Site } from '../sites/site.ts'
import type { Visit } from './visit.ts'

export function isAt({ locationIds }: Department, appointment: Appointment): boolean {
  return locationIds.some((id) => appointment.locationIds.includes(id))
}

/** The department that a visit belongs to, while that one is on. */
export function holderOf({ departments }: Site, { row }: Visit): Department | undefined {
  return departments.find(({ id, on }) => on && id === row.departmentId)
}

/** An appointment with locations of two departments stays with the one that has it, or it would go back and forth. */
export function isAnothers(
  site: Site,
  department: Department,
  visit: Visit,
  appointment: Appointment,
): boolean {
  const holder = holderOf(site, visit)
  return holder !== undefined && holder.id !== department.id && isAt(holder, appointment)
}
