import type { Ehr } from '../ehr/ehr.ts'
import { ok, type Result } from '../result.ts'
import type { Site } from '../sites/site.ts'
import type { Visit } from '../visits/visit.ts'
import type { Claimed } from './claim.ts'
import { decideText, type NoText } from './decide-text.ts'
import type { DeliverPorts } from './deliver.ts'
import { inParallel } from './in-parallel.ts'
import { isOptedOut } from './opt-outs.ts'
import { ended, left, type Outcome } from './outcome.ts'

const AT_ONCE = 8
/** Seconds after which a sweep has surely looked at what the EHR changed. */
const NEXT_SWEEP = 120

export type Ready = Claimed & {
  readonly to: string
  readonly body: string
  /** An earlier request for the same notice may have been carried out. */
  readonly inDoubt: boolean
}
export type Due = Claimed & { readonly deadline: Date }

/**
 * Reads what visit, appointment and patient say right now, and decides. Writes nothing.
 * @returns the texts that are to be sent, and what became of the rest; a failure where the EHR cannot be asked.
 */
export async function prepareTexts(
  ports: DeliverPorts,
  site: Site,
  claimed: readonly Due[],
): Promise<Result<{ ready: Ready[]; rest: Outcome[] }, string>> {
  const connection = await ports.ehr(site)
  if (!connection.ok) return connection
  const read = await readAll(ports, connection.value, claimed)
  if (!read.ok) return read
  const decisions = await inParallel(claimed, AT_ONCE, async (claim) => {
    const { visit, appointment, patient } = read.value(claim)
    const token = visit && ports.visits.patientToken(visit)
    const now = ports.now()
    const decided = decideText({
      name: claim.name,
      visit: visit?.row,
      appointment,
      patient,
      link: token && `${ports.linkUrl}/v/${token}`,
      deadline: claim.deadline,
      site,
      now,
    })
    if (!decided.ok) return silent(claim, decided.failure.code, now)
    return (await isOptedOut(ports, site.tenantId, decided.value.to))
      ? ended(claim, 'skipped', 'opted_out', now)
      : ready(claim, decided.value, ports.rules.leaseSeconds, now)
  })
  return ok({
    ready: decisions.filter((one) => 'to' in one),
    rest: decisions.filter((one) => !('to' in one)),
  })
}

/** What our rows and the EHR say right now of what the claimed notices are about. */
export async function readAll(
  ports: Pick<DeliverPorts, 'visits' | 'seals'>,
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

/** What becomes of a notice that there is nothing to send for. Pure. */
export function silent(claim: Claimed, code: NoText | 'email_missing', now: Date): Outcome {
  // The next sweep sees the change too and raises the version, or the EHR has taken the change back by then.
  if (code === 'changed_since') return left(claim, NEXT_SWEEP, code, now)
  if (code === 'deadline_passed') return ended(claim, 'expired', code, now)
  // Where somebody should have been told and could not be, staff must look at it.
  const forStaff = code.startsWith('phone_') || code === 'email_missing' || code === 'appointment_gone'
  return ended(claim, forStaff ? 'undelivered' : 'skipped', code, now)
}

/** From the moment this row is written a crash leaves a doubt. */
function ready(
  { name, row }: Claimed,
  text: { to: string; body: string },
  leaseSeconds: number,
  now: Date,
): Ready {
  const changedAt = now.toISOString()
  const inDoubt = row.firstSentAt !== undefined
  // A repeated request must come before the vendor may forget the first: the lease of the claim ends in time.
  const leaseUntil = inDoubt ? row.leaseUntil : new Date(now.getTime() + leaseSeconds * 1000).toISOString()
  const firstSentAt = row.firstSentAt ?? changedAt
  return {
    name,
    ...text,
    inDoubt,
    row: { ...row, state: 'sending', firstSentAt, leaseUntil, changedAt },
  }
}
