import type { Store } from '../store/store.ts'
import type { RowAction, Stored } from '../store/table.ts'
import { count, type DayTotals, dayColumns, dayOf } from './day-rollup.ts'
import { dayKeys, recordIdOf, recordKeys, recordsOfDay, type SiteRef } from './report-keys.ts'
import type { ReportRow, VisitRecord } from './visit-record.ts'

/** A transaction holds 100 rows ("Performing entity group transactions"); one is the day's. */
const CHUNK = 90
/** From so many on the whole day is read instead of each record. */
const MANY = 20
const TRIES = 8

/** What a visit should say in the reports on its day; undefined where it has no place there any more. */
export type DayEntry = {
  readonly id: string
  readonly start: string
  readonly next: VisitRecord | undefined
}

type Reports = Pick<Store, 'tables'>

/**
 * Brings records of one site's day up to date, and the day's totals with them, in the same transactions: each record
 * is counted by what it said before and what it says now. What is written already is written by nobody twice, so that
 * an event that comes again changes nothing.
 * @returns how many records changed.
 */
export async function writeDay(
  { tables }: Reports,
  site: SiteRef,
  day: string,
  entries: readonly DayEntry[],
  known?: ReadonlyMap<string, Stored<VisitRecord>>,
): Promise<number> {
  let written = 0
  let before = new Map(known ?? (await readRecords({ tables }, site, day, entries)))
  for (let tries = 0; tries < TRIES; tries++) {
    const changed = entries.filter(({ id, next }) => !sameRecord(before.get(id), next))
    if (changed.length === 0) return written
    const chunk = changed.slice(0, CHUNK)
    if (await writeChunk({ tables }, site, day, chunk, before)) {
      written += chunk.length
      if (changed.length <= CHUNK) return written
      tries = 0
    } else before = await readRecords({ tables }, site, day, entries)
  }
  throw new Error('a day of the reports was changed by others eight times in a row')
}

async function writeChunk(
  { tables }: Reports,
  site: SiteRef,
  day: string,
  chunk: readonly DayEntry[],
  before: Map<string, Stored<VisitRecord>>,
): Promise<boolean> {
  const keys = dayKeys(site, day)
  const row = await tables.reports.get(keys.partitionKey, keys.rowKey)
  const totals: DayTotals = row?.type === 'day' ? dayOf(row) : {}
  const actions: RowAction<ReportRow>[] = []
  for (const { id, start, next } of chunk) {
    const old = before.get(id)
    if (old) count(totals, old, -1)
    if (next) count(totals, next, 1)
    const where = recordKeys(site, start, id)
    if (!next) actions.push({ kind: 'remove', row: where })
    else if (old) actions.push({ kind: 'replace', row: { ...next, ...where, etag: old.etag } })
    else actions.push({ kind: 'insert', row: { ...next, ...where } })
  }
  const columns = { ...dayColumns(totals), ...keys }
  actions.push(
    row ? { kind: 'replace', row: { ...columns, etag: row.etag } } : { kind: 'insert', row: columns },
  )
  const done = await tables.reports.transact(actions)
  if (!done.ok) return false
  // What was written is known as it is now: a day of a hundred thousand records is not read again for each chunk.
  for (const [at, { id, start, next }] of chunk.entries())
    if (next) before.set(id, { ...next, ...recordKeys(site, start, id), etag: done.value[at]?.etag ?? '' })
    else before.delete(id)
  return true
}

async function readRecords(
  { tables }: Reports,
  site: SiteRef,
  day: string,
  entries: readonly DayEntry[],
): Promise<Map<string, Stored<VisitRecord>>> {
  if (entries.length > MANY) return recordsOn({ tables }, site, day)
  const found = new Map<string, Stored<VisitRecord>>()
  for (const { id, start } of entries) {
    const keys = recordKeys(site, start, id)
    const row = await tables.reports.get(keys.partitionKey, keys.rowKey)
    if (row?.type === 'visit') found.set(id, row)
  }
  return found
}

/** Every record of a site's day, by id. */
export async function recordsOn(
  { tables }: Reports,
  site: SiteRef,
  day: string,
): Promise<Map<string, Stored<VisitRecord>>> {
  const found = new Map<string, Stored<VisitRecord>>()
  for await (const row of tables.reports.list(dayKeys(site, day).partitionKey, recordsOfDay(day)))
    if (row.type === 'visit') found.set(recordIdOf(row.rowKey), row)
  return found
}

const KEYS = new Set(['partitionKey', 'rowKey', 'etag', 'timestamp'])

export function sameRecord(a: VisitRecord | undefined, b: VisitRecord | undefined): boolean {
  if (!a || !b) return a === b
  const names = new Set([...Object.keys(a), ...Object.keys(b)].filter((name) => !KEYS.has(name)))
  return [...names].every((name) => a[name as keyof VisitRecord] === b[name as keyof VisitRecord])
}
