import type { Ehr } from '../ehr/ehr.ts'
import { ok } from '../result.ts'
import type { Visit } from '../visits/visit.ts'
import type { Claimed } from './claim.ts'
import type { DeliverByPorts } from './deliver-by.ts'
import { inParallel } from './in-parallel.ts'

const AT_ONCE = 8

/** What our rows and the EHR say right now of what the claimed notices are about. */
export async function readAll(
  ports: Pick<DeliverByPorts, 'visits' | 'seals'>,
  ehr: Ehr,
  claimed: readonly Claimed[],
) {
  const keys = new Map(claimed.map(({ name }) => [name.visitKey, name]))
  // The visits first: what the EHR says then is never older than they are.
  const rows = await inParallel([...keys.values()], AT_ONCE, async (name) => {
    const visit = (await ports.visits.at(name, name.day)) ?? (await ports.visits.find(name))
    return visit && ([name.visitKey, { visit, id: ports.seals.appointmentId(visit) }] as const)
  })
  const visits = new Map<string, { visit: Visit; id: string | undefined }>(
    rows.filter((row) => row !== undefined),
  )
  const appointments = await ehr.appointments([...visits.values()].flatMap(({ id }) => id ?? []))
  if (!appointments.ok) return appointments
  const patientIds = new Set([...appointments.value.values()].flatMap((a) => a.patientId ?? []))
  const patients = await ehr.patients([...patientIds])
  if (!patients.ok) return patients
  return ok(({ name }: Claimed) => {
    const { visit, id } = visits.get(name.visitKey) ?? {}
    const appointment = id === undefined ? undefined : appointments.value.get(id)
    const patientId = appointment?.patientId
    return {
      visit,
      appointment,
      patient: patientId === undefined ? undefined : patients.value.get(patientId),
    }
  })
}
