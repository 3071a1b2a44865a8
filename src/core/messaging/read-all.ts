import type { Ehr } from '../ehr/ehr.ts'
import type { EhrFailure } from '../ehr/fhir-client.ts'
import type { Guardian } from '../ehr/guardian.ts'
import { together } from '../ehr/guardian.ts'
import type { Patient } from '../ehr/patient.ts'
import { ok, type Result } from '../result.ts'
import type { Site } from '../sites/site.ts'
import { visitPartition } from '../visits/bay.ts'
import type { Visit } from '../visits/visit.ts'
import type { Claimed } from './claim.ts'
import type { DeliverByPorts } from './deliver-by.ts'
import { inParallel } from './in-parallel.ts'
import { type NoticeName, noticeRowKey } from './notice.ts'
import { readVisits } from './read-present.ts'
import { needsGuardian } from './recipient.ts'

const AT_ONCE = 8

/** What our rows and the EHR say right now of what the claimed notices are about. */
export async function readAll(
  { store, visits, seals, now }: Pick<DeliverByPorts, 'store' | 'visits' | 'seals' | 'now'>,
  ehr: Ehr,
  site: Site,
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
  const toldThere = await toldElsewhere(store, claimed, found)
  const ids = new Map([...found].map(([visitKey, visit]) => [visitKey, seals.appointmentId(visit)]))
  const appointments = await ehr.appointments([...ids.values()].flatMap((id) => id ?? []))
  if (!appointments.ok) return appointments
  // A row that a broken move left behind says another time than the EHR: its visit's version is the one that counts.
  const shifted = [...found.values()].filter((visit) => {
    const start = appointments.value.get(ids.get(visit.visitKey) ?? '')?.start.toISOString()
    return start !== undefined && start !== visit.row.start
  })
  await inParallel(shifted, AT_ONCE, async (visit) => {
    const present = await visits.find(visit)
    if (present && present.bay !== visit.bay) found.set(visit.visitKey, present)
  })
  const patientIds = new Set([...appointments.value.values()].flatMap((a) => a.patientId ?? []))
  const patients = await ehr.patients([...patientIds])
  if (!patients.ok) return patients
  const related = await relatedGuardians(ehr, site, [...patients.value.values()], now())
  if (!related.ok) return related
  return ok(({ name }: Claimed) => {
    if (toldThere.has(name))
      return { visit: undefined, appointment: undefined, patient: undefined, related: undefined }
    const id = ids.get(name.visitKey)
    const appointment = id === undefined ? undefined : appointments.value.get(id)
    const patientId = appointment?.patientId
    return {
      visit: found.get(name.visitKey),
      appointment,
      patient: patientId === undefined ? undefined : patients.value.get(patientId),
      related: patientId === undefined ? undefined : related.value.get(patientId),
    }
  })
}

/**
 * Notices of visits that lie elsewhere by now and have a notice of the same name there: two looks at once made the
 * visit on two days. That one tells it; a claim here knows nothing of it.
 */
async function toldElsewhere(
  { tables }: Pick<DeliverByPorts['store'], 'tables'>,
  claimed: readonly Claimed[],
  found: ReadonlyMap<string, Visit>,
): Promise<ReadonlySet<NoticeName>> {
  const told = new Set<NoticeName>()
  await inParallel(claimed, AT_ONCE, async ({ name }) => {
    const bay = found.get(name.visitKey)?.bay
    if (bay === undefined || bay === name.bay) return
    const there = visitPartition(name.tenantId, name.siteId, bay)
    if (await tables.visits.get(there, noticeRowKey(name))) told.add(name)
  })
  return told
}

/** The site's system account may read them: by its registered scopes, version 1 or 2. */
const MAY_READ = /(^|\s)system\/(RelatedPerson|\*)\.(read|\*|c?r?u?d?s)(\s|$)/

/** Guardians of those under age whose chart names none, by patient, where the EHR lets us ask. */
async function relatedGuardians(
  ehr: Ehr,
  site: Site,
  patients: readonly Patient[],
  now: Date,
): Promise<Result<Map<string, Guardian>, EhrFailure>> {
  const found = new Map<string, Guardian>()
  if (!MAY_READ.test(site.system?.scopes ?? '')) return ok(found)
  const asked = patients.filter(
    (one) =>
      needsGuardian(one, site, now) &&
      [...(one.guardian?.phones ?? []), ...(one.guardian?.emails ?? [])].length === 0,
  )
  for (const { id } of asked) {
    const read = await ehr.guardiansOf(id)
    if (read.ok) found.set(id, together([...read.value.values()]))
    // Not granted after all: the chart's own contacts are all there is. Anything else passes.
    else if (read.failure.code !== 'ehr_scope_missing' && read.failure.code !== 'ehr_refused') return read
  }
  return ok(found)
}
