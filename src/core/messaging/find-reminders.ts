import type { Site } from '../sites/site.ts'
import type { Message, NoticeRef } from '../store/messages.ts'
import type { Store } from '../store/store.ts'
import { type BayRange, WHOLE } from '../visits/bay-range.ts'
import { type BayRows, readBays } from '../visits/read-bays.ts'
import { watermarkPartition } from '../visits/watermark.ts'
import { daysBetween } from '../visits/windows.ts'
import { remindersOwed, spanOf } from './due.ts'
import { emailRemindersOwed } from './email/owed-email.ts'
import { type NoticeKind, noticeRowKey } from './notice.ts'
import { isQueueTime, NO_REST, type Rest, restOf } from './queue-time.ts'

/** Notices of one message: they are read together, and claimed twenty-five at a time. */
const MESSAGE = 100
const MINUTE = 60_000
const BEGUN = 6 * 60 * MINUTE
/** One that would fall into the quiet hours comes before them, up to a day and this much earlier. */
const EARLIER = (1440 + 30) * MINUTE

/**
 * Puts one site's reminders that are due on the queue, or those of a part of its departments. The watermark moves last: a
 * look that broke off is done again. It counts for the very departments that it was written for: where a range was cut
 * otherwise since, everything that is owed and not taken up is queued, which is claimed once.
 * @param askedAt when the look was asked for, where it waited in a queue: one that was made since does.
 * @returns how many notices were queued.
 */
export async function queueReminders(
  store: Store,
  site: Site,
  now: Date,
  range: BayRange = WHOLE,
  askedAt?: Date,
): Promise<number> {
  const keys = { partitionKey: watermarkPartition(site), rowKey: `reminders|${range.from}` }
  const epoch = `${range.from}..${range.to}`
  const last = await store.tables.sweeps.get(keys.partitionKey, keys.rowKey)
  const lastLook = last?.epoch === epoch ? new Date(last.sweptAt) : undefined
  if (lastLook && askedAt && lastLook > askedAt) return 0
  let queued = 0
  for await (const message of findReminders(store, site, now, range, lastLook)) {
    await store.queues.reminders.send(message)
    queued += message.notices.length
  }
  const sweptAt = now.toISOString()
  await store.tables.sweeps.put({
    ...keys,
    schema: 1,
    epoch,
    baselineAt: last?.baselineAt ?? sweptAt,
    sweptAt,
  })
  return queued
}

/**
 * The reminders that go on the queue now, in messages of one bay each. Reads our own rows only; the EHR is asked right
 * before a text goes out.
 * Of a row that a move left behind the reminder is queued as of any other, and passed over then (read-all.ts): to ask the
 * index here would cost a read for each.
 */
export async function* findReminders(
  store: Pick<Store, 'tables'>,
  site: Site,
  now: Date,
  range: BayRange = WHOLE,
  lastLook?: Date,
): AsyncIterable<Message<'reminders'>> {
  const { texts, tenantId, siteId } = site
  if (!(texts.on || site.emails?.on) || texts.reminderMinutes.length === 0) return
  const rest = restOf(site, now)
  const longest = Math.max(...texts.reminderMinutes) * MINUTE
  // From a few hours ago: what should have gone out before a visit that has begun meanwhile ends as expired.
  const ahead = longest + (texts.quietHours.from === texts.quietHours.to ? 0 : EARLIER)
  const [from, to] = [new Date(now.getTime() - BEGUN), new Date(now.getTime() + ahead)]
  for (const day of daysBetween(from, to))
    for await (const rows of readBays(store, site, day, range)) {
      const due = dueIn(rows, site, now, lastLook, rest)
      for (let at = 0; at < due.length; at += MESSAGE)
        yield { schema: 1, tenantId, siteId, bay: rows.bay, notices: due.slice(at, at + MESSAGE) }
    }
}

function dueIn(
  { visits, notices }: BayRows,
  site: Site,
  now: Date,
  lastLook: Date | undefined,
  rest: Rest,
): NoticeRef[] {
  return visits.flatMap(([visitKey, visit]) => {
    const has = (kind: NoticeKind) => notices.has(noticeRowKey({ visitKey, version: visit.version, kind }))
    const owed = remindersOwed(visitKey, visit, site.texts, { has }, now, site.timeZone)
    const mails = emailRemindersOwed(visitKey, visit, site, { has }, now)
    return [
      ...owed.filter((one) => isQueueTime(spanOf(one), lastLook, now, rest)),
      ...mails.filter((one) => isQueueTime(spanOf(one), lastLook, now, NO_REST)),
    ].map(({ notice }) => notice)
  })
}
