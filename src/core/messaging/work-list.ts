import type { App } from '../app.ts'
import type { Site } from '../sites/site.ts'
import type { NoticeState } from '../store/rows.ts'
import { visitKeyOf, visitPartition } from '../visits/visit.ts'
import { daysFrom } from '../visits/windows.ts'
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
  readonly day: string
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

const STUCK_AFTER = 15 * 60_000

/** What staff should look at, the visit that comes first at the top. */
export async function workList(
  { store, now }: Pick<App, 'store' | 'now'>,
  sites: readonly Site[],
): Promise<{ open: Open[]; more: boolean; unwritten: Unwritten[] }> {
  const at = now()
  const found: Open[] = []
  const unwritten: Unwritten[] = []
  for (const { tenantId, siteId } of sites)
    for (const day of daysFrom(new Date(at.getTime() - BACK * DAY), BACK + AHEAD)) {
      const starts = new Map<string, string>()
      const open: Omit<Open, 'start'>[] = []
      for await (const row of store.tables.visits.list(visitPartition(tenantId, siteId, day))) {
        if (row.type === 'visit') {
          starts.set(visitKeyOf(row.rowKey), row.start)
          const { start, writeBackFailure: code, writeBackFailedAt } = row
          if (code !== undefined && !row.cancelled)
            unwritten.push({ siteId, start, code, at: writeBackFailedAt ?? start })
          continue
        }
        const name = openNoticeRowKey(row.rowKey)
        const stuck =
          ['claimed', 'sending'].includes(row.state) &&
          Date.parse(row.leaseUntil) + STUCK_AFTER < at.getTime()
        if (!name || !(stuck || reachedNobody(name.kind, row))) continue
        const { visitKey, kind } = name
        const { state, reason, changedAt } = row
        open.push({ siteId, day, visitKey, kind, state, reason, changedAt, stuck })
      }
      found.push(...open.map((one) => ({ ...one, start: starts.get(one.visitKey) })))
    }
  const sorted = found.sort((a, b) => ((a.start ?? a.day) < (b.start ?? b.day) ? -1 : 1))
  unwritten.sort((a, b) => (a.start < b.start ? -1 : 1))
  return { open: sorted.slice(0, MOST), more: sorted.length > MOST, unwritten: unwritten.slice(0, MOST) }
}
