import type { Appointment } from '../ehr/appointment.ts'
import type { Ehr } from '../ehr/ehr.ts'
import type { IdentityKeys } from '../keys/identity.ts'
import type { KeyRing } from '../keys/key-ring.ts'
import { confirmationDue } from '../messaging/due.ts'
import { type NoticeKind, noticeRowKey } from '../messaging/notice.ts'
import { fail, ok, type Result } from '../result.ts'
import type { Department, Site } from '../sites/site.ts'
import type { NoticeRef } from '../store/messages.ts'
import type { VisitRow } from '../store/rows.ts'
import type { Store } from '../store/store.ts'
import { nextFacts } from './changes.ts'
import { newVisitRow } from './new-visit.ts'
import { type Visit, type VisitSeals, visitKeyOf, visitPartition, visitRef } from './visit.ts'
import type { VisitStore } from './visit-store.ts'

const DAY = 86_400_000
const CHUNK = 30
/** Oracle Health finds appointments that lie in the window as a whole: one that runs past midnight needs a longer one. */
const LONGEST = 6 * 3_600_000

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
}

/**
 * Looks at one department's appointments of one UTC day and brings the visit rows up to date. What patients are owed
 * goes to the confirmations queue; a notice that is queued twice is claimed once.
 */
export async function sweepWindow(
  ports: SweepPorts,
  site: Site,
  department: Department,
  day: string,
): Promise<Result<Swept, string>> {
  const connection = await ports.ehr(site)
  if (!connection.ok) return connection
  const from = new Date(`${day}T00:00:00Z`)
  const end = new Date(from.getTime() + DAY)
  const read = await connection.value.appointmentsIn(
    department.locationIds,
    from,
    new Date(end.getTime() + LONGEST),
  )
  if (!read.ok) return read
  const starting = [...read.value.values()].filter(({ start }) => start >= from && start < end)

  const watermark = { partitionKey: `${site.tenantId}|${site.siteId}`, rowKey: `${department.id}|${day}` }
  const before = await ports.store.tables.sweeps.get(watermark.partitionKey, watermark.rowKey)
  const epoch = baselineEpoch(site, department)
  const baseline = before?.epoch !== epoch
  const window = await readWindow(ports, site, day)

  const looked = new Map<
    string,
    { visit: Visit | undefined; appointment: Appointment | undefined; id: string }
  >()
  for (const appointment of starting) {
    const ref = visitRef(ports.identity, site, appointment.id)
    const visit =
      window.visits.get(ref.visitKey) ?? (appointment.video ? await ports.visits.find(ref) : undefined)
    looked.set(ref.visitKey, { visit, appointment, id: appointment.id })
  }
  const gone = await readGone(ports, connection.value, department, window.visits, looked)
  if (!gone.ok) return gone

  let changed = 0
  const owed: NoticeRef[] = []
  const now = ports.now()
  for (const [visitKey, { visit, appointment, id }] of looked) {
    const told = visit ? window.taken(visitKey, visit.row.version, causeKind(visit.row)) : false
    const facts = nextFacts({
      before: visit?.row,
      appointment,
      departmentId: department.id,
      baseline,
      told,
      now,
    })
    let row: VisitRow | undefined = visit?.row
    if (facts) {
      const ref = visitRef(ports.identity, site, id)
      const saved = await ports.visits.save(
        ref,
        visit,
        visit ? { ...strip(visit), ...facts } : newVisitRow(ports.seals, ports.linkKeys, ref, id, facts),
      )
      if (!saved) continue
      row = saved.row
      changed++
      if (saved.day !== day) continue
    }
    const due =
      row &&
      confirmationDue(
        visitKey,
        row,
        site.texts,
        { has: (kind) => window.taken(visitKey, row.version, kind) },
        now,
      )
    if (due) owed.push(due)
  }
  await queueConfirmations(ports, site, day, owed)
  const sweptAt = now.toISOString()
  // The watermark moves last: a sweep that broke off is done again, and a baseline that broke off is still a baseline.
  await ports.store.tables.sweeps.put({
    ...watermark,
    schema: 1,
    epoch,
    baselineAt: baseline ? sweptAt : (before?.baselineAt ?? sweptAt),
    sweptAt,
  })
  return ok({ appointments: starting.length, changed, owed: owed.length, baseline })
}

/** Changes when texts are switched on or a location is added: the next look at each window only records. */
export function baselineEpoch(site: Site, department: Department): string {
  return `${site.texts.epoch}|${[...department.locationIds].sort().join(',')}`
}

type Window = {
  readonly visits: Map<string, Visit>
  readonly taken: (visitKey: string, version: number, kind: NoticeKind | undefined) => boolean
}

async function readWindow(ports: SweepPorts, site: Site, day: string): Promise<Window> {
  const visits = new Map<string, Visit>()
  const notices = new Set<string>()
  for await (const row of ports.store.tables.visits.list(visitPartition(site.tenantId, site.siteId, day))) {
    if (row.type === 'notice') notices.add(row.rowKey)
    else {
      const visitKey = visitKeyOf(row.rowKey)
      visits.set(visitKey, { tenantId: site.tenantId, siteId: site.siteId, visitKey, day, row })
    }
  }
  return {
    visits,
    taken: (visitKey, version, kind) =>
      kind !== undefined && notices.has(noticeRowKey({ visitKey, version, kind })),
  }
}

/** Visits of the window that the search no longer shows were moved away, taken off this location, or deleted. */
async function readGone(
  ports: SweepPorts,
  ehr: Ehr,
  department: Department,
  visits: ReadonlyMap<string, Visit>,
  looked: Map<string, { visit: Visit | undefined; appointment: Appointment | undefined; id: string }>,
): Promise<Result<void, string>> {
  const missing = [...visits.values()].flatMap((visit) => {
    if (looked.has(visit.visitKey) || visit.row.departmentId !== department.id || visit.row.cancelled)
      return []
    const id = ports.seals.appointmentId(visit)
    return id === undefined ? [] : [{ visit, id }]
  })
  for (let at = 0; at < missing.length; at += 50) {
    const chunk = missing.slice(at, at + 50)
    const read = await ehr.appointments(chunk.map(({ id }) => id))
    if (!read.ok) return read
    for (const { visit, id } of chunk)
      looked.set(visit.visitKey, { visit, appointment: read.value.get(id), id })
  }
  return ok(undefined)
}

async function queueConfirmations(
  ports: SweepPorts,
  site: Site,
  day: string,
  owed: readonly NoticeRef[],
): Promise<void> {
  const { tenantId, siteId } = site
  for (let at = 0; at < owed.length; at += CHUNK)
    await ports.store.queues.confirmations.send({
      schema: 1,
      tenantId,
      siteId,
      day,
      notices: owed.slice(at, at + CHUNK),
    })
}

function causeKind(row: VisitRow): NoticeKind | undefined {
  return row.cause === 'baseline' || row.cause === 'untold' ? undefined : row.cause
}

function strip(visit: Visit): VisitRow {
  const { etag: _etag, partitionKey: _pk, rowKey: _rk, ...row } = visit.row
  return row
}

/** The department that a sweep message names, while it is there and on. */
export function departmentOf(site: Site, departmentId: string): Result<Department, 'department_unknown'> {
  const department = site.departments.find(({ id, on }) => id === departmentId && on)
  return department ? ok(department) : fail('department_unknown')
}
