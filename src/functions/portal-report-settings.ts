import { clearedPortalSession } from '../core/portal/session.ts'
import { changeTenant } from '../core/sites/change.ts'
import { numbersLeft } from '../core/tenants/numbers-left.ts'
import { removeTenant } from '../core/tenants/remove-tenant.ts'
import { type PortalCall, portalFrame, portalPage, portalRoute, refusePortal } from './portal-route.ts'
import { type Answer, redirect } from './route.ts'

const PATH = '/portal/report-settings'
const MOST_RECEIPTS = 24

portalRoute('portalReportSettings', 'GET', 'portal/report-settings', (call) => settings(call), 'configure')

portalRoute('portalReportSettingsSave', 'POST', 'portal/report-settings', async (call) => {
  const { app, session, fields } = call
  const retention = fields.get('retention')?.trim() ?? ''
  const callQuality = fields.get('quality') === 'on'
  const retentionMonths = Number(retention)
  if (!/^\d{1,3}$/.test(retention) || retentionMonths < 1 || retentionMonths > 120)
    return settings(call, { retention, retentionError: 'Give a whole number of months from 1 to 120.' })
  const changed = await changeTenant(
    app,
    { tenantId: session.tenantId, by: session.userId, what: 'report_settings_saved' },
    fields.get('version') ?? '',
    (tenant) => ({ ...tenant, reports: { retentionMonths, callQuality } }),
  )
  return changed.ok ? redirect(`${PATH}?done=saved`) : refusePortal(call, changed.failure, PATH)
})

/** The one button that nobody presses by accident: the organization's own id has to be typed. */
portalRoute('portalRemoveOrganization', 'POST', 'portal/remove-organization', async (call) => {
  const { app, session, fields } = call
  const { tenantId } = session
  if (fields.get('confirm')?.trim().toLowerCase() !== tenantId.toLowerCase())
    return settings(call, { confirmError: 'This is not the id of your organization. Nothing was erased.' })
  const { frame } = await portalFrame(call, 'reports')
  const receipt = await removeTenant(app, tenantId)
  const total = Object.values(receipt.rows).reduce((sum, rows) => sum + rows, 0)
  call.log('tenant_removed', { rows: total, numbersLeft: receipt.numbers.length })
  const { organizationRemovedPage } = await import('../pages/portal/reports/settings.tsx')
  const rows = Object.entries(receipt.rows).map(([table, count]) => ({ table, rows: count }))
  const { at, numbers } = receipt
  const page = await portalPage(call, organizationRemovedPage({ frame, tenantId, at, rows, numbers }))
  return { ...page, cookies: clearedPortalSession() }
})

type Refused = { retention?: string; retentionError?: string; confirmError?: string }

async function settings(call: PortalCall, refused: Refused = {}): Promise<Answer> {
  const { app, session } = call
  const [{ frame, tenant }, receipts, numbers, { reportSettingsPage }] = await Promise.all([
    portalFrame(call, 'reports'),
    receiptsOf(call),
    numbersLeft(app.store, session.tenantId),
    import('../pages/portal/reports/settings.tsx'),
  ])
  const { retentionMonths, callQuality } = tenant.value.reports
  const rendered = reportSettingsPage({
    frame,
    version: tenant.version,
    retentionMonths: refused.retention ?? String(retentionMonths),
    retentionError: refused.retentionError,
    callQuality,
    tenantId: session.tenantId,
    confirmError: refused.confirmError,
    numbers,
    receipts,
  })
  const wrong = refused.retentionError !== undefined || refused.confirmError !== undefined
  return portalPage(call, rendered, wrong ? { status: 422 } : {})

  async function receiptsOf({ session: { tenantId } }: PortalCall) {
    const found: { at: string; before: string; rows: number }[] = []
    for await (const row of app.store.tables.erasures.list(tenantId))
      if (row.kind === 'retention')
        found.push({ at: row.at, before: row.before ?? '', rows: rowsOf(row.json) })
    return found.reverse().slice(0, MOST_RECEIPTS)
  }
}

function rowsOf(json: string): number {
  const counts = JSON.parse(json) as Record<string, number>
  return Object.values(counts).reduce((sum, count) => sum + count, 0)
}
