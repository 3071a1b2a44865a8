import type { App } from '../app.ts'
import type { Message } from '../store/messages.ts'
import { utcDay } from '../visits/visit.ts'
import { daysFrom } from '../visits/windows.ts'

const HOUR = 3_600_000
/** A visit that began so long ago may still end, or its attendance come in. */
const RUNNING = 12 * HOUR
/** Days ahead and days back change seldom: they are looked at every so many minutes. */
const SELDOM = 15
const BACK = 3

type Day = Extract<Message<'reports'>, { kind: 'day' }>

/**
 * Which site-days the reports should be brought up to date with at this minute: the running ones always, the coming ones
 * and the last few every quarter of an hour.
 */
export async function dueReportDays({ sites, settings, now }: Pick<App, 'sites' | 'settings' | 'now'>) {
  const at = now()
  const running = new Set([utcDay(new Date(at.getTime() - RUNNING)), utcDay(at)])
  if (at.getUTCMinutes() % SELDOM === 0)
    for (const day of daysFrom(new Date(at.getTime() - BACK * 24 * HOUR), settings.SWEEP_HORIZON_DAYS + BACK))
      running.add(day)
  const messages: Day[] = []
  for (const { tenantId, siteId } of await sites.all()) {
    if (!settings.ALLOWED_TENANTS.includes(tenantId)) continue
    for (const day of [...running].sort()) messages.push({ schema: 1, kind: 'day', tenantId, siteId, day })
  }
  return messages
}
