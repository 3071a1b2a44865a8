import type { VisitRow } from '../store/rows.ts'
import { needsWatch, watchedUntil } from './roster/watch.ts'

const MINUTE = 60_000
/** Graph's records of a call are there within two and a half hours, and are found by the meeting's join URL. */
const KEPT_FOR_RECORDS = 4 * 60 * MINUTE
/** Without a word of the reports a meeting is kept for a day after the visit. */
const KEPT_WITHOUT_REPORT = 24 * 60 * MINUTE

/** What is to be done about a visit's meeting now. */
export type MeetingTask = 'watch' | 'verify' | 'close'

/**
 * Pure. A meeting is watched from the time on when the patient may join, its subscription looked after while the visit may
 * run, and the meeting deleted when the visit's window is over and the reports have what they need: an old link then opens
 * nothing.
 * @param verify whether this is a time to ask Graph if it still has the subscription: one that was lost says nothing.
 */
export function meetingTask(
  row: VisitRow,
  opensMinutes: number,
  verify: boolean,
  now: Date,
): MeetingTask | undefined {
  if (row.sealedMeeting === undefined) return undefined
  if (mayClose(row, now)) return 'close'
  const open = now.getTime() >= Date.parse(row.start) - opensMinutes * MINUTE
  if (!open || row.cancelled || now >= watchedUntil(row)) return undefined
  if (needsWatch(row, now)) return 'watch'
  return verify && row.subscriptionId !== undefined ? 'verify' : undefined
}

/** Whether the visit's window is over and the reports have what they need of its meeting. Pure. */
export function mayClose(row: VisitRow, now: Date): boolean {
  const end = Date.parse(row.start) + row.minutes * MINUTE
  if (now.getTime() < end + KEPT_FOR_RECORDS) return false
  const waitingForQuality = row.qualityNext !== undefined && row.quality === undefined
  return (row.reportAt !== undefined && !waitingForQuality) || now.getTime() >= end + KEPT_WITHOUT_REPORT
}
