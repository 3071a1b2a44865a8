import { createHash } from 'node:crypto'
import type { App } from '../app.ts'
import { isLive, type Site } from '../sites/site.ts'
import type { SweepWindow } from '../store/messages.ts'
import { type Bay, dayOfBay, departmentOfBay, utcDay } from './bay.ts'

const MINUTE = 60_000
const DAY = 86_400_000
/** A visit that began so long ago may still be running, late, moved or called off. */
const RUNNING = 6 * 3_600_000

/** The UTC days from now to the horizon. */
export function daysFrom(now: Date, horizonDays: number): string[] {
  return Array.from({ length: horizonDays + 1 }, (_, ahead) => utcDay(new Date(now.getTime() + ahead * DAY)))
}

/** The UTC days from one instant to another, both their own included. */
export function daysBetween(from: Date, to: Date): string[] {
  const first = Date.parse(utcDay(from))
  return daysFrom(from, Math.floor((to.getTime() - first) / DAY))
}

/** The first UTC day that is swept. Midnight there is an afternoon somewhere: the visits of the day before are not over with it. */
function firstDay(now: Date): string {
  return utcDay(new Date(now.getTime() - RUNNING))
}

/** Whether a department's look reads this bay, on its day up to the horizon: its department is on, its day not past. Pure. */
export function isSwept({ system, setup, departments }: Site, bay: Bay, now: Date): boolean {
  const on = departments.some((one) => one.on && one.id === departmentOfBay(bay))
  return on && system !== undefined && setup !== true && dayOfBay(bay) >= firstDay(now)
}

type Ports = Pick<App, 'sites' | 'settings' | 'now'>

/**
 * Which windows to look at now: every department that is on, of every site with a system account whose setup is finished, day by day. Near days
 * at every tick; each far one once within SWEEP_FAR_MINUTES, at a minute of its own, so that they do not come all at once.
 * @param lastTick when windows were handed out last; after an outage all that were missed are due. Undefined: all are.
 */
export async function dueWindows({ sites, settings, now }: Ports, lastTick?: Date) {
  const windows: SweepWindow[] = []
  const at = now()
  const today = utcDay(at)
  const days = daysFrom(at, settings.SWEEP_HORIZON_DAYS).map((day, ahead) => ({
    day,
    near: ahead <= settings.SWEEP_NEAR_DAYS,
  }))
  const begun = firstDay(at)
  if (begun !== today) days.unshift({ day: begun, near: true })
  for (const site of await sites.all()) {
    if (!site.system || !isLive(site, settings.ALLOWED_TENANTS)) continue
    const { tenantId, siteId } = site
    for (const { id: departmentId } of site.departments.filter(({ on }) => on))
      for (const { day, near } of days)
        if (near || isFarTime(`${siteId}|${departmentId}|${day}`, settings.SWEEP_FAR_MINUTES, lastTick, at))
          windows.push({ schema: 1, tenantId, siteId, departmentId, day })
  }
  return windows
}

/** Whether a far window's own minute lies after the last tick, up to now. Pure. */
export function isFarTime(
  window: string,
  everyMinutes: number,
  lastTick: Date | undefined,
  now: Date,
): boolean {
  if (!lastTick) return true
  const phase = createHash('sha256').update(window).digest().readUInt32BE(0) % everyMinutes
  const turns = (time: Date) => Math.floor((Math.floor(time.getTime() / MINUTE) - phase) / everyMinutes)
  return turns(now) > turns(lastTick)
}
