import type { Site } from '../sites/site.ts'
import type { Message, NoticeRef } from '../store/messages.ts'
import type { VisitRow } from '../store/rows.ts'
import type { Store } from '../store/store.ts'
import { visitKeyOf, visitPartition } from '../visits/visit.ts'
import { daysFrom } from '../visits/windows.ts'
import { reminderDue } from './due.ts'
import { noticeRowKey } from './notice.ts'

const CHUNK = 30

/**
 * The reminders of one site that are due now, in messages of one UTC day each. Reads our own rows only; the EHR is
 * asked right before a text goes out.
 */
export async function findReminders(
  { tables }: Pick<Store, 'tables'>,
  site: Site,
  now: Date,
): Promise<Message<'reminders'>[]> {
  if (!site.texts.on || site.texts.reminderMinutes.length === 0) return []
  const { tenantId, siteId } = site
  const longest = Math.max(...site.texts.reminderMinutes)
  const messages: Message<'reminders'>[] = []
  for (const day of daysFrom(now, Math.ceil(longest / 1440) + 1)) {
    const visits: [string, VisitRow][] = []
    const taken = new Set<string>()
    for await (const row of tables.visits.list(visitPartition(tenantId, siteId, day))) {
      if (row.type === 'notice') taken.add(row.rowKey)
      else visits.push([visitKeyOf(row.rowKey), row])
    }
    const due: NoticeRef[] = visits.flatMap(([visitKey, visit]) => {
      const has = (kind: Parameters<typeof noticeRowKey>[0]['kind']) =>
        taken.has(noticeRowKey({ visitKey, version: visit.version, kind }))
      return reminderDue(visitKey, visit, site.texts, { has }, now) ?? []
    })
    for (let at = 0; at < due.length; at += CHUNK)
      messages.push({ schema: 1, tenantId, siteId, day, notices: due.slice(at, at + CHUNK) })
  }
  return messages
}
