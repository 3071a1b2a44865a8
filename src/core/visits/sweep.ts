import type { Ehr } from '../ehr/ehr.ts'
import type { IdentityKeys } from '../keys/identity.ts'
import type { KeyRing } from '../keys/key-ring.ts'
import { type Owed, spanOf } from '../messaging/due.ts'
import { inParallel } from '../messaging/in-parallel.ts'
import { isQueueTime, NO_REST, restOf } from '../messaging/queue-time.ts'
import { settleUnreported } from '../messaging/unreported.ts'
import { fail, ok, type Result } from '../result.ts'
import type { Department, Site } from '../sites/site.ts'
import type { Store } from '../store/store.ts'
import { bayOn, dayOfBay, utcDay } from './bay.ts'
import { lookAtBay } from './look.ts'
import { type OwedByBay, owe, oweConfirmations, queueConfirmations } from './owed.ts'
import { forgetMoves, saveLook } from './save-look.ts'
import { readWindow, strayedTo } from './strayed.ts'
import type { VisitSeals } from './visit.ts'
import type { VisitStore } from './visit-store.ts'
import { baselineEpoch, watermarkKeys, writeMark } from './watermark.ts'
import { stuckNotices, takenKinds, takenThere } from './window.ts'

/** Visits that are written at the same time. */
const AT_ONCE = 8
const NONE = { has: () => false }

export type SweepPorts = {
  readonly store: Store
  readonly visits: VisitStore
  readonly seals: VisitSeals
  readonly identity: IdentityKeys
  readonly linkKeys: KeyRing
  readonly ehr: (site: Site) => Promise<Result<Ehr, string>>
  readonly now: () => Date
}

export type Swept = {
  readonly appointments: number
  readonly changed: number
  readonly owed: number
  readonly baseline: boolean
  /** Looked at already since it was asked for: nothing was done. */
  readonly upToDate?: boolean
  /** Bays of other departments in which visits of this one lie and which its mark has no room for. */
  readonly unnoted?: number
}

/**
 * Looks at one department's appointments of one UTC day and brings the visit rows up to date. What patients are owed
 * goes to the confirmations queue; a notice that is queued twice is claimed once.
 * @param askedAt when the sweep was asked for, where that is known: one that waited in the queue while another did the
 * same work does nothing, so that a slow EHR is not asked ever more often.
 */
export async function sweepWindow(
  ports: SweepPorts,
  site: Site,
  department: Department,
  day: string,
  askedAt?: Date,
): Promise<Result<Swept, string>> {
  const { tables } = ports.store
  const keys = watermarkKeys(site, department.id, day)
  const before = await tables.sweeps.get(keys.partitionKey, keys.rowKey)
  const epoch = baselineEpoch(site, department)
  const baseline = before?.epoch !== epoch
  const lastLook = before && new Date(before.sweptAt)
  if (lastLook && askedAt && !baseline && lastLook > askedAt)
    return ok({ appointments: 0, changed: 0, owed: 0, baseline, upToDate: true })
  const connection = await ports.ehr(site)
  if (!connection.ok) return connection
  const now = ports.now()
  const bay = bayOn(day, department.id)
  const noted = before?.bays?.split(' ') ?? []
  const window = await readWindow(ports.store, site, department, bay, noted)
  const looks = await lookAtBay(ports, connection.value, site, department, bay, window)
  if (!looks.ok) return looks
  // Another sweep may have recorded the baseline while this one was held up: what came since would be taken for it.
  if (baseline && (await tables.sweeps.get(keys.partitionKey, keys.rowKey))?.epoch === epoch)
    return ok({ appointments: 0, changed: 0, owed: 0, baseline, upToDate: true })

  const lookingSince = baseline ? await sinceWhen(ports, site, department, day) : undefined
  const saved = await inParallel(looks.value, AT_ONCE, (look) =>
    saveLook(ports, { site, department, bay, window, baseline, lookingSince, now }, look),
  )
  const rest = restOf(site, now)
  const owed: OwedByBay = new Map()
  for (const one of saved) {
    if (!one || one === 'lost') continue
    const { visit, raised } = one
    // Another day's notices are told by its own rows, and its own sweep looks at them; what was raised here is not yet there.
    if (dayOfBay(visit.bay) !== day && !raised) continue
    const here = window.visits.has(visit.visitKey)
    const taken = raised
      ? NONE
      : here
        ? takenKinds(window, visit.visitKey, visit.row)
        : await takenThere(ports.store, visit)
    const isTime = (due: Owed, byText: boolean) =>
      isQueueTime(spanOf(due), lastLook, now, byText ? rest : NO_REST)
    oweConfirmations(owed, site, one, taken, isTime, now)
  }
  for (const stuck of stuckNotices(window, site, lastLook, now)) owe(owed, stuck.bay, stuck.notice)
  const queued = await queueConfirmations(ports.store, site, owed)
  await forgetMoves(ports.store, saved)

  await settleUnreported(tables.visits, window.notices.values(), now)
  // The watermark moves last: a sweep that broke off is done again, and a baseline that broke off is still a baseline.
  // So is one that lost a race: what it could not write is not recorded yet.
  // It says when the sweep began: what others wrote meanwhile is new to the next one.
  const sweptAt = now.toISOString()
  const baselineAt = baseline ? sweptAt : (before?.baselineAt ?? sweptAt)
  const seen = [
    ...window.visits.values(),
    ...saved.flatMap((one) => (one && one !== 'lost' ? one.visit : [])),
  ]
  const { bays, left } = strayedTo(site, department, bay, noted, seen)
  if (!saved.includes('lost'))
    await writeMark(ports.store, before, {
      ...keys,
      schema: 1,
      epoch,
      baselineAt,
      sweptAt,
      ...(bays.length === 0 ? {} : { bays: bays.join(' ') }),
    })
  return ok({
    appointments: looks.value.length,
    changed: saved.filter((one) => one !== 'lost' && one?.written).length,
    owed: queued,
    baseline,
    ...(left === 0 ? {} : { unnoted: left }),
  })
}

/** The day before came into sight before this one: since then, at the latest, the department is looked at as it is now. */
export async function sinceWhen(
  { store }: Pick<SweepPorts, 'store'>,
  site: Site,
  department: Department,
  day: string,
): Promise<Date | undefined> {
  const before = utcDay(new Date(Date.parse(day) - 86_400_000))
  const { partitionKey, rowKey } = watermarkKeys(site, department.id, before)
  const mark = await store.tables.sweeps.get(partitionKey, rowKey)
  return mark?.epoch === baselineEpoch(site, department) ? new Date(mark.baselineAt) : undefined
}

/** The department that a sweep message names, while it is there and on. */
export function departmentOf(site: Site, departmentId: string): Result<Department, 'department_unknown'> {
  const department = site.departments.find(({ id, on }) => id === departmentId && on)
  return department ? ok(department) : fail('department_unknown')
}
