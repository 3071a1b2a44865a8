import type { App } from '../app.ts'
import { inParallel } from '../messaging/in-parallel.ts'
import type { Site } from '../sites/site.ts'
import type { Message } from '../store/messages.ts'
import { type BayRange, bayPartitions, WHOLE } from '../visits/bay-range.ts'
import { isLeftover } from '../visits/leftover.ts'
import { type Visit, visitOf } from '../visits/visit.ts'
import { daysBetween } from '../visits/windows.ts'
import { isWanted, refusedSince } from '../visits/write-back.ts'
import { type MeetingTask, meetingTask } from './meeting-life.ts'

const HOUR = 3_600_000
/** A subscription is asked about so often, in minutes, and meetings that are over are looked for once an hour. */
const VERIFY_EVERY = 10
/** So far back meetings are looked for that should have been deleted: a week of a timer that did not run. */
const DAYS_BACK = 7
/** Visits whose index is asked at the same time. */
const AT_ONCE = 16

export type MeetingWork = {
  readonly roster: readonly Message<'roster'>[]
  readonly writeback: readonly Message<'writeback'>[]
}

/**
 * What is to be done about the meetings of a site, or of a part of its departments. Reads our own rows of the days around
 * now, and of these only visits that have a meeting; once an hour those of the week before, for the meetings that are over.
 * @param tick the timer's own minute, which says what is looked for.
 */
export async function findMeetings(
  { store, settings, now }: Pick<App, 'store' | 'settings' | 'now'>,
  site: Site,
  tick: Date,
  range: BayRange = WHOLE,
): Promise<MeetingWork> {
  const { tenantId, siteId } = site
  const minute = tick.getUTCMinutes()
  const back = minute === 0 ? DAYS_BACK * 24 : 8
  const days = daysBetween(new Date(tick.getTime() - back * HOUR), new Date(tick.getTime() + 4 * HOUR))
  const found: { visit: Visit; work: MeetingWork }[] = []
  const withMeeting = [[{ column: 'sealedMeeting', is: 'gt', value: '' }]] as const
  for (const day of days)
    for await (const row of store.tables.visits.across(bayPartitions(site, day, range), {
      from: 'v:',
      where: withMeeting,
    })) {
      if (row.type !== 'visit') continue
      const visit = visitOf(site, row)
      const about = { schema: 1 as const, tenantId, siteId, visitKey: visit.visitKey }
      const task = meetingTask(row, settings.VISIT_OPENS_MINUTES, minute % VERIFY_EVERY === 0, now())
      // A meeting that a patient's tap made: nobody's page asked for its links to be written.
      const failed = refusedSince(row) !== undefined
      const links =
        !failed && site.setup !== true && minute % VERIFY_EVERY === 5 && isWanted(site, row, 'links')
      if (task === undefined && !links) continue
      const work: MeetingWork = {
        roster: task === undefined ? [] : [{ ...about, ...messageOf(task) }],
        writeback: links ? [{ ...about, what: 'links', tries: 0 }] : [],
      }
      found.push({ visit, work })
    }
  // The meeting of a visit that moved away is none to be watched today. One read for a message that costs several.
  const left = await inParallel(found, AT_ONCE, ({ visit }) => isLeftover(store, visit))
  const work = found.flatMap((one, at) => (left[at] ? [] : [one.work]))
  return {
    roster: work.flatMap(({ roster }) => roster),
    writeback: work.flatMap(({ writeback }) => writeback),
  }
}

function messageOf(task: MeetingTask) {
  if (task === 'close') return { kind: 'close' as const }
  return { kind: 'watch' as const, ...(task === 'verify' ? { verify: true } : {}) }
}
