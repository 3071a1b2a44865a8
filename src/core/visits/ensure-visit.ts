import type { Appointment } from '../ehr/appointment.ts'
import type { IdentityKeys } from '../keys/identity.ts'
import type { KeyRing } from '../keys/key-ring.ts'
import type { Site } from '../sites/site.ts'
import type { VisitRow } from '../store/rows.ts'
import { nextFacts } from './changes.ts'
import { isAt } from './holder.ts'
import { newVisitRow } from './new-visit.ts'
import { patientKeyOf, withPatientKey } from './patient-key.ts'
import { type Visit, type VisitSeals, visitRef } from './visit.ts'
import type { VisitStore } from './visit-store.ts'

export type EnsurePorts = {
  readonly visits: VisitStore
  readonly seals: VisitSeals
  readonly identity: IdentityKeys
  readonly linkKeys: KeyRing
  readonly now: () => Date
}

/**
 * The visit row of an appointment, written now where no sweep has seen it yet. Whose visit it is, is kept as the EHR says
 * now, so that a later launch can be held to it while the EHR is silent.
 */
export async function ensureVisit(ports: EnsurePorts, site: Site, appointment: Appointment): Promise<Visit> {
  const ref = visitRef(ports.identity, site, appointment.id)
  const patientKey = patientKeyOf(ports.identity, ref, appointment)
  for (let tries = 0; tries < 3; tries++) {
    const known = await ports.visits.find(ref)
    if (known && known.row.patientKey === patientKey) return known
    if (known)
      return (await ports.visits.update(known, (row) => withPatient(row, appointment, patientKey))) ?? known
    const there = site.departments.filter((one) => isAt(one, appointment))
    // One that is swept: in the bay of another nobody would look after it.
    const department = there.find(({ on }) => on) ?? there[0]
    const departmentId = department?.id ?? site.departments[0]?.id ?? 'all'
    const facts = nextFacts({
      before: undefined,
      appointment,
      departmentId,
      baseline: false,
      told: false,
      now: ports.now(),
    })
    // A visit that is running over is none to tell anybody about, and yet has a row.
    const row = facts ?? {
      start: appointment.start.toISOString(),
      minutes: appointment.minutes,
      version: 1,
      cause: 'untold' as const,
      since: ports.now().toISOString(),
      cancelled: false,
      video: true,
      ehrVersion: appointment.ehrVersion,
      departmentId,
    }
    const saved = await ports.visits.save(
      ref,
      undefined,
      newVisitRow(ports.seals, ports.linkKeys, ref, appointment.id, row, patientKey),
    )
    if (saved) return saved
  }
  throw new Error('a visit row could be neither written nor found')
}

/** Not where a sweep saw another version of the appointment meanwhile: it knows better, or the next one will. */
function withPatient(row: VisitRow, { ehrVersion }: Appointment, patientKey: string | undefined) {
  return row.ehrVersion === ehrVersion ? withPatientKey(row, patientKey) : undefined
}
