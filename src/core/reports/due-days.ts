import type { App } from '../app.ts'
import type { Site } from '../sites/site.ts'
import type { Message } from '../store/messages.ts'
import { utcDay } from '../visits/bay.ts'
import { isVeryLarge } from '../visits/bay-range.ts'
import { daysFrom } from '../visits/windows.ts'

const HOUR = 3_600_000
/** A visit that began so long ago may still end, or its attendance come in. */
const RUNNING = 12 * HOUR
/** Days ahead and days back change seldom: they are looked at every so many minutes. */
const SELDOM = 15
/** The running days of a very large site take that long between two runs, and the others an hour. */
const LARGE = { running: 15, others: 60 }
const BACK = 3

/** How many minutes pass between two looks at a day of a site, at this time. Pure. */
export function lookedAtEvery(site: Pick<Site, 'departments'>, day: string, now: Date): number {
  const { running, others } = everyOf(site)
  return runningDays(now).has(day) ? running : others
}

function everyOf(site: Pick<Site, 'departments'>) {
  return isVeryLarge(site) ? LARGE : { running: 1, others: SELDOM }
}

function runningDays(now: Date): ReadonlySet<string> {
  return new Set([utcDay(new Date(now.getTime() - RUNNING)), utcDay(now)])
}

type Day = Extract<Message<'reports'>, { kind: 'day' }>

/**
 * Which site-days the reports should be brought up to date with at this minute: the running ones always, the coming ones
 * and the last few every quarter of an hour. Those of a very large site every quarter of an hour, and every hour.
 */
export async function dueReportDays({ sites, settings, now }: Pick<App, 'sites' | 'settings' | 'now'>) {
  const at = now()
  const isTurn = (minutes: number) => at.getUTCMinutes() % minutes === 0
  const running = runningDays(at)
  const first = new Date(at.getTime() - BACK * 24 * HOUR)
  const all = new Set([...daysFrom(first, settings.SWEEP_HORIZON_DAYS + BACK), ...running])
  const messages: Day[] = []
  for (const site of await sites.all()) {
    const { tenantId, siteId } = site
    if (!settings.ALLOWED_TENANTS.includes(tenantId)) continue
    const every = everyOf(site)
    const days = isTurn(every.others) ? all : isTurn(every.running) ? running : []
    for (const day of [...days].sort()) messages.push({ schema: 1, kind: 'day', tenantId, siteId, day })
  }
  return messages
}
