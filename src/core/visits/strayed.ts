import type { Department, Site } from '../sites/site.ts'
import type { Store } from '../store/store.ts'
import { type Bay, bayOn, dayOfBay, departmentOfBay } from './bay.ts'
import type { Visit } from './visit.ts'
import { readBay, type Window } from './window.ts'

/** A mark names so many bays at most: a column holds 32,768 characters, and a department id forty. */
const MOST = 700

/**
 * The window of a department's look: its own bay, and what lies of it in bays that nobody else reads. A visit that came
 * from another department within the day stays in that one's bay, whose look sees to it; but departments are merged, and
 * the one that was left is then removed or switched off.
 * @param noted departments in whose bays an earlier look found visits of this one.
 */
export async function readWindow(
  store: Pick<Store, 'tables'>,
  site: Site,
  department: Department,
  bay: Bay,
  noted: readonly string[],
): Promise<Window> {
  const own = await readBay(store, site, bay)
  const visits = new Map(own.visits)
  const notices = new Map(own.notices)
  const unread = noted.filter((id) => !site.departments.some((one) => one.on && one.id === id))
  for (const id of unread) {
    const there = await readBay(store, site, bayOn(dayOfBay(bay), id))
    const keys = new Set<string>()
    for (const [visitKey, visit] of there.visits) {
      if (visit.row.departmentId !== department.id || visits.has(visitKey)) continue
      visits.set(visitKey, visit)
      keys.add(visitKey)
    }
    for (const [rowKey, row] of there.notices)
      if (keys.has(rowKey.split(':')[1] ?? '')) notices.set(rowKey, row)
  }
  return { visits, notices }
}

/** The departments in whose bays of the same day visits of this one lie: those noted before, and those seen now. Pure. */
export function strayedTo(
  department: Department,
  bay: Bay,
  noted: readonly string[],
  seen: readonly Visit[],
): string[] {
  const found = seen.filter(
    (visit) =>
      visit.bay !== bay && dayOfBay(visit.bay) === dayOfBay(bay) && visit.row.departmentId === department.id,
  )
  return [...new Set([...noted, ...found.map((visit) => departmentOfBay(visit.bay))])].sort().slice(0, MOST)
}
