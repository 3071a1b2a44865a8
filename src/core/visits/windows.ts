import type { App } from '../app.ts'
import type { Message } from '../store/messages.ts'
import { utcDay } from './visit.ts'

const DAY = 86_400_000

/** UTC days that matter for visits of a site from now to the horizon; the day before may still run in the site's zone. */
export function daysFrom(now: Date, horizonDays: number): string[] {
  return Array.from({ length: horizonDays + 1 }, (_, ahead) => utcDay(new Date(now.getTime() + ahead * DAY)))
}

/** Which windows to look at now: every department that is on, of every site with a system account, day by day. */
export async function dueWindows({ sites, settings, now }: Pick<App, 'sites' | 'settings' | 'now'>) {
  const windows: Message<'sweeps'>[] = []
  for (const site of await sites.all()) {
    if (!site.system || !settings.ALLOWED_TENANTS.includes(site.tenantId)) continue
    for (const department of site.departments.filter(({ on }) => on))
      for (const day of daysFrom(now(), settings.SWEEP_HORIZON_DAYS))
        windows.push({
          schema: 1,
          tenantId: site.tenantId,
          siteId: site.siteId,
          departmentId: department.id,
          day,
        })
  }
  return windows
}
