import { readDays } from '../core/reports/query/days.ts'
import { readPage } from '../core/reports/query/rows.ts'
import { summarize } from '../core/reports/query/summary.ts'
import { viewQuery } from '../core/reports/query/view.ts'
import { reportPage } from '../pages/portal/reports/report.tsx'
import { peopleNames } from './people-names.ts'
import { columnsOf, sortOf } from './portal-report-columns.ts'
import { reportModel } from './portal-report-model.ts'
import { sitesOf, viewOf } from './portal-report-view.ts'
import { type PortalCall, portalFrame, portalPage } from './portal-route.ts'
import { type Answer, redirect } from './route.ts'

/** One report as a page: its numbers, and a page of its lines. */
export async function showReport(call: PortalCall): Promise<Answer> {
  const view = viewOf(call)
  if (!view) return redirect('/portal/reports/appointments')
  // The form was sent: its view has a shorter address, which is worth sending on.
  if (call.request.query.has('shown')) return redirect(`/portal/reports/${view.report}${viewQuery(view)}`)
  const { frame, tenant, sites } = await portalFrame(call, 'reports')
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
}
