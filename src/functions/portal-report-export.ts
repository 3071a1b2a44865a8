import { readDays } from '../core/reports/query/days.ts'
import { countRows, MOST_EXPORTED } from '../core/reports/query/rows.ts'
import { csvStream } from './portal-report-csv.ts'
import { sitesOf, viewOf } from './portal-report-view.ts'
import { type PortalCall, refusePortal } from './portal-route.ts'
import { type Answer, redirect } from './route.ts'

/** One report as a file: every line that its view has, up to the most that a file may have. */
export async function exportReport(call: PortalCall): Promise<Answer> {
  const view = viewOf(call)
  if (!view) return redirect('/portal/reports/appointments')
  const sites = await call.app.sites.ofTenant(call.session.tenantId)
  const days = await readDays(call.app.store, sitesOf(view, sites), view)
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
    body: csvStream(call, view, sites, days),
  }
}
