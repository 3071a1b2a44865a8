import { createHash } from 'node:crypto'
import type { VisitNotice } from '../messaging/read-notices.ts'
import type { Visit } from '../visits/visit.ts'

/** Seconds between two looks at the other visits that are late: thirty of them cost some ninety reads. */
const OTHERS_EVERY = 10

/**
 * Says in one word whether anything that a page shows of these visits changed: over the rows' own ETags, which change with
 * every write.
 * @param told what the page says that changes with the time alone, one word a visit.
 */
export function lookSign(
  visits: readonly (Visit | undefined)[],
  notices: readonly VisitNotice[],
  release: string,
  told: readonly string[] = [],
): string {
  const parts = [
    release,
    ...visits.map((visit) => visit?.row.etag ?? ''),
    ...notices.map(({ kind, version, row }) => `${kind}:${version}:${row.state}:${row.changedAt}`),
    ...told,
  ]
  return createHash('sha256').update(parts.join('\n')).digest('base64url').slice(0, 22)
}

/** What a page knows: of the visit or visits that it is about, and of others, which are looked at less often. */
export type KnownSigns = {
  readonly own: string
  /** `slot`: in which ten seconds the others were looked at last. */
  readonly others?: { readonly sign: string; readonly slot: number } | undefined
}

/** The ten seconds in which the others are looked at once. */
export function slotOf(now: Date): number {
  return Math.floor(now.getTime() / (OTHERS_EVERY * 1000))
}

/** A weak validator (RFC 9110, section 8.8.3). */
export function etagOf({ own, others }: KnownSigns): string {
  return others ? `W/"${own}.${others.sign}.${others.slot}"` : `W/"${own}"`
}

/** @returns undefined for anything that is no validator of ours. */
export function signsIn(etag: string | null): KnownSigns | undefined {
  const found = /^W\/"([\w-]{22})(?:\.([\w-]{22})\.(\d{1,12}))?"$/.exec(etag ?? '')
  const [, own, sign, slot] = found ?? []
  if (own === undefined) return undefined
  return sign === undefined ? { own } : { own, others: { sign, slot: Number(slot) } }
}
