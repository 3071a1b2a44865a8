import { readUser } from '../core/meetings/user.ts'
import { type ColumnId, cellOf } from '../core/reports/query/cells.ts'
import { BOM, csvLine } from '../core/reports/query/csv.ts'
import type { SiteDay } from '../core/reports/query/days.ts'
import { allLines } from '../core/reports/query/rows.ts'
import type { View } from '../core/reports/query/view.ts'
import type { Site } from '../core/sites/site.ts'
import { COLUMN_WORDS } from '../pages/portal/reports/words.ts'
import { named } from './portal-report-cells.ts'
import { columnsOf } from './portal-report-columns.ts'
import { sitesOf } from './portal-report-view.ts'
import type { PortalCall } from './portal-route.ts'

/** The file as it is read: one day of rows at a time, never the whole. */
export function csvStream(
  call: PortalCall,
  view: View,
  sites: readonly Site[],
  days: readonly SiteDay[],
): ReadableStream<Uint8Array> {
  const columns = columnsOf(view, sites.length > 1 && view.siteId === undefined)
  const header = columns.map((id) => {
    const { label = id, unit } = COLUMN_WORDS[id] ?? {}
    return unit === undefined ? label : `${label} (${unit})`
  })
  const encoder = new TextEncoder()
  const lines = csvLines(call, view, columns, sites, days)
  return new ReadableStream<Uint8Array>({
    start(controller) {
      controller.enqueue(encoder.encode(BOM + csvLine(header)))
    },
    async pull(controller) {
      const next = await lines.next()
      if (next.done) controller.close()
      else controller.enqueue(encoder.encode(next.value))
    },
    async cancel() {
      await lines.return(undefined)
    },
  })
}

async function* csvLines(
  call: PortalCall,
  view: View,
  columns: readonly ColumnId[],
  sites: readonly Site[],
  days: readonly SiteDay[],
): AsyncGenerator<string> {
  const people = new Map<string, string>()
  const known = new Set<string>()
  for await (const lines of allLines(call.app.store, sitesOf(view, sites), days, view)) {
    if (columns.includes('clinician'))
      await learn(
        call,
        people,
        known,
        lines.flatMap(({ record }) => record.clinicianId ?? []),
      )
    yield lines
      .map((line) =>
        csvLine(columns.map((id) => named(id, cellOf(line, id), line.siteId, { sites, people }))),
      )
      .join('')
  }
}

/** Each clinician of an export is asked for once. */
async function learn(
  call: PortalCall,
  people: Map<string, string>,
  asked: Set<string>,
  ids: readonly string[],
): Promise<void> {
  const unknown = [...new Set(ids)].filter((id) => !people.has(id) && !asked.has(id))
  if (unknown.length === 0) return
  for (const id of unknown) asked.add(id)
  const graph = await call.app.graph(call.session.tenantId)
  for (let at = 0; at < unknown.length; at += 8)
    await Promise.all(
      unknown.slice(at, at + 8).map(async (id) => {
        const user = await readUser(graph, id)
        if (user.ok) people.set(id, user.value.name)
      }),
    )
}
