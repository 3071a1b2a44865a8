import type { App } from '../app.ts'
import { isLive } from '../sites/site.ts'
import type { Message } from '../store/messages.ts'
import { utcDay } from './visit.ts'

const DAY = 86_400_000
/** A visit that began so long ago may still be running, late, moved or called off. */
const RUNNING = 6 * 3_600_000

/** The UTC days from now to the horizon. */
export function daysFrom(now: Date, horizonDays: number): string[] {
  return Array.from({ length: horizonDays + 1 }, (_, ahead) => utcDay(new Date(now.getTime() + ahead * DAY)))
}

/** Which windows to look at now: every department that is on, of every site with a system account, day by day. */
export async function dueWindows({ sites, settings, now }: Pick<App, 'sites' | 'settings' | 'now'>) {
  const windows: Message<'sweeps'>[] = []
  const today = utcDay(now())
  const days = daysFrom(now(), settings.SWEEP_HORIZON_DAYS)
  // Midnight in UTC is an afternoon somewhere: the visits of the day before are not over with it.
  const begun = utcDay(new Date(now().getTime() - RUNNING))
  if (begun !== today) days.unshift(begun)
  for (const site of await sites.all()) {
    if (!site.system || !isLive(site, settings.ALLOWED_TENANTS)) continue
    for (const department of site.departments.filter(({ on }) => on))
      for (const day of days)
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
