import type { Ehr } from '../ehr/ehr.ts'
import { ok } from '../result.ts'
import type { Visit } from '../visits/visit.ts'
import type { Claimed } from './claim.ts'
import type { DeliverByPorts } from './deliver-by.ts'
import { inParallel } from './in-parallel.ts'
import { readVisits } from './read-present.ts'

const AT_ONCE = 8

/** What our rows and the EHR say right now of what the claimed notices are about. */
export async function readAll(
  { store, visits, seals }: Pick<DeliverByPorts, 'store' | 'visits' | 'seals'>,
  ehr: Ehr,
  claimed: readonly Claimed[],
) {
  // The visits first: what the EHR says then is never older than they are.
  const found = new Map<string, Visit>(
    await readVisits(
      store.tables.visits,
      claimed.map(({ name }) => name),
    ),
  )
  const elsewhere = new Map(
    claimed.flatMap(({ name }) => (found.has(name.visitKey) ? [] : [[name.visitKey, name]])),
  )
  await inParallel([...elsewhere.values()], AT_ONCE, async (name) => {
    const visit = await visits.find(name)
    if (visit) found.set(name.visitKey, visit)
  })
  const ids = new Map([...found].map(([visitKey, visit]) => [visitKey, seals.appointmentId(visit)]))
  const appointments = await ehr.appointments([...ids.values()].flatMap((id) => id ?? []))
  if (!appointments.ok) return appointments
  const patientIds = new Set([...appointments.value.values()].flatMap((a) => a.patientId ?? []))
  const patients = await ehr.patients([...patientIds])
  if (!patients.ok) return patients
  return ok(({ name }: Claimed) => {
    const id = ids.get(name.visitKey)
    const appointment = id === undefined ? undefined : appointments.value.get(id)
    const patientId = appointment?.patientId
    return {
      visit: found.get(name.visitKey),
      appointment,
      patient: patientId === undefined ? undefined : patients.value.get(patientId),
    }
  })
}
