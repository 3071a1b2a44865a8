import { emailKind, type NoticeKind, noticeRowKey, openNoticeRowKey } from '../messaging/notice.ts'
import { isQueueTime, NO_REST } from '../messaging/queue-time.ts'
import { stuckNotice } from '../messaging/stuck.ts'
import type { Site } from '../sites/site.ts'
import type { NoticeRef } from '../store/messages.ts'
import type { NoticeRow, VisitRow } from '../store/rows.ts'
import type { Store } from '../store/store.ts'
import type { Stored } from '../store/table.ts'
import { type Bay, bayOfPartition, visitPartition } from './bay.ts'
import { type BayRange, bayPartitions } from './bay-range.ts'
import { type Visit, visitKeyOf, visitOf } from './visit.ts'

/** What we have of a bay, or of a site's UTC day: its visits, and every notice about them under its row key. */
export type Window = {
  readonly visits: ReadonlyMap<string, Visit>
  readonly notices: ReadonlyMap<string, Stored<NoticeRow>>
}

type SiteRef = Pick<Site, 'tenantId' | 'siteId'>
type Rows = AsyncIterable<Stored<VisitRow | NoticeRow>>

/** What lies in one bay, by one query of one partition. */
export function readBay({ tables }: Pick<Store, 'tables'>, site: SiteRef, bay: Bay): Promise<Window> {
  return windowOf(site, tables.visits.list(visitPartition(site.tenantId, site.siteId, bay)))
}

/** What lies in all bays of a site's UTC day, or of a part of its departments, whether these are configured or not. */
export function readDay(
  { tables }: Pick<Store, 'tables'>,
  site: SiteRef,
  day: string,
  range?: BayRange,
): Promise<Window> {
  return windowOf(site, tables.visits.across(bayPartitions(site, day, range)))
}

async function windowOf(site: SiteRef, rows: Rows): Promise<Window> {
  const visits = new Map<string, Visit>()
  const notices = new Map<string, Stored<NoticeRow>>()
  for await (const row of rows) {
    if (row.type === 'notice') notices.set(row.rowKey, row)
    else visits.set(visitKeyOf(row.rowKey), visitOf(site, row))
  }
  return { visits, notices }
}

/** The notices that a visit's present version stands for, if it is one that patients are told: by text, by e-mail. */
function noticesOf({ visitKey, row }: Visit): string[] {
  const { cause, version } = row
  if (cause === 'baseline' || cause === 'untold') return []
  return [cause, emailKind(cause)].map((kind) => noticeRowKey({ visitKey, version, kind }))
}

/**
 * Whether the patient knows of the visit's present version, as far as we can tell: it was sent, or may have been. One
 * that lies elsewhere has its notices there.
 */
export async function wasTold(
  { tables }: Pick<Store, 'tables'>,
  window: Window,
  visit: Visit,
): Promise<boolean> {
  const partition = visitPartition(visit.tenantId, visit.siteId, visit.bay)
  for (const key of noticesOf(visit)) {
    const there = window.visits.has(visit.visitKey) ? undefined : await tables.visits.get(partition, key)
    const notice = window.notices.get(key) ?? (there?.type === 'notice' ? there : undefined)
    if (notice && ['sending', 'sent', 'unknown', 'delivered'].includes(notice.state)) return true
  }
  return false
}

/** Which kinds of notice of a visit's present version have been taken up, of a visit that lies in the window. */
export function takenKinds(window: Window, visitKey: string, row: VisitRow) {
  return {
    has: (kind: NoticeKind) => window.notices.has(noticeRowKey({ visitKey, version: row.version, kind })),
  }
}

/** The same of a visit that lies elsewhere, or of which no window was read: asked for one by one. */
export async function takenThere(
  { tables }: Pick<Store, 'tables'>,
  { tenantId, siteId, bay, visitKey, row }: Visit,
): Promise<{ readonly has: (kind: NoticeKind) => boolean }> {
  const kinds = [row.cause, emailKind(row.cause as NoticeKind)] as NoticeKind[]
  const taken = new Set<NoticeKind>()
  for (const kind of kinds) {
    const key = noticeRowKey({ visitKey, version: row.version, kind })
    if (await tables.visits.get(visitPartition(tenantId, siteId, bay), key)) taken.add(kind)
  }
  return taken
}

/** The notices of a window that were taken up and never brought to an end, whatever became of their visits. */
export function stuckNotices(
  window: Window,
  { texts }: Pick<Site, 'texts'>,
  lastLook: Date | undefined,
  now: Date,
): { readonly bay: Bay; readonly notice: NoticeRef }[] {
  return [...window.notices].flatMap(([rowKey, row]) => {
    const name = openNoticeRowKey(rowKey)
    const stuck = name && stuckNotice(name, row, window.visits.get(name.visitKey)?.row, texts, now)
    if (!stuck || !isQueueTime({ since: stuck.since }, lastLook, now, NO_REST)) return []
    return [{ bay: bayOfPartition(row.partitionKey), notice: stuck.notice }]
  })
}
