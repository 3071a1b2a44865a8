import { startAzurite } from '../sandbox/azurite.ts'
import { localStorageClients } from '../sandbox/storage.ts'
import { count, type DayTotals, dayColumns } from '../src/core/reports/day-rollup.ts'
import { readDays } from '../src/core/reports/query/days.ts'
import { PAGE_ROWS, readPage } from '../src/core/reports/query/rows.ts'
import { type Summary, summarize } from '../src/core/reports/query/summary.ts'
import { readView } from '../src/core/reports/query/view.ts'
import { dayKeys, monthOf, recordKeys, reportPartition } from '../src/core/reports/report-keys.ts'
import { messagesOf, type VisitRecord } from '../src/core/reports/visit-record.ts'
import { createStorage, type Store, store } from '../src/core/store/store.ts'
import { median } from './measuring/interleaved.ts'
import type { BenchResult } from './measuring/result.ts'

export const about = 'the 90-day report page over 10,000 and 100,000 visits; baseline a scan of all rows'

const DAY = 86_400_000
const DAYS = 90
const NOW = new Date('2031-03-31T20:00:00Z')
const DEPARTMENTS = ['cardiology', 'family', 'pediatrics', 'dermatology']
const OUTCOMES = [
  'completed',
  'completed',
  'completed',
  'completed',
  'no_show',
  'technical_failure',
  'cancelled',
]
const ROUNDS = 3

const site = (visits: number) => ({
  tenantId: '3f6c1d52-7b1e-4a8d-9c55-0a6b8f1e2d01',
  siteId: `visits${visits}`,
})

/** The same visits at every run. */
function recordOf(index: number, start: string): VisitRecord {
  const outcome = OUTCOMES[index % OUTCOMES.length] ?? 'completed'
  const met = outcome === 'completed'
  return {
    schema: 1,
    type: 'visit',
    start,
    minutes: 30,
    departmentId: DEPARTMENTS[index % DEPARTMENTS.length] ?? 'family',
    outcome,
    basis: 'attendance',
    ...(met ? { begun: start, seconds: 900 + ((index * 37) % 1_800), waited: (index * 13) % 600 } : {}),
    attendees: met ? 2 : 1,
    device: index % 3 === 0 ? 'passed' : 'none',
    rating: 'none',
    messages: JSON.stringify(
      ['booked', 'reminder.0'].map((kind) => ({ kind, version: 1, state: 'delivered', at: start })),
    ),
  }
}

async function seed({ tables }: Store, visits: number): Promise<void> {
  const of = site(visits)
  const perDay = Math.ceil(visits / DAYS)
  let index = 0
  for (let back = DAYS - 1; back >= 0; back--) {
    const day = new Date(NOW.getTime() - back * DAY).toISOString().slice(0, 10)
    const totals: DayTotals = {}
    const rows: (VisitRecord & { partitionKey: string; rowKey: string })[] = []
    for (let number = 0; number < perDay && index < visits; number++, index++) {
      const start = new Date(Date.parse(day) + Math.floor((number / perDay) * DAY)).toISOString()
      const record = recordOf(index, start)
      count(totals, record, 1)
      rows.push({ ...record, ...recordKeys(of, start, String(index).padStart(16, '0')) })
    }
    for (let at = 0; at < rows.length; at += 100)
      await tables.reports.transact(rows.slice(at, at + 100).map((row) => ({ kind: 'put' as const, row })))
    await tables.reports.put({ ...dayColumns(totals), ...dayKeys(of, day) })
  }
}

const view = readView('appointments', new URLSearchParams('range=90'), NOW)

async function ours(storage: Store, visits: number) {
  const sites = [site(visits)]
  const days = await readDays(storage, sites, view)
  const page = await readPage(storage, sites, days, view, 'start')
  return { summary: summarize(days, view), first: page.lines[0]?.record.start, total: page.total }
}

/** What a report does that keeps no totals: every row of the range is read, counted, sorted, and fifty are shown. */
async function scan({ tables }: Store, visits: number) {
  const of = site(visits)
  const rows: VisitRecord[] = []
  for (const month of new Set([view.from, view.to, '2031-01', '2031-02', '2031-03'].map(monthOf)))
    for await (const row of tables.reports.list(reportPartition(of, month), {
      from: `v:${view.from}`,
      to: `v:${view.to}~`,
    }))
      if (row.type === 'visit') rows.push(row)
  const days = new Map<string, DayTotals>()
  for (const row of rows) {
    messagesOf(row)
    const day = row.start.slice(0, 10)
    const totals = days.get(day) ?? {}
    count(totals, row, 1)
    days.set(day, totals)
  }
  const summary = summarize(
    [...days].map(([day, totals]) => ({ siteId: of.siteId, day, totals })),
    view,
  )
  rows.sort((a, b) => (a.start < b.start ? 1 : -1))
  return { summary, first: rows.slice(0, PAGE_ROWS)[0]?.start, total: rows.length }
}

function same(a: { summary: Summary; first: unknown; total: number }, b: typeof a): boolean {
  const text = ({ summary, ...rest }: typeof a) =>
    JSON.stringify([summary.whole.waited, summary.whole.outcomes.completed, rest])
  return text(a) === text(b)
}

/** `ours` and `baseline` are milliseconds at 100,000 visits; `ratio` = scan over ours: the more the better. */
export async function bench(): Promise<BenchResult> {
  const azurite = await startAzurite()
  try {
    const clients = localStorageClients(azurite.connectionString)
    await createStorage(clients)
    const storage = store(clients)
    const small = await measured(storage, 10_000)
    const large = await measured(storage, 100_000)
    return {
      ours: large.ours,
      baseline: large.scan,
      ratio: large.scan / large.ours,
      unit: 'ms',
      visits: 100_000,
      oursAt10000: small.ours,
      scanAt10000: small.scan,
      ratioAt10000: small.scan / small.ours,
      oursGrowth: large.ours / small.ours,
      scanGrowth: large.scan / small.scan,
      rounds: ROUNDS,
    }
  } finally {
    await azurite.close()
  }
}

async function measured(storage: Store, visits: number): Promise<{ ours: number; scan: number }> {
  await seed(storage, visits)
  // Both say the same, or nothing is worth measuring.
  if (!same(await ours(storage, visits), await scan(storage, visits))) throw new Error('the two pages differ')
  const times = { ours: [] as number[], scan: [] as number[] }
  for (let round = 0; round < ROUNDS; round++)
    for (const [name, run] of [
      ['ours', ours],
      ['scan', scan],
    ] as const) {
      const began = performance.now()
      await run(storage, visits)
      times[name].push(performance.now() - began)
    }
  return { ours: median(times.ours), scan: median(times.scan) }
}
