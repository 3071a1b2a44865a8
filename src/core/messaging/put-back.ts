import type { Message, NoticeRef } from '../store/messages.ts'
import { type NoticeName, noticeRowKey } from './notice.ts'

/** Notices to look at again, and in how many seconds: put back on the queue by the caller. */
export type Again = {
  readonly message: Message<'confirmations'>
  readonly delaySeconds: number
  /** Stable code, for the log. */
  readonly because: string
}

export type Later = {
  readonly name: NoticeName
  readonly seconds: number
  readonly because: string
  /** The place in the sender's pace that it holds. */
  readonly place?: Date
}

/**
 * One message for each reason and place, so that a message becomes few. Each notice is in one of them: the copies of a
 * notice on the queue do not grow however long a sender is down.
 */
export function putBack(message: Message<'confirmations'>, later: readonly Later[]): Again[] {
  const { place: _past, ...rest } = message
  const groups = Map.groupBy(later, ({ because, place }) => `${because}|${place?.toISOString() ?? ''}`)
  return [...groups.values()].flatMap((these) => {
    const [first] = these
    if (!first) return []
    const keys = new Set(these.map(({ name }) => noticeRowKey(name)))
    const notices = message.notices.filter((ref) => keys.has(refKey(ref)))
    return {
      message: { ...rest, notices, ...(first.place ? { place: first.place.toISOString() } : {}) },
      // A second more than the lease that was left behind: who comes too early would only be put back once more.
      delaySeconds: 1 + Math.max(...these.map(({ seconds }) => seconds)),
      because: first.because,
    }
  })
}

/** The notices of a message by their row keys; one that is named twice is one. */
export function namesIn(
  message: Message<'confirmations'>,
): Map<string, { name: NoticeName; deadline: Date; skip: NoticeRef['skip'] }> {
  const { tenantId, siteId, bay } = message
  return new Map(
    message.notices.map(({ deadline, kind, visitKey, version, skip }) => [
      refKey({ visitKey, version, kind }),
      {
        name: { tenantId, siteId, bay, visitKey, version, kind: kind as NoticeName['kind'] },
        deadline: new Date(deadline),
        skip,
      },
    ]),
  )
}

function refKey({ visitKey, version, kind }: Pick<NoticeRef, 'visitKey' | 'version' | 'kind'>): string {
  return noticeRowKey({ visitKey, version, kind: kind as NoticeName['kind'] })
}

/** Whole seconds until an instant, at least one. */
export function secondsUntil(until: Date, now: Date): number {
  return Math.max(1, Math.ceil((until.getTime() - now.getTime()) / 1000))
}
