import type { Appointment } from '../ehr/appointment.ts'
import type { Ehr } from '../ehr/ehr.ts'
import type { EhrFailure } from '../ehr/fhir-client.ts'
import type { IdentityKeys } from '../keys/identity.ts'
import { inParallel } from '../messaging/in-parallel.ts'
import { minutesLate } from '../messaging/late-notice.ts'
import { reachedNobody } from '../messaging/late-told.ts'
import { type NoticeKind, subjectOf } from '../messaging/notice.ts'
import { readNoticesOfVisit, type VisitNotice } from '../messaging/read-notices.ts'
import { ok, type Result } from '../result.ts'
import type { Site } from '../sites/site.ts'
import type { Store } from '../store/store.ts'
import { lateMinutes } from '../visits/late.ts'
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
/** Why nothing was sent though somebody was to be told. Other reasons are the clinic's or the patient's own wish. */
const UNREACHED: ReadonlySet<string> = new Set([
  'phone_missing',
  'phone_invalid',
  'phone_country',
  'guardian_missing',
  'opted_out',
])
const TOLD: ReadonlySet<string> = new Set(['sent', 'delivered'])

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
      const visit = await ports.visits.find(ref)
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
  const minutes = lateMinutes(visit.row)
  const present = notices.filter(({ version, kind }) => {
    // A delay that was changed or taken back since is no news any more.
    const late = minutesLate(kind as NoticeKind)
    return version === visit.row.version && (late === undefined || late === minutes)
  })
  // By e-mail or by text: one of them is enough.
  const told = new Set(
    present.flatMap(({ kind, row }) => (TOLD.has(row.state) ? [subjectOf(kind as NoticeKind)] : [])),
  )
  return present.filter(
    ({ kind, row }) =>
      reachedNobody(kind, row) ||
      (row.state === 'skipped' &&
        UNREACHED.has(row.reason ?? '') &&
        !told.has(subjectOf(kind as NoticeKind))),
  )
}
