import type { Department, Site } from '../sites/site.ts'
import type { Store } from '../store/store.ts'
import { type Bay, bayOn, dayOfBay, departmentOfBay } from './bay.ts'
import type { Visit } from './visit.ts'
import { MOST_BAYS, watermarkKeys } from './watermark.ts'
import { readBay, type Window } from './window.ts'

/** A look that ends meanwhile writes the mark too. */
const TRIES = 3

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
  const unread = noted.filter((id) => !isOn(site, id))
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

/**
 * The departments in whose bays of the same day visits of this one lie: those noted before, and those seen now. Where a mark
 * cannot name them all, those that are off or gone come first: the bays of the others are read by their own looks. Pure.
 * @returns with how many were left out.
 */
export function strayedTo(
  site: Pick<Site, 'departments'>,
  department: Pick<Department, 'id'>,
  bay: Bay,
  noted: readonly string[],
  seen: readonly Visit[],
): { readonly bays: readonly string[]; readonly left: number } {
  const found = seen.filter(
    (visit) =>
      visit.bay !== bay && dayOfBay(visit.bay) === dayOfBay(bay) && visit.row.departmentId === department.id,
  )
  const all = [...new Set([...noted, ...found.map((visit) => departmentOfBay(visit.bay))])].sort()
  const bays = [...all.filter((id) => !isOn(site, id)), ...all.filter((id) => isOn(site, id))].slice(
    0,
    MOST_BAYS,
  )
  return { bays, left: all.length - bays.length }
}

/**
 * Notes the same where visits were looked at one by one. The next look of their department finds them by the EHR's search,
 * and notes them then; but one that is deleted or taken elsewhere before that would be in no search and no bay that is read.
 * A department that has not looked at the day yet has no mark: its first look records what is there.
 */
export async function noteStrays(
  { tables }: Pick<Store, 'tables'>,
  site: Site,
  visits: readonly Visit[],
): Promise<void> {
  for (const visit of visits) {
    const id = visit.row.departmentId
    if (departmentOfBay(visit.bay) === id || !isOn(site, id)) continue
    const day = dayOfBay(visit.bay)
    const keys = watermarkKeys(site, id, day)
    for (let tries = 0; tries < TRIES; tries++) {
      const mark = await tables.sweeps.get(keys.partitionKey, keys.rowKey)
      const noted = mark?.bays?.split(' ') ?? []
      if (!mark || noted.includes(departmentOfBay(visit.bay))) break
      const { bays } = strayedTo(site, { id }, bayOn(day, id), noted, [visit])
      if ((await tables.sweeps.replace({ ...mark, bays: bays.join(' ') })).ok) break
    }
  }
}

function isOn({ departments }: Pick<Site, 'departments'>, departmentId: string): boolean {
  return departments.some(({ id, on }) => on && id === departmentId)
}
