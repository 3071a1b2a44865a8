import type { App } from '../app.ts'
import type { Message } from '../store/messages.ts'
import { utcDay, visitKeyOf, visitPartition } from '../visits/visit.ts'
import { isWanted, refusedSince } from '../visits/write-back.ts'
import { meetingTask } from './meeting-life.ts'

const HOUR = 3_600_000
/** A subscription is asked about so often, in minutes, and meetings that are over are looked for once an hour. */
const VERIFY_EVERY = 10
/** So far back meetings are looked for that should have been deleted: a week of a timer that did not run. */
const DAYS_BACK = 7

export type MeetingWork = {
  readonly roster: readonly Message<'roster'>[]
  readonly writeback: readonly Message<'writeback'>[]
}

/**
 * What is to be done about meetings at this minute, in all sites. Reads our own rows of the days around now; once an hour
 * those of the week before, for the meetings that are over.
 */
export async function findMeetings({
  store,
  sites,
  settings,
  now,
}: Pick<App, 'store' | 'sites' | 'settings' | 'now'>): Promise<MeetingWork> {
  const at = now()
  const minute = at.getUTCMinutes()
  const back = minute === 0 ? DAYS_BACK * 24 : 8
  const days = new Set<string>()
  for (let hours = -back; hours <= 4; hours += 4) days.add(utcDay(new Date(at.getTime() + hours * HOUR)))
  const roster: Message<'roster'>[] = []
  const writeback: Message<'writeback'>[] = []
  for (const site of await sites.all()) {
    const { tenantId, siteId } = site
    if (!settings.ALLOWED_TENANTS.includes(tenantId)) continue
    for (const day of days)
      for await (const row of store.tables.visits.list(visitPartition(tenantId, siteId, day), {
        from: 'v:',
      })) {
        if (row.type !== 'visit') continue
        const about = { schema: 1 as const, tenantId, siteId, visitKey: visitKeyOf(row.rowKey) }
        const task = meetingTask(row, settings.VISIT_OPENS_MINUTES, minute % VERIFY_EVERY === 0, at)
        if (task === 'close') roster.push({ ...about, kind: 'close' })
        else if (task !== undefined)
          roster.push({ ...about, kind: 'watch', ...(task === 'verify' ? { verify: true } : {}) })
        // A meeting that a patient's tap made: nobody's page asked for its links to be written.
        const failed = refusedSince(row) !== undefined
        if (!failed && site.setup !== true && minute % VERIFY_EVERY === 5 && isWanted(site, row, 'links'))
          writeback.push({ ...about, what: 'links', tries: 0 })
      }
  }
  return { roster, writeback }
}
