import type { Appointment } from '../ehr/appointment.ts'
import { inParallel } from '../messaging/in-parallel.ts'
import { ok, type Result } from '../result.ts'
import type { Department, Site } from '../sites/site.ts'
import { bayOn, dayOfBay, utcDay } from './bay.ts'
import { type OwedByBay, oweConfirmations, queueConfirmations } from './owed.ts'
import { forgetMoves, type Saved, saveLook } from './save-look.ts'
import { noteStrays } from './strayed.ts'
import { type SweepPorts, sinceWhen } from './sweep.ts'
import { type Visit, visitRef } from './visit.ts'
import { baselineEpoch, watermarkKeys } from './watermark.ts'
import { takenThere, type Window } from './window.ts'

/** Appointments that are looked at at the same time. */
const AT_ONCE = 8
/** Others wrote the same visit so often meanwhile: the queue tries again later. */
const TRIES = 3

/** Nothing of a day was read before: what a look needs is read one by one. */
const UNREAD: Window = { visits: new Map(), notices: new Map() }

/** Others write one of the visits all the time: the message is delivered again. */
class VisitBusy extends Error {
  override readonly name = 'VisitBusy'
}

export type PushedLook = {
  readonly appointments: number
  readonly changed: number
  /** In no department that is on, or none that could become a visit. */
  readonly elsewhere: number
  readonly owed: number
}

/**
 * Looks at appointments that the EHR pushed word of, wherever they lie, and does what a sweep would: compare each with
 * its visit, raise the version where the patient should know, queue what is owed. What the push said is not asked: the
 * EHR is. Nothing is remembered of it, so that the same push again finds nothing new. Days that no sweep has seen yet
 * keep the rule that a first look confirms nothing, unless the EHR says that the booking is younger than our looking.
 */
export async function lookAtPushed(
  ports: SweepPorts,
  site: Site,
  ids: readonly string[],
): Promise<Result<PushedLook, string>> {
  const connection = await ports.ehr(site)
  if (!connection.ok) return connection
  const owed: OwedByBay = new Map()
  const count = { changed: 0, elsewhere: 0 }
  const looked: Saved[] = []
  let open = [...new Set(ids)]
  for (let tries = 0; open.length > 0; tries++) {
    if (tries === TRIES) throw new VisitBusy()
    // The visits first: what the EHR says then is never older than they are.
    const visits = new Map<string, Visit | undefined>()
    await inParallel(open, AT_ONCE, async (id) => {
      visits.set(id, await ports.visits.find(visitRef(ports.identity, site, id)))
    })
    const read = await connection.value.appointments(open)
    if (!read.ok) return read
    const lost: string[] = []
    await inParallel(open, AT_ONCE, async (id) => {
      const saved = await lookAt(ports, site, id, visits.get(id), read.value.get(id))
      if (saved === 'lost') lost.push(id)
      else if (!saved) count.elsewhere++
      else {
        looked.push(saved)
        if (saved.written) count.changed++
        const taken = saved.raised ? { has: () => false } : await takenThere(ports.store, saved.visit)
        oweConfirmations(owed, site, saved, taken, () => true, ports.now())
      }
    })
    open = lost
  }
  await noteStrays(
    ports.store,
    site,
    looked.map(({ visit }) => visit),
  )
  const queued = await queueConfirmations(ports.store, site, owed)
  await forgetMoves(ports.store, looked)
  return ok({ appointments: new Set(ids).size, ...count, owed: queued })
}

async function lookAt(
  ports: SweepPorts,
  site: Site,
  id: string,
  visit: Visit | undefined,
  appointment: Appointment | undefined,
): Promise<Saved | 'lost' | undefined> {
  const department = departmentFor(site, visit, appointment)
  const day = appointment ? utcDay(appointment.start) : visit && dayOfBay(visit.bay)
  if (!department || day === undefined) return undefined
  const { partitionKey, rowKey } = watermarkKeys(site, department.id, day)
  const mark = await ports.store.tables.sweeps.get(partitionKey, rowKey)
  const baseline = mark?.epoch !== baselineEpoch(site, department)
  const lookingSince = baseline ? await since(ports, site, department, day) : undefined
  const bay = bayOn(day, department.id)
  const swept = { site, department, bay, window: UNREAD, baseline, lookingSince, now: ports.now() }
  return saveLook(ports, swept, { id, visit, appointment })
}

/** Beyond the horizon no day before was looked at either: today's mark says since when the department is. */
async function since(
  ports: SweepPorts,
  site: Site,
  department: Department,
  day: string,
): Promise<Date | undefined> {
  const tomorrow = utcDay(new Date(ports.now().getTime() + 86_400_000))
  return (await sinceWhen(ports, site, department, day)) ?? sinceWhen(ports, site, department, tomorrow)
}

/** Where the visit is already, while it may stay there; else the first that has one of the locations. */
function departmentFor(
  { departments }: Site,
  visit: Visit | undefined,
  appointment: Appointment | undefined,
): Department | undefined {
  const on = departments.filter((each) => each.on)
  const holder = on.find(({ id }) => id === visit?.row.departmentId)
  const has = ({ locationIds }: Department) => locationIds.some((id) => appointment?.locationIds.includes(id))
  return holder && has(holder) ? holder : (on.find(has) ?? holder)
}
