import type { App } from '../app.ts'
import type { Site } from '../sites/site.ts'
import { readPatiently } from '../store/read-patiently.ts'
import type { NoticeRow, NoticeState, VisitRow } from '../store/rows.ts'
import type { Condition, Stored } from '../store/table.ts'
import { type Bay, bayOfPartition, utcDay, visitPartition } from '../visits/bay.ts'
import { bayPartitions } from '../visits/bay-range.ts'
import { isLeftover } from '../visits/leftover.ts'
import { type Visit, visitOf, visitRowKey } from '../visits/visit.ts'
import { daysFrom } from '../visits/windows.ts'
import { inParallel } from './in-parallel.ts'
import { CAPPED, reachedNobody } from './late-told.ts'
import { openNoticeRowKey } from './notice.ts'

const DAY = 86_400_000
/** Days back and ahead in which staff can still do something. */
const BACK = 1
const AHEAD = 14
const MOST = 200

/** A notice that did not reach anybody, or that nobody knows of, of a visit that is still to come or was just now. */
export type Open = {
  readonly siteId: string
  readonly bay: Bay
  readonly visitKey: string
  readonly kind: string
  readonly state: NoticeState
  readonly reason: string | undefined
  readonly changedAt: string
  readonly start: string | undefined
  /** Taken up and not at an end for a quarter of an hour: its message was lost or set aside. */
  readonly stuck: boolean
}

/** A visit of which the EHR did not take what was to be written; the code says why. */
export type Unwritten = {
  readonly siteId: string
  readonly start: string
  readonly code: string
  readonly at: string
}

/** What may have reached nobody (late-told.ts), and why most notices are skipped that nobody misses. */
const FOR_STAFF: readonly NoticeState[] = ['undelivered', 'unknown', 'expired']
const NOT_MISSED = ['too_near', 'later_reminder', 'in_past', 'superseded', 'reminders_unwanted']
const UNDER_WAY: readonly NoticeState[] = ['claimed', 'sending']
const STUCK_AFTER = 15 * 60_000

/** Milliseconds after which nothing further is read: somebody waits for the page. */
const PATIENCE = 15_000
/** Visits that are read at the same time. */
const AT_ONCE = 16

type Ports = Pick<App, 'store' | 'now'>
type Where = readonly (readonly Condition<VisitRow | NoticeRow>[])[]

const writeFailed: Where = [[{ column: 'writeBackFailure', is: 'gt', value: '' }]]

/**
 * As many comparisons as a query may hold. A text about a delay that was skipped is looked for among all that were, on the
 * days of which a clinician may say so: today, wherever the site is.
 */
function needsStaff(at: Date, day: string): Where {
  const before = new Date(at.getTime() - STUCK_AFTER).toISOString()
  const skipped = { column: 'state', is: 'eq', value: 'skipped' } as const
  const mayBeOfDelay = day <= utcDay(new Date(at.getTime() + DAY))
  return [
    ...FOR_STAFF.map((value) => [{ column: 'state', is: 'eq', value }] as const),
    ...(mayBeOfDelay
      ? [[skipped, ...NOT_MISSED.map((value) => ({ column: 'reason', is: 'ne', value }) as const)]]
      : [...CAPPED].map((value) => [skipped, { column: 'reason', is: 'eq', value } as const])),
    ...UNDER_WAY.map(
      (value) =>
        [
          { column: 'state', is: 'eq', value },
          { column: 'leaseUntil', is: 'lt', value: before },
        ] as const,
    ),
  ]
}

export type WorkList = {
  readonly open: readonly Open[]
  readonly more: boolean
  readonly unwritten: readonly Unwritten[]
  /** There are more that the EHR did not take, or there was no time to look at all days. */
  readonly unwrittenMore: boolean
  /** The last day that was looked at, perhaps not to its end, where there was no time for all of them. */
  readonly until: string | undefined
}

/**
 * What staff should look at, the visit that comes first at the top. Day by day, and no further than there is something to
 * show: of a very large site the storage chooses, and a page is not kept waiting for two weeks of it.
 */
