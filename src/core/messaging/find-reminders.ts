import type { Site } from '../sites/site.ts'
import type { Message, NoticeRef } from '../store/messages.ts'
import type { VisitRow } from '../store/rows.ts'
import type { Store } from '../store/store.ts'
import { visitKeyOf, visitPartition } from '../visits/visit.ts'
import { daysFrom } from '../visits/windows.ts'
import { remindersOwed } from './due.ts'
import { emailRemindersOwed } from './email/owed-email.ts'
import { type NoticeKind, noticeRowKey } from './notice.ts'
import { isQueueTime } from './queue-time.ts'
import { quietUntil } from './quiet-hours.ts'

/** Notices of one message: they are read together, and claimed twenty-five at a time. */
const MESSAGE = 100
const BEGUN = 6 * 3_600_000

/**
 * Puts one site's reminders that are due on the queue. The watermark moves last: a look that broke off is done again.
 * @returns how many notices were queued.
 */
export async function queueReminders(store: Store, site: Site, now: Date): Promise<number> {
  const keys = { partitionKey: `${site.tenantId}|${site.siteId}`, rowKey: 'reminders' }
  const last = await store.tables.sweeps.get(keys.partitionKey, keys.rowKey)
  const messages = await findReminders(store, site, now, last && new Date(last.sweptAt))
  for (const message of messages) await store.queues.reminders.send(message)
  const sweptAt = now.toISOString()
  await store.tables.sweeps.put({
    ...keys,
    schema: 1,
    epoch: '',
    baselineAt: last?.baselineAt ?? sweptAt,
    sweptAt,
  })
  return messages.reduce((sum, { notices }) => sum + notices.length, 0)
}

/**
 * The reminders of one site that go on the queue now, in messages of one UTC day each. Reads our own rows only; the EHR
 * is asked right before a text goes out.
 */
export async function findReminders(
  { tables }: Pick<Store, 'tables'>,
  site: Site,
  now: Date,
  lastLook?: Date,
): Promise<Message<'reminders'>[]> {
  const { texts, tenantId, siteId } = site
  if (!(texts.on || site.emails?.on) || texts.reminderMinutes.length === 0) return []
  const quiet = quietUntil(now, site.timeZone, texts.quietHours) !== undefined
  const longest = Math.max(...texts.reminderMinutes)
  const messages: Message<'reminders'>[] = []
  // From a few hours ago: what should have gone out before a visit that has begun meanwhile ends as expired.
  // Up to a day ahead: one that would fall into the quiet hours comes before them.
  const ahead = longest + (texts.quietHours.from === texts.quietHours.to ? 0 : 1440)
  for (const day of daysFrom(new Date(now.getTime() - BEGUN), Math.ceil(ahead / 1440) + 1)) {
    const visits: [string, VisitRow][] = []
    const taken = new Set<string>()
    for await (const row of tables.visits.list(visitPartition(tenantId, siteId, day))) {
      if (row.type === 'notice') taken.add(row.rowKey)
      else visits.push([visitKeyOf(row.rowKey), row])
    }
    const due: NoticeRef[] = visits.flatMap(([visitKey, visit]) => {
      const has = (kind: NoticeKind) => taken.has(noticeRowKey({ visitKey, version: visit.version, kind }))
      const owed = remindersOwed(visitKey, visit, texts, { has }, now, site.timeZone)
      const mails = emailRemindersOwed(visitKey, visit, site, { has }, now)
      return [
        ...owed.filter(({ since }) => isQueueTime(since, lastLook, now, quiet)),
        ...mails.filter(({ since }) => isQueueTime(since, lastLook, now, false)),
      ].map(({ notice }) => notice)
    })
    for (let at = 0; at < due.length; at += MESSAGE)
      messages.push({ schema: 1, tenantId, siteId, day, notices: due.slice(at, at + MESSAGE) })
  }
  return messages
}
