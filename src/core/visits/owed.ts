import { confirmationDue, type Owed } from '../messaging/due.ts'
import { emailConfirmationDue } from '../messaging/email/owed-email.ts'
import type { NoticeKind } from '../messaging/notice.ts'
import type { Site } from '../sites/site.ts'
import type { NoticeRef } from '../store/messages.ts'
import type { Store } from '../store/store.ts'
import type { Bay } from './bay.ts'
import type { Saved } from './save-look.ts'

/** Notices of one message: they are read together, and claimed twenty-five at a time. */
const MESSAGE = 100

/** What patients are owed, by the bay that it lies in. */
export type OwedByBay = Map<Bay, NoticeRef[]>

export function owe(owed: OwedByBay, bay: Bay, notice: NoticeRef): void {
  owed.set(bay, [...(owed.get(bay) ?? []), notice])
}

/**
 * Adds the confirmations that a visit owes after a look at it, by text and by e-mail.
 * @param taken which kinds of its present version have a notice row already.
 * @param isTime whether one that is owed goes on the queue at this look; a version that is new always does.
 */
export function oweConfirmations(
  owed: OwedByBay,
  site: Site,
  { visit, raised }: Saved,
  taken: { readonly has: (kind: NoticeKind) => boolean },
  isTime: (owed: Owed, byText: boolean) => boolean,
  now: Date,
): void {
  const text = confirmationDue(visit.visitKey, visit.row, site.texts, taken, now)
  const mail = emailConfirmationDue(visit.visitKey, visit.row, site, taken, now)
  if (text && (raised || isTime(text, true))) owe(owed, visit.bay, text.notice)
  if (mail && (raised || isTime(mail, false))) owe(owed, visit.bay, mail.notice)
}

/** Puts what is owed on the confirmations queue; a notice that is queued twice is claimed once. @returns how many. */
export async function queueConfirmations(
  { queues }: Pick<Store, 'queues'>,
  { tenantId, siteId }: Site,
  owed: OwedByBay,
): Promise<number> {
  let queued = 0
  for (const [bay, notices] of owed) {
    // In the order of their rows, so that a message's rows lie close together.
    const sorted = [...notices].sort((a, b) => (a.visitKey < b.visitKey ? -1 : 1))
    for (let at = 0; at < sorted.length; at += MESSAGE) {
      const chunk = sorted.slice(at, at + MESSAGE)
      await queues.confirmations.send({ schema: 1, tenantId, siteId, bay, notices: chunk })
      queued += chunk.length
    }
  }
  return queued
}
