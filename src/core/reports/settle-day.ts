import { inParallel } from '../messaging/in-parallel.ts'
import { openNoticeRowKey } from '../messaging/notice.ts'
import { settleUnreported } from '../messaging/unreported.ts'
import type { Site } from '../sites/site.ts'
import type { NoticeRow } from '../store/rows.ts'
import type { Stored } from '../store/table.ts'
import { bayOfPartition, departmentOfBay } from '../visits/bay.ts'
import { bayRanges } from '../visits/bay-range.ts'
import { isLeftover } from '../visits/leftover.ts'
import { type OwedByBay, owe, queueConfirmations } from '../visits/owed.ts'
import type { Visit } from '../visits/visit.ts'
import { readDay, stuckNotices, type Window } from '../visits/window.ts'
import { isSwept } from '../visits/windows.ts'
import { lookedAtEvery } from './due-days.ts'
import { isErased, leaveOldDay, recordBefore, type SettlePorts, settleVisit } from './settle-visit.ts'
import {
  mergeMessages,
  messageFacts,
  messagesOf,
  recordId,
  type VisitRecord,
  visitRecord,
} from './visit-record.ts'
import { type DayEntry, recordsOn, sameRecord, writeDay } from './write-day.ts'

const AT_ONCE = 8
const MINUTE = 60_000

export type SettledDay = { readonly visits: number; readonly written: number }

/**
 * Brings the reports up to date with every visit of a site's day: what events told and what only the clock tells. It
 * needs no event, so that none can be lost. A very large site is gone through in ranges, one after the other: their totals
 * lie in one row.
 * @param each is given the day's visits, for those who have something to fetch for them.
 */
export async function settleDay(
  ports: SettlePorts,
  site: Site,
  day: string,
  each: (visits: readonly Visit[]) => Promise<void> = async () => {},
): Promise<SettledDay> {
  const records = await recordsOn(ports.store, site, day)
  const settled = { visits: 0, written: 0 }
  for (const range of bayRanges(site)) {
    const window = await readDay(ports.store, site, day, range)
    const { visits, written } = await settleWindow(ports, site, day, window, records)
    await each(visits)
    settled.visits += visits.length
    settled.written += written
  }
  return settled
}

async function settleWindow(
  ports: SettlePorts,
  site: Site,
  day: string,
  window: Window,
  records: ReadonlyMap<string, Stored<VisitRecord>>,
): Promise<{ readonly visits: readonly Visit[]; readonly written: number }> {
  await settleUnread(ports, site, day, window)
  const { own, strays } = noticesByVisit(window)
  const found = [...window.visits.values()].filter((visit) => !isErased(visit))
  const looked = await inParallel(found, AT_ONCE, async (visit): Promise<[Visit, DayEntry] | undefined> => {
    const id = recordId(visit.visitKey)
    const here = records.get(id)
    const before = await known(ports, visit, here)
    const facts = messageFacts(own.get(visit.visitKey) ?? [])
    const next = visitRecord(visit.row, mergeMessages(before ? messagesOf(before) : [], facts), ports.now())
    const changes = !sameRecord(here, next) || visit.row.reportedStart !== next.start
    // Asked only of a visit whose record changes: one read beside the transaction that writes it, and none for the others.
    if (!changes || !(await isLeftover(ports.store, visit))) return [visit, { id, start: next.start, next }]
    strays.set(visit.visitKey, own.get(visit.visitKey) ?? [])
    return undefined
  })
  const present = looked.filter((one) => one !== undefined)
  const visits = present.map(([visit]) => visit)
  const entries = present.map(([, entry]) => entry)
  const elsewhere = entries.filter(({ start }) => start.slice(0, 10) !== day)
  let written = await writeDay(
    ports.store,
    site,
    day,
    entries.filter((one) => !elsewhere.includes(one)),
    records,
  )
  const moved = visits.filter(({ row }) => row.reportedStart !== row.start)
  const left = await inParallel(moved, AT_ONCE, (visit) => leaveOldDay(ports, visit, visit.row.start))
  const followed = await inParallel([...strays], AT_ONCE, ([visitKey, notices]) =>
    settleVisit(ports, { ...site, visitKey }, messageFacts(notices)),
  )
  for (const more of [...left, ...followed]) written += more ?? 0
  return { visits, written }
}

/**
 * In bays that no look reads, nobody else takes up a notice whose message was lost, so that it comes to an end: those of
 * departments that are off or gone, and of days that are past. In the first nobody notes either that nothing was heard of a
 * text.
 */
async function settleUnread({ store, now }: SettlePorts, site: Site, day: string, window: Window) {
  const at = now()
  const on = new Set(site.departments.flatMap((one) => (one.on ? one.id : [])))
  const unread = [...window.notices].filter(([, row]) => !isSwept(site, bayOfPartition(row.partitionKey), at))
  // A minute more than between two looks: one that is late skips nothing, and what is queued twice is claimed once.
  const lastLook = new Date(at.getTime() - (lookedAtEvery(site, day, at) + 1) * MINUTE)
  const owed: OwedByBay = new Map()
  for (const { bay, notice } of stuckNotices({ ...window, notices: new Map(unread) }, site, lastLook, at))
    owe(owed, bay, notice)
  await queueConfirmations(store, site, owed)
  const gone = unread.flatMap(([, row]) =>
    on.has(departmentOfBay(bayOfPartition(row.partitionKey))) ? [] : [row],
  )
  await settleUnreported(store.tables.visits, gone, at)
}

/** A visit that came from another day brings its messages along. */
async function known(
  ports: SettlePorts,
  visit: Visit,
  here: VisitRecord | undefined,
): Promise<VisitRecord | undefined> {
  const { reportedStart, start } = visit.row
  if (reportedStart === undefined || reportedStart === start) return here
  return (await recordBefore(ports, visit)) ?? here
}

type Named = { readonly kind: string; readonly version: number; readonly row: NoticeRow }

/** Notices by their visit; strays are those whose visit's row has gone to another day. */
function noticesByVisit(window: Window) {
  const own = new Map<string, Named[]>()
  const strays = new Map<string, Named[]>()
  for (const [rowKey, row] of window.notices) {
    const name = openNoticeRowKey(rowKey)
    if (!name) continue
    const to = window.visits.has(name.visitKey) ? own : strays
    to.set(name.visitKey, [...(to.get(name.visitKey) ?? []), { kind: name.kind, version: name.version, row }])
  }
  return { own, strays }
}
