import { portalRoute } from './portal-route.ts'
import { redirect } from './route.ts'

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
  async (call) => (await import('./portal-report-page.ts')).showReport(call),
  'reports',
)

portalRoute(
  'portalReportExport',
  'GET',
  'portal/reports/{report}/export',
  async (call) => (await import('./portal-report-export.ts')).exportReport(call),
  'reports',
)
