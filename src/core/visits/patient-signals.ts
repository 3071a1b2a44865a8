import { fail, ok, type Result } from '../result.ts'
import { type DeviceCheck, writeDeviceCheck } from './device-check.ts'
import type { PatientPorts } from './patient-visit.ts'
import type { Visit } from './visit.ts'

export type SignalFailure = 'link_unknown' | 'visit_not_open'

type SignalPorts = Pick<PatientPorts, 'visits' | 'allowedTenants' | 'opensMinutes' | 'now'>

/** Signals count from this long before joining opens: a link read days ahead says nothing about the visit. */
const EARLY_MINUTES = 60

/**
 * The patient's page is open on a screen. Sent by the page's script as a POST: a link that a preview fetched shows
 * nobody. The first time is kept.
 */
export async function patientSeen(ports: SignalPorts, token: string): Promise<Result<void, SignalFailure>> {
  const visit = await visitOfSignal(ports, token)
  if (!visit.ok) return visit
  const at = ports.now().toISOString()
  await ports.visits.update(visit.value, (row) =>
    row.patientSeenAt === undefined ? { ...row, patientSeenAt: at } : undefined,
  )
  return ok(undefined)
}

/** What passed and failed of a device check; the latest one counts. */
export async function deviceChecked(
  ports: SignalPorts,
  token: string,
  check: DeviceCheck,
): Promise<Result<void, SignalFailure>> {
  const visit = await visitOfSignal(ports, token)
  if (!visit.ok) return visit
  const deviceCheck = writeDeviceCheck(check)
  const at = ports.now().toISOString()
  await ports.visits.update(visit.value, (row) =>
    row.deviceCheck === deviceCheck
      ? undefined
      : { ...row, patientSeenAt: row.patientSeenAt ?? at, deviceCheck, deviceCheckedAt: at },
  )
  return ok(undefined)
}

/** The patient's own link, of a visit that is near by what we know ourselves: a signal is not worth asking the EHR. */
async function visitOfSignal(ports: SignalPorts, token: string): Promise<Result<Visit, SignalFailure>> {
  const found = await ports.visits.byToken(token, ports.now())
  if (!found?.visit || !ports.allowedTenants.includes(found.visit.tenantId)) return fail('link_unknown')
  if (found.audience !== 'patient') return fail('visit_not_open')
  const { row } = found.visit
  const minutesAway = (Date.parse(row.start) - ports.now().getTime()) / 60_000
  const near = minutesAway <= ports.opensMinutes + EARLY_MINUTES && minutesAway >= -(row.minutes + 240)
  return near && !row.cancelled ? ok(found.visit) : fail('visit_not_open')
}
