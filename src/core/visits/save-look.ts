import type { Department, Site } from '../sites/site.ts'
import type { Store } from '../store/store.ts'
import { type Bay, dayOfBay } from './bay.ts'
import { nextFacts } from './changes.ts'
import { isAnothers, isAt } from './holder.ts'
import type { Look } from './look.ts'
import { newVisitRow } from './new-visit.ts'
import { patientKeyOf, withPatientKey } from './patient-key.ts'
import type { SweepPorts } from './sweep.ts'
import { plainRow, type Visit, visitRef } from './visit.ts'
import { baselineEpoch, watermarkKeys } from './watermark.ts'
import { type Window, wasTold } from './window.ts'

export type SweptBay = {
  readonly site: Site
  readonly department: Department
  /** The department's own of the day. */
  readonly bay: Bay
  readonly window: Window
  readonly baseline: boolean
  /** Since when the department has been looked at as it is now; what was booked later is new, however far away it lay. */
  readonly lookingSince: Date | undefined
  readonly now: Date
}

export type Saved = {
  readonly visit: Visit
  readonly written: boolean
  /** The visit has a version that nobody has seen before, or that nobody may have told of yet. */
  readonly raised: boolean
  /** As it lies in the bay that it left; goes when what follows from the move is on the queue (`forgetMoves`). */
  readonly old?: Visit
}

/**
 * Brings one visit up to date with what the EHR says.
 * @returns undefined where there is none to keep or where it is another department's; `lost` where somebody else wrote it
 * meanwhile: the next sweep sees what they made of it.
 */
export async function saveLook(
  ports: SweepPorts,
  swept: SweptBay,
  look: Look,
): Promise<Saved | 'lost' | undefined> {
  const { site, department, window, now } = swept
  const { visit, appointment, id } = look
  const anothers =
    visit !== undefined && appointment !== undefined && isAnothers(site, department, visit, appointment)
  // Where it lies in this very bay nobody else's look reads it: it is seen to here, and stays the other department's.
  if (anothers && visit?.bay !== swept.bay) return undefined
  const stays = visit && appointment && !isAt(department, appointment)
  const facts = nextFacts({
    before: visit?.row,
    appointment,
    departmentId: visit && (anothers || stays) ? visit.row.departmentId : department.id,
    baseline: await isBaseline(ports, swept, look, anothers),
    told: visit ? await wasTold(ports.store, window, visit) : false,
    now,
  })
  const ref = visitRef(ports.identity, site, id)
  const patientKey = appointment ? patientKeyOf(ports.identity, ref, appointment) : visit?.row.patientKey
  const found = visit
    ? { ...plainRow(visit), ...facts }
    : facts && newVisitRow(ports.seals, ports.linkKeys, ref, id, facts)
  // Whose visit it is may change alone, or was not kept yet; of one that was erased it stays erased.
  const samePatient = visit?.row.patientKey === patientKey || visit?.row.sealedAppointment === undefined
  if (!found || (!facts && samePatient)) return visit && { visit, written: false, raised: false }
  const row = withPatientKey(found, patientKey)
  // A visit that was over and erased may be given a new day.
  const sealedAppointment = row.sealedAppointment ?? ports.seals.sealAppointment(ref, id)
  const saved = await ports.visits.save(ref, visit, { ...row, sealedAppointment })
  const raised = row.version !== visit?.row.version || row.cause !== visit.row.cause
  if (saved && (!visit || saved.bay === visit.bay)) return { visit: saved, written: true, raised }
  if (saved) return { visit: saved, written: true, raised, ...(visit ? { old: visit } : {}) }
  // Another look moved it and its old row is still there: it broke off before the patient was told, or is about to tell.
  const present = visit && (await ports.visits.find(ref))
  if (!present || present.bay === visit.bay) return 'lost'
  return { visit: present, written: false, raised: true, old: visit }
}

/**
 * The old rows of visits that moved go last: until then a look that broke off is done again by them. On a day that nobody
 * sweeps yet, nothing else would lead to the move. One that was written since it was read is left: the visit may have
 * come back to it, and if not, the next look finds it.
 */
export async function forgetMoves(
  { tables }: Pick<Store, 'tables'>,
  saved: readonly (Saved | 'lost' | undefined)[],
): Promise<void> {
  for (const one of saved)
    if (one && one !== 'lost' && one.old) await tables.visits.remove(one.old.row, one.old.row.etag)
}

/**
 * A visit that comes from another day is known already: where that day has been looked at before, its move is told
 * even when its new day is looked at for the first time. So is one that another department has: its own looks count. And
 * one that was booked since we look at the department, by the EHR's own word, was only too far away to be seen.
 */
async function isBaseline(
  { store }: SweepPorts,
  { site, bay, baseline, lookingSince }: SweptBay,
  { visit, appointment }: Look,
  anothers: boolean,
): Promise<boolean> {
  if (!baseline) return false
  const created = appointment?.created
  if (!visit) return !(created && lookingSince && created > lookingSince)
  const sameDay = dayOfBay(visit.bay) === dayOfBay(bay)
  // The EHR pushed word of it before its day came into sight, or somebody launched it: what it is owed stays owed.
  if (sameDay && !anothers && visit.row.cause !== 'baseline' && lookingSince)
    return Date.parse(visit.row.since) <= lookingSince.getTime()
  const from = site.departments.find(({ id }) => id === visit.row.departmentId)
  if (!from || (sameDay && !anothers)) return true
  const { partitionKey, rowKey } = watermarkKeys(site, from.id, dayOfBay(visit.bay))
  const there = await store.tables.sweeps.get(partitionKey, rowKey)
  return there?.epoch !== baselineEpoch(site, from)
}
