import { readUser } from '../core/meetings/user.ts'
import { type ColumnId, cellOf } from '../core/reports/query/cells.ts'
import { BOM, csvLine } from '../core/reports/query/csv.ts'
import { readDays, type SiteDay } from '../core/reports/query/days.ts'
import { allLines, countRows, MOST_EXPORTED, readPage } from '../core/reports/query/rows.ts'
import { summarize } from '../core/reports/query/summary.ts'
import { REPORTS, readView, type View, viewQuery } from '../core/reports/query/view.ts'
import type { Site } from '../core/sites/site.ts'
import { peopleNames } from './people-names.ts'
import { named } from './portal-report-cells.ts'
import { columnsOf, sortOf } from './portal-report-columns.ts'
import { type PortalCall, portalFrame, portalPage, portalRoute, refusePortal } from './portal-route.ts'
import { type Answer, redirect } from './route.ts'

portalRoute(
  'portalReports',
  'GET',
  'portal/reports',
  async () => redirect('/portal/reports/appointments'),
  'reports',
)

portalRoute(
  'portalReport',
  'GET',
  'portal/reports/{report}',
  async (call) => {
    const view = viewOf(call)
    if (!view) return redirect('/portal/reports/appointments')
    // The form was sent: its view has a shorter address, which is worth sending on.
    if (call.request.query.has('shown')) return redirect(`/portal/reports/${view.report}${viewQuery(view)}`)
    const [{ frame, tenant, sites }, { reportPage }, { reportModel }] = await Promise.all([
      portalFrame(call, 'reports'),
      import('../pages/portal/reports/report.tsx'),
      import('./portal-report-model.ts'),
    ])
    const asked = sitesOf(view, sites)
    const days = await readDays(call.app.store, asked, view)
    const sort = sortOf(view)
    const columns = columnsOf(view, sites.length > 1 && view.siteId === undefined)
    const page = await readPage(call.app.store, asked, days, view, sort)
    const ids = columns.includes('clinician')
      ? page.lines.flatMap(({ record }) => record.clinicianId ?? [])
      : []
    const people = ids.length === 0 ? new Map<string, string>() : await peopleNames(call, ids)
    const model = reportModel({
      frame,
      view,
      columns,
      sort,
      page,
      summary: summarize(days, view),
      names: { sites, people },
      qualityOff: !tenant.value.reports.callQuality,
    })
    return portalPage(call, reportPage(model))
  },
  'reports',
)

portalRoute(
  'portalReportExport',
  'GET',
  'portal/reports/{report}/export',
  async (call) => {
    const view = viewOf(call)
    if (!view) return redirect('/portal/reports/appointments')
    const sites = await call.app.sites.ofTenant(call.session.tenantId)
    const asked = sitesOf(view, sites)
    const days = await readDays(call.app.store, asked, view)
    const rows = countRows(days, view)
    if (rows > MOST_EXPORTED)
      return refusePortal(call, { code: 'export_too_large' }, `/portal/reports/${view.report}`)
    call.log('report_exported', { report: view.report, rows })
    return {
      status: 200,
      headers: {
        'content-type': 'text/csv; charset=utf-8',
        'content-disposition': `attachment; filename="${view.report}-${view.from}-${view.to}.csv"`,
        'cache-control': 'no-store',
      },
      body: await csvStream(call, view, sites, days),
    } satisfies Answer
  },
  'reports',
)

function viewOf({ params, request, app }: PortalCall): View | undefined {
  const report = REPORTS.find((one) => one === params.report)
  return report && readView(report, new URLSearchParams(request.query), app.now())
}

function sitesOf({ siteId }: View, sites: readonly Site[]): readonly Site[] {
  return siteId === undefined ? sites : sites.filter((site) => site.siteId === siteId)
}

/** The file as it is read: one day of rows at a time, never the whole. */
async function csvStream(
  call: PortalCall,
  view: View,
  sites: readonly Site[],
  days: readonly SiteDay[],
): Promise<ReadableStream<Uint8Array>> {
  const { COLUMN_WORDS } = await import('../pages/portal/reports/words.ts')
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
