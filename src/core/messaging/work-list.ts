import type { App } from '../app.ts'
import type { Site } from '../sites/site.ts'
import type { NoticeRow, NoticeState, VisitRow } from '../store/rows.ts'
import type { Condition, Stored } from '../store/table.ts'
import { type Bay, bayOfPartition, visitPartition } from '../visits/bay.ts'
import { bayPartitions } from '../visits/bay-range.ts'
import { visitRowKey } from '../visits/visit.ts'
import { daysFrom } from '../visits/windows.ts'
import { inParallel } from './in-parallel.ts'
import { reachedNobody } from './late-told.ts'
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

/** What may have reached nobody (late-told.ts), and why a notice was skipped that nobody misses. */
const FOR_STAFF: readonly NoticeState[] = ['undelivered', 'unknown', 'expired']
const NOT_MISSED = ['too_near', 'later_reminder', 'in_past']
const UNDER_WAY: readonly NoticeState[] = ['claimed', 'sending']
const STUCK_AFTER = 15 * 60_000

/** Milliseconds after which no further day is begun: somebody waits for the page. */
const PATIENCE = 15_000
/** Visits that are read at the same time. */
const AT_ONCE = 16

type Ports = Pick<App, 'store' | 'now'>
type Where = readonly (readonly Condition<VisitRow | NoticeRow>[])[]

const writeFailed: Where = [[{ column: 'writeBackFailure', is: 'gt', value: '' }]]

function needsStaff(at: Date): Where {
  const before = new Date(at.getTime() - STUCK_AFTER).toISOString()
  return [
    ...FOR_STAFF.map((value) => [{ column: 'state', is: 'eq', value }] as const),
    [
      { column: 'state', is: 'eq', value: 'skipped' },
      ...NOT_MISSED.map((value) => ({ column: 'reason', is: 'ne', value }) as const),
    ],
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
  /** The last day that was looked at, where there was no time for all of them. */
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
  const more = sorted.length > MOST
  return { open: sorted.slice(0, MOST), more, unwritten: firstOf(unwritten.flat()), until }
}

async function openNotices(ports: Ports, sites: readonly Site[]): Promise<Pick<WorkList, 'open' | 'until'>> {
  const at = ports.now()
  const open: Open[] = []
  const where = needsStaff(at)
  let until: string | undefined
  for (const day of days(at)) {
    if (open.length > MOST) return { open, until: undefined }
    if (ports.now().getTime() - at.getTime() > PATIENCE) return { open, until }
    until = day
    for (const site of sites) {
      const found: Omit<Open, 'start'>[] = []
      for await (const row of ports.store.tables.visits.across(bayPartitions(site, day), { where })) {
        if (row.type === 'notice') found.push(...openOf(site, row))
        if (open.length + found.length > MOST) break
      }
      open.push(...(await withStarts(ports, site, found)))
    }
  }
  return { open, until: undefined }
}

/** Only the visits of a site of which the EHR did not take what was to be written, as many as somebody would look through. */
export async function unwrittenVisits(ports: Ports, site: Site): Promise<readonly Unwritten[]> {
  const at = ports.now()
  const unwritten: Unwritten[] = []
  const choice = { from: 'v:', where: writeFailed }
  for (const day of days(at)) {
    if (ports.now().getTime() - at.getTime() > PATIENCE) break
    for await (const row of ports.store.tables.visits.across(bayPartitions(site, day), choice)) {
      if (row.type === 'visit') unwritten.push(...unwrittenOf(site, row))
      if (unwritten.length >= MOST) return firstOf(unwritten)
    }
  }
  return firstOf(unwritten)
}

function days(at: Date): string[] {
  return daysFrom(new Date(at.getTime() - BACK * DAY), BACK + AHEAD)
}

function firstOf(unwritten: readonly Unwritten[]): Unwritten[] {
  return unwritten.toSorted((a, b) => (a.start < b.start ? -1 : 1)).slice(0, MOST)
}

function unwrittenOf({ siteId }: Site, row: VisitRow): Unwritten[] {
  const { start, writeBackFailure: code, writeBackFailedAt } = row
  if (code === undefined || row.cancelled) return []
  return [{ siteId, start, code, at: writeBackFailedAt ?? start }]
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
