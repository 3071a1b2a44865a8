import type { KeyRing } from '../../keys/key-ring.ts'
import type { Store } from '../../store/store.ts'
import { utcDay } from '../../visits/bay.ts'
import { type NoticeName, noticeId, openNoticeId } from '../notice.ts'

const DAY = 86_400_000
/** The vendor reports within a day or two; then the id is forgotten. */
const KEPT_DAYS = 3
/** So many days back are looked at again, for a timer that did not run. */
const CATCH_UP_DAYS = 14

export type EmailIdPorts = { readonly store: Pick<Store, 'tables'>; readonly noticeKeys: KeyRing }

const daysBack = (now: Date, from: number, count: number) =>
  Array.from({ length: count }, (_, back) => utcDay(new Date(now.getTime() - (from + back) * DAY)))

/**
 * Keeps what an operation id stands for: unlike a text, an e-mail carries nothing of ours that its delivery report
 * would bring back. Written before the request, so that no report finds nothing.
 */
export async function keepEmailId(
  { store, noticeKeys }: EmailIdPorts,
  operationId: string,
  name: NoticeName,
  firstSentAt: Date,
): Promise<void> {
  const keys = { partitionKey: utcDay(firstSentAt), rowKey: operationId }
  await store.tables.emailids.put({ ...keys, schema: 1, notice: noticeId(noticeKeys, name) })
}

/** The notice that a delivery report is about, where it is one of ours. */
export async function noticeOfEmail(
  { store, noticeKeys }: EmailIdPorts,
  messageId: string,
  now: Date,
): Promise<NoticeName | undefined> {
  for (const day of daysBack(now, 0, KEPT_DAYS + 1)) {
    const row = await store.tables.emailids.get(day, messageId)
    if (row) return openNoticeId(noticeKeys, row.notice)
  }
  return undefined
}

/** Forgets the ids of e-mails that no report is expected of any more. Doing it twice does nothing. */
export async function forgetEmailIds({ tables }: Pick<Store, 'tables'>, now: Date): Promise<number> {
  let forgotten = 0
  for (const day of daysBack(now, KEPT_DAYS + 1, CATCH_UP_DAYS))
    for await (const row of tables.emailids.list(day)) {
      await tables.emailids.remove(row)
      forgotten++
    }
  return forgotten
}
