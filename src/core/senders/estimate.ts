import type { Ehr } from '../ehr/ehr.ts'
import { reminderDue } from '../messaging/due.ts'
import { type NoticeKind, noticeRowKey } from '../messaging/notice.ts'
import { ok, type Result } from '../result.ts'
import type { Site } from '../sites/site.ts'
import type { Store } from '../store/store.ts'
import { readBays } from '../visits/read-bays.ts'
import { daysBetween } from '../visits/windows.ts'

type Texts = Site['texts']

/** What a site's EHR says of video visits: of the last thirty days, and of those that are soon. */
export type Volume = {
  /** By video, whether they took place or were cancelled. */
  readonly visits: number
  readonly cancelled: number
}

const DAY = 86_400_000
export const ESTIMATE_DAYS = 30
/** Location ids in one search: an address has an end. */
const LOCATIONS = 40

/** Counts a site's video visits between two instants, by its departments' locations. */
async function appointmentsOf(
  ehr: Pick<Ehr, 'appointmentsIn'>,
  site: Pick<Site, 'departments'>,
  from: Date,
  to: Date,
) {
  const locations = [...new Set(site.departments.flatMap(({ on, locationIds }) => (on ? locationIds : [])))]
  const found = new Map<string, { start: Date; cancelled: boolean }>()
  for (let at = 0; at < locations.length; at += LOCATIONS) {
    const read = await ehr.appointmentsIn(locations.slice(at, at + LOCATIONS), from, to)
    if (!read.ok) return read
    for (const { id, start, cancelled, video } of read.value.values())
      if (video) found.set(id, { start, cancelled })
  }
  return ok([...found.values()])
}

/** A site's video visits of the last thirty days, as its system account sees them. */
export async function lastMonth(
  ehr: Pick<Ehr, 'appointmentsIn'>,
  site: Pick<Site, 'departments'>,
  now: Date,
): Promise<Result<Volume, string>> {
  const read = await appointmentsOf(ehr, site, new Date(now.getTime() - ESTIMATE_DAYS * DAY), now)
  if (!read.ok) return read
  return ok({ visits: read.value.length, cancelled: read.value.filter((visit) => visit.cancelled).length })
}

/** How many reminders fall due within a day, by what the EHR has now. */
export async function remindersWithinADay(
  ehr: Pick<Ehr, 'appointmentsIn'>,
  site: Pick<Site, 'departments'>,
  reminderMinutes: readonly number[],
  now: Date,
): Promise<Result<number, string>> {
  if (reminderMinutes.length === 0) return ok(0)
  const furthest = Math.max(...reminderMinutes) * 60_000 + DAY
  const read = await appointmentsOf(ehr, site, now, new Date(now.getTime() + furthest))
  if (!read.ok) return read
  const isSoon = (at: number) => at > now.getTime() && at <= now.getTime() + DAY
  const times = read.value
    .filter(({ cancelled }) => !cancelled)
    .flatMap(({ start }) => reminderMinutes.map((minutes) => start.getTime() - minutes * 60_000))
  return ok(times.filter(isSoon).length)
}

/**
 * How many texts a month of such visits means: each booked once, the cancelled ones told, the others reminded. Visits that
 * are moved cost one more each, which nobody can tell beforehand. Pure.
 */
export function textsOf(
  { visits, cancelled }: Volume,
  texts: Pick<Texts, 'confirm' | 'reminderMinutes'>,
): number {
  const booked = texts.confirm.booked ? visits : 0
  const off = texts.confirm.cancelled ? cancelled : 0
  return booked + off + texts.reminderMinutes.length * (visits - cancelled)
}

/** Reminders that are due at once, or at least so many: not more visits are looked at than somebody waits for. */
export type AtOnce = { readonly due: number; readonly more: boolean }
const MOST_VISITS = 20_000

/**
 * How many reminders are owed the moment that texts are on: of visits that are known already and whose reminder's time has
 * come. Reads our own rows alone, the visits that come first before the others.
 */
export async function remindersAtOnce(
  store: Pick<Store, 'tables'>,
  site: Pick<Site, 'tenantId' | 'siteId'>,
  texts: Texts,
  now: Date,
  mostVisits = MOST_VISITS,
): Promise<AtOnce> {
  const longest = Math.max(0, ...texts.reminderMinutes)
  let [due, looked] = [0, 0]
  for (const day of daysBetween(now, new Date(now.getTime() + longest * 60_000)))
    for await (const { visits, notices } of readBays(store, site, day)) {
      due += visits.filter(([visitKey, visit]) => {
        const has = (kind: NoticeKind) =>
          notices.has(noticeRowKey({ visitKey, version: visit.version, kind }))
        const owed = reminderDue(visitKey, visit, { ...texts, on: true }, { has }, now)
        // Of a visit that has begun the reminder expires: nobody is texted.
        return owed !== undefined && Date.parse(owed.notice.deadline) > now.getTime()
      }).length
      looked += visits.length
      if (looked >= mostVisits) return { due, more: true }
    }
  return { due, more: false }
}
