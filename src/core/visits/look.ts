import type { Appointment } from '../ehr/appointment.ts'
import type { Ehr } from '../ehr/ehr.ts'
import { confirmationDue } from '../messaging/due.ts'
import { emailConfirmationDue } from '../messaging/email/owed-email.ts'
import { inParallel } from '../messaging/in-parallel.ts'
import { ok, type Result } from '../result.ts'
import type { Department, Site } from '../sites/site.ts'
import { type Bay, dayOfBay, utcDay } from './bay.ts'
import { holderOf, isAnothers } from './holder.ts'
import type { SweepPorts } from './sweep.ts'
import { type Visit, type VisitRef, visitRef } from './visit.ts'
import { takenKinds, type Window } from './window.ts'

const DAY = 86_400_000
/**
 * Oracle Health finds appointments that lie in the range as a whole ("Appointment | R4 API", Search), so that one that
 * runs past midnight needs a longer range than its day. Longer visits that do are not found.
 */
const LONGEST = 6 * 3_600_000
/** Visits that are looked up at the same time. */
const AT_ONCE = 8

/** One appointment and what we have of it. */
export type Look = {
  readonly id: string
  /** Undefined: the EHR no longer has it. */
  readonly appointment: Appointment | undefined
  readonly visit: Visit | undefined
}

/**
 * What the EHR says about a department's day, side by side with the visits. Everything that starts in it, and every
 * visit of its bay that the search does not show: moved away, taken off this location, or deleted. A visit that went to
 * another department within the day still lies here, and no other look reads it here.
 * The window was read before, and a visit that lies elsewhere is asked for once more: what the EHR says is never older
 * than the row that it is compared with, so that of two sweeps at once the slower one takes nothing back.
 */
export async function lookAtBay(
  ports: Pick<SweepPorts, 'identity' | 'visits' | 'seals' | 'now'>,
  ehr: Ehr,
  site: Site,
  department: Department,
  bay: Bay,
  window: Window,
): Promise<Result<Look[], string>> {
  const day = dayOfBay(bay)
  const from = new Date(`${day}T00:00:00Z`)
  const to = new Date(from.getTime() + DAY + LONGEST)
  const found = await ehr.appointmentsIn(department.locationIds, from, to)
  if (!found.ok) return found
  const here: Look[] = []
  const again: { id: string; visit: Visit }[] = []
  const strange: { id: string; appointment: Appointment; ref: VisitRef }[] = []
  const seen = new Set<string>()
  for (const appointment of found.value.values()) {
    if (utcDay(appointment.start) !== day) continue
    const { id } = appointment
    const ref = visitRef(ports.identity, site, id)
    seen.add(ref.visitKey)
    const visit = window.visits.get(ref.visitKey)
    if (visit || !mayBegin(appointment, ports.now())) here.push({ id, appointment, visit })
    else strange.push({ id, appointment, ref })
  }
  await inParallel(strange, AT_ONCE, async ({ id, appointment, ref }) => {
    const visit = await ports.visits.find(ref)
    // Another department's, and at its locations still: its own looks see to it.
    if (visit && isAnothers(site, department, visit, appointment)) return
    if (visit) again.push({ id, visit })
    else here.push({ id, appointment, visit })
  })
  for (const visit of window.visits.values()) {
    if (seen.has(visit.visitKey) || !holderOf(site, visit)) continue
    // What is off is looked at no more, once whoever has to know was told or is past telling.
    if (visit.row.cancelled && !owesConfirmation(visit, site, window, ports.now())) continue
    const id = ports.seals.appointmentId(visit)
    if (id !== undefined) again.push({ id, visit })
  }
  const read = await ehr.appointments(again.map(({ id }) => id))
  if (!read.ok) return read
  for (const { id, visit } of again) here.push({ id, visit, appointment: read.value.get(id) })
  return ok(here)
}

function owesConfirmation({ visitKey, row }: Visit, site: Site, window: Window, now: Date): boolean {
  const taken = takenKinds(window, visitKey, row)
  return (
    confirmationDue(visitKey, row, site.texts, taken, now) !== undefined ||
    emailConfirmationDue(visitKey, row, site, taken, now) !== undefined
  )
}

/** Whether an appointment that has no visit here may be one all the same: new, reinstated, or from another day. */
function mayBegin({ video, cancelled, over, start, minutes }: Appointment, now: Date): boolean {
  return video && !cancelled && !over && start.getTime() + minutes * 60_000 > now.getTime()
}