export async function workList(ports: Ports, sites: readonly Site[]): Promise<WorkList> {
  const [{ open, until }, unwritten] = await Promise.all([
    openNotices(ports, sites),
    inParallel(sites, AT_ONCE, (site) => unwrittenVisits(ports, site)),
  ])
  const sorted = open.toSorted((a, b) => ((a.start ?? a.bay) < (b.start ?? b.bay) ? -1 : 1))
  // Of a site that writes nothing nobody misses what was not looked at.
  const cut = unwritten.some(({ more }, n) => more && Object.values(sites[n]?.writeBack ?? {}).includes(true))
  const failed = unwritten.flatMap(({ visits }) => visits).toSorted((a, b) => (a.start < b.start ? -1 : 1))
  return {
    open: sorted.slice(0, MOST),
    more: sorted.length > MOST,
    unwritten: failed.slice(0, MOST),
    unwrittenMore: failed.length > MOST || cut,
    until,
  }
}

async function openNotices(ports: Ports, sites: readonly Site[]): Promise<Pick<WorkList, 'open' | 'until'>> {
  const at = ports.now()
  const left = leftOf(ports, at)
  const open: Open[] = []
  let until: string | undefined
  for (const day of days(at)) {
    if (open.length > MOST) return { open, until: undefined }
    const where = needsStaff(at, day)
    for (const site of sites) {
      if (left() <= 0) return { open, until }
      until = day
      const found: Omit<Open, 'start'>[] = []
      const rows = ports.store.tables.visits.across(bayPartitions(site, day), { where })
      const read = await readPatiently(rows, left, (row) => {
        if (row.type === 'notice') found.push(...openOf(site, row))
        return open.length + found.length <= MOST
      })
      open.push(...(await withStarts(ports, site, found)))
      if (read === 'late') return { open, until }
    }
  }
  return { open, until: undefined }
}

/**
 * Only the visits of a site of which the EHR did not take what was to be written, as many as somebody would look through.
 * `more`: there are others, or there was no time to look at all days.
 */
export async function unwrittenVisits(
  ports: Ports,
  site: Site,
): Promise<{ readonly visits: readonly Unwritten[]; readonly more: boolean }> {
  const at = ports.now()
  const left = leftOf(ports, at)
  const found: { readonly visit: Visit; readonly unwritten: Unwritten }[] = []
  const choice = { from: 'v:', where: writeFailed }
  let more = false
  for (const day of days(at)) {
    const rows = ports.store.tables.visits.across(bayPartitions(site, day), choice)
    const read = await readPatiently(rows, left, (row) => {
      const unwritten = row.type === 'visit' ? unwrittenOf(site, row) : undefined
      if (unwritten && row.type === 'visit') found.push({ visit: visitOf(site, row), unwritten })
      return found.length <= MOST
    })
    more = read !== 'all'
    if (more) break
  }
  const first = found.toSorted((a, b) => (a.unwritten.start < b.unwritten.start ? -1 : 1)).slice(0, MOST)
  // One that moved away is told of where it lies now.
  const leftBehind = await inParallel(first, AT_ONCE, ({ visit }) => isLeftover(ports.store, visit))
  return { visits: first.flatMap(({ unwritten }, n) => (leftBehind[n] ? [] : [unwritten])), more }
}

/** The milliseconds that are left of our patience. */
function leftOf({ now }: Ports, from: Date): () => number {
  return () => from.getTime() + PATIENCE - now().getTime()
}

function days(at: Date): string[] {
  return daysFrom(new Date(at.getTime() - BACK * DAY), BACK + AHEAD)
}

function unwrittenOf({ siteId }: Site, row: VisitRow): Unwritten | undefined {
  const { start, writeBackFailure: code, writeBackFailedAt } = row
  if (code === undefined || row.cancelled) return undefined
  return { siteId, start, code, at: writeBackFailedAt ?? start }
}

function openOf({ siteId }: Site, row: Stored<NoticeRow>): Omit<Open, 'start'>[] {
  const name = openNoticeRowKey(row.rowKey)
  if (!name) return []
  const { visitKey, kind } = name
  const { state, reason, changedAt } = row
  const stuck = UNDER_WAY.includes(state)
  if (!stuck && !reachedNobody(kind, row)) return []
  return [{ siteId, bay: bayOfPartition(row.partitionKey), visitKey, kind, state, reason, changedAt, stuck }]
}

/** With the times of the visits that lie beside them. */
function withStarts(
  { store }: Ports,
  { tenantId, siteId }: Site,
  found: readonly Omit<Open, 'start'>[],
): Promise<Open[]> {
  return inParallel(found, AT_ONCE, async (one) => {
    const partition = visitPartition(tenantId, siteId, one.bay)
    const visit = await store.tables.visits.get(partition, visitRowKey(one.visitKey))
    return { ...one, start: visit?.type === 'visit' ? visit.start : undefined }
  })
}
