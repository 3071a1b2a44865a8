import { REPORTS, readView, type View } from '../core/reports/query/view.ts'
import type { Site } from '../core/sites/site.ts'
import type { PortalCall } from './portal-route.ts'

/** What a report's address asks for, or undefined where there is no such report. */
export function viewOf({ params, request, app }: PortalCall): View | undefined {
  const report = REPORTS.find((one) => one === params.report)
  return report && readView(report, new URLSearchParams(request.query), app.now())
}

export function sitesOf({ siteId }: View, sites: readonly Site[]): readonly Site[] {
  return siteId === undefined ? sites : sites.filter((site) => site.siteId === siteId)
}
