import type { Owed } from '../messaging/due.ts'
import { emailKind, type NoticeKind, noticeRowKey, openNoticeRowKey } from '../messaging/notice.ts'
import { isQueueTime } from '../messaging/queue-time.ts'
import { stuckNotice } from '../messaging/stuck.ts'
import type { Department, Site } from '../sites/site.ts'
import type { NoticeRow, VisitRow } from '../store/rows.ts'
import type { Store } from '../store/store.ts'
import type { Stored } from '../store/table.ts'
import { type Visit, visitKeyOf, visitPartition } from './visit.ts'

/** What we have of one site's UTC day: its visits, and every notice about them under its row key. */
export type Window = {
  readonly visits: ReadonlyMap<string, Visit>
  readonly notices: ReadonlyMap<string, Stored<NoticeRow>>
}

/** One range query. */
export async function readWindow(
  { tables }: Pick<Store, 'tables'>,
  { tenantId, siteId }: Site,
  day: string,
): Promise<Window> {
  const visits = new Map<string, Visit>()
  const notices = new Map<string, Stored<NoticeRow>>()
  for await (const row of tables.visits.list(visitPartition(tenantId, siteId, day))) {
    if (row.type === 'notice') notices.set(row.rowKey, row)
    else {
      const visitKey = visitKeyOf(row.rowKey)
      visits.set(visitKey, { tenantId, siteId, visitKey, day, row })
    }
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
 * that moved here from another day has its notices there.
 */
export async function wasTold(
  { tables }: Pick<Store, 'tables'>,
  window: Window,
  visit: Visit,
): Promise<boolean> {
  const partition = visitPartition(visit.tenantId, visit.siteId, visit.day)
  for (const key of noticesOf(visit)) {
    const there = window.visits.has(visit.visitKey) ? undefined : await tables.visits.get(partition, key)
    const notice = window.notices.get(key) ?? (there?.type === 'notice' ? there : undefined)
    if (notice && ['sending', 'sent', 'unknown', 'delivered'].includes(notice.state)) return true
  }
  return false
}

/** Which kinds of notice of a visit's present version have been taken up. */
export function takenKinds(window: Window, visitKey: string, row: VisitRow) {
  return {
    has: (kind: NoticeKind) => window.notices.has(noticeRowKey({ visitKey, version: row.version, kind })),
  }
}

/** The notices of the window that were taken up and never brought to an end, as far as they are this department's. */
export function stuckNotices(
  window: Window,
  site: Site,
  department: Department,
  lastLook: Date | undefined,
  now: Date,
): Owed[] {
  const ownsStrays = site.departments.find(({ on }) => on)?.id === department.id
  return [...window.notices].flatMap(([rowKey, row]) => {
    const name = openNoticeRowKey(rowKey)
    const visit = name && window.visits.get(name.visitKey)?.row
    if (!name || (visit ? visit.departmentId !== department.id : !ownsStrays)) return []
    const stuck = stuckNotice(name, row, visit, site.texts, now)
    return stuck && isQueueTime(stuck.since, lastLook, now, false) ? [stuck] : []
  })
}
