import type { KeyRing } from '../keys/key-ring.ts'
import { sealSame, unseal } from '../keys/seal.ts'
import { type Bay, bayOn } from '../visits/bay.ts'

/**
 * What a notice is about. A reminder is named by its place in the site's list, so that its lead time may change; a delay
 * by its minutes. A link that somebody sent by hand is named by its serial: it is sent within the request, never queued.
 */
export type Subject =
  | 'booked'
  | 'moved'
  | 'cancelled'
  | 'not_video'
  | `reminder.${number}`
  | `late.${number}`
  | `link.${number}`

/** A subject goes out as a text and, where the site wants it, as an e-mail too: two notices, each at most once. */
export type NoticeKind = Subject | `${Subject}@email`

/** One notice of one version of one visit: the thing that is told at most once. */
export type NoticeName = {
  readonly tenantId: string
  readonly siteId: string
  readonly bay: Bay
  readonly visitKey: string
  readonly version: number
  readonly kind: NoticeKind
}

export function noticeRowKey(name: Pick<NoticeName, 'visitKey' | 'version' | 'kind'>): string {
  return `n:${name.visitKey}:${name.version}:${name.kind}`
}

/** What a row key of noticeRowKey names, or undefined where it is no notice's. */
export function openNoticeRowKey(
  rowKey: string,
): Pick<NoticeName, 'visitKey' | 'version' | 'kind'> | undefined {
  const [type, visitKey = '', version = '', kind = '', ...more] = rowKey.split(':')
  if (type !== 'n' || kind === '' || more.length > 0) return undefined
  return { visitKey, version: Number(version), kind: kind as NoticeKind }
}

/** The name on one line, for keys and MACs: seven parts, since a bay is two. */
export function noticeText(name: NoticeName): string {
  return [name.tenantId, name.siteId, name.bay, name.visitKey, name.version, name.kind].join('|')
}

/**
 * What the vendor gets as `tag` and gives back in its delivery report: it leads back to the row, is opaque to the
 * vendor, cannot be made by anybody else, and is the same at every try.
 */
export function noticeId(ring: KeyRing, name: NoticeName): string {
  return sealSame(ring, 'notice-id', noticeText(name))
}

export function openNoticeId(ring: KeyRing, id: string): NoticeName | undefined {
  const opened = unseal(ring, 'notice-id', id)
  if (!opened.ok) return undefined
  const [tenantId = '', siteId = '', day = '', departmentId = '', visitKey = '', version = '', kind = ''] =
    opened.value.split('|')
  return {
    tenantId,
    siteId,
    bay: bayOn(day, departmentId),
    visitKey,
    version: Number(version),
    kind: kind as NoticeKind,
  }
}

const EMAIL = '@email'

export function emailKind(subject: NoticeKind): NoticeKind {
  return `${subjectOf(subject)}${EMAIL}`
}

export function isEmail(kind: string): boolean {
  return kind.endsWith(EMAIL)
}

/** What a notice is about, by whichever way it goes out. */
export function subjectOf(kind: NoticeKind): Subject {
  return (isEmail(kind) ? kind.slice(0, -EMAIL.length) : kind) as Subject
}
