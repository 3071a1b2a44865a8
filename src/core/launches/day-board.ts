import type { Appointment } from '../ehr/appointment.ts'
import type { Ehr } from '../ehr/ehr.ts'
import type { EhrFailure } from '../ehr/fhir-client.ts'
import type { IdentityKeys } from '../keys/identity.ts'
import { inParallel } from '../messaging/in-parallel.ts'
import { readNoticesOfVisit, type VisitNotice } from '../messaging/read-notices.ts'
import { ok, type Result } from '../result.ts'
import type { Site } from '../sites/site.ts'
import type { Store } from '../store/store.ts'
import { type Visit, visitRef } from '../visits/visit.ts'
import type { VisitStore } from '../visits/visit-store.ts'
import { isSameDay } from './site-day.ts'

export type BoardPorts = {
  readonly visits: VisitStore
  readonly identity: IdentityKeys
  readonly store: Pick<Store, 'tables'>
  readonly now: () => Date
}

/** One video visit of the clinician's day. The name is read now, shown, and dropped. */
export type BoardEntry = {
  readonly appointment: Appointment
  readonly patientName: string | undefined
  readonly visitKey: string
  readonly visit: Visit | undefined
  /** Notices of the present version that reached nobody, as far as we know. */
  readonly failed: readonly VisitNotice[]
}

const AT_ONCE = 8
const HALF_DAY = 14 * 3_600_000
const FAILED = new Set(['undelivered', 'unknown', 'expired'])
/** Why nothing was sent though somebody was to be told. Other reasons are the clinic's or the patient's own wish. */
const UNREACHED = new Set([
  'phone_missing',
  'phone_invalid',
  'phone_country',
  'guardian_missing',
  'opted_out',
  'daily_cap',
  'prefix_cap',
  'tenant_cap',
])
const TOLD = new Set(['sent', 'delivered'])

/** Today's video visits of one clinician, on the site's own calendar day, by start. */
export async function dayBoard(
  ports: BoardPorts,
  site: Site,
  ehr: Ehr,
  practitionerId: string,
): Promise<Result<BoardEntry[], EhrFailure>> {
  const now = ports.now()
  const [from, to] = [new Date(now.getTime() - HALF_DAY), new Date(now.getTime() + HALF_DAY)]
  const found = await ehr.appointmentsOfPractitioner(practitionerId, from, to)
  if (!found.ok) return found
  const today = [...found.value.values()]
    .filter((one) => one.video && !one.cancelled && isSameDay(one.start, now, site.timeZone))
    .sort((a, b) => a.start.getTime() - b.start.getTime())
  // Without names the board still says who waits.
  const patients = await ehr.patients(today.flatMap(({ patientId }) => patientId ?? []))
  const names = patients.ok ? patients.value : new Map()
  return ok(
    await inParallel(today, AT_ONCE, async (appointment) => {
      const ref = visitRef(ports.identity, site, appointment.id)
      const visit = await ports.visits.find(ref, appointment.start)
      return {
        appointment,
        patientName: names.get(appointment.patientId ?? '')?.name,
        visitKey: ref.visitKey,
        visit,
        failed: visit ? await failedNotices(ports, visit) : [],
      }
    }),
  )
}

async function failedNotices({ store }: BoardPorts, visit: Visit): Promise<VisitNotice[]> {
  const notices = await readNoticesOfVisit(store.tables.visits, visit)
  const present = notices.filter(({ version }) => version === visit.row.version)
  // By e-mail or by text: one of them is enough.
  const told = new Set(present.flatMap(({ kind, row }) => (TOLD.has(row.state) ? [subjectOf(kind)] : [])))
  return present.filter(
    ({ kind, row: { state, reason } }) =>
      FAILED.has(state) || (state === 'skipped' && UNREACHED.has(reason ?? '') && !told.has(subjectOf(kind))),
  )
}

function subjectOf(kind: string): string {
  return kind.split('@')[0] ?? kind
}
