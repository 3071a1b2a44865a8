import type { NoticeRow } from '../store/rows.ts'
import type { RowKeys, Stored } from '../store/table.ts'
import { visitPartition } from '../visits/bay.ts'
import { PATIENCE_MS } from './give-up.ts'
import { type NoticeName, noticeRowKey } from './notice.ts'

export type ClaimRules = {
  /** How long a holder may take before it is taken for dead, in seconds. */
  readonly leaseSeconds: number
  /** How long the vendor surely remembers a repeatability id, in seconds; 0 = not at all. */
  readonly repeatabilitySeconds: number
}

/** A notice's row as it is to be written: over the version with this etag, or, without one, where none is yet. */
export type Claimed = {
  readonly name: NoticeName
  readonly row: NoticeRow & RowKeys & { readonly etag?: string }
}

export type Claims = {
  /** What this run may work on. Nothing is written yet: a claim is written with what it comes to. */
  readonly claimed: readonly Claimed[]
  /** They may have been sent long ago, and nobody can know: to be written as that. */
  readonly unknown: readonly Claimed[]
  /** Held by somebody who may still be at it; worth another look then. */
  readonly held: readonly { readonly name: NoticeName; readonly until: Date }[]
}

type Decision = { take: NoticeRow } | { settle: NoticeRow } | { held: Date } | 'done'

/** A request made at the last moment of its lease is under way for so long at most, and a moment on the network. */
const UNDER_WAY_SECONDS = PATIENCE_MS / 1000 + 1
/** With less time than this to make it in, a request is not made again. */
const LEAST_SECONDS = 10

/**
 * What to do about a notice of which this row is known. Pure.
 * A notice that nobody sent yet may be taken over when its lease ran out. One that may have been sent is tried again
 * only while the vendor surely remembers its id; the lease ends so early that a request made in it arrives by then. Later
 * nobody can know, and it becomes `unknown`: never two texts.
 */
export function decideClaim(
  row: NoticeRow | undefined,
  claimId: string,
  rules: ClaimRules,
  now: Date,
): Decision {
  const inSeconds = (seconds: number) => new Date(now.getTime() + seconds * 1000).toISOString()
  const changedAt = now.toISOString()
  const leaseUntil = inSeconds(rules.leaseSeconds)
  if (!row) return { take: { schema: 1, type: 'notice', state: 'claimed', claimId, leaseUntil, changedAt } }
  if (row.state !== 'claimed' && row.state !== 'sending') return 'done'
  if (Date.parse(row.leaseUntil) > now.getTime()) return { held: new Date(row.leaseUntil) }
  if (row.state === 'claimed') return { take: { ...row, claimId, leaseUntil, changedAt } }
  const age = (now.getTime() - Date.parse(row.firstSentAt ?? row.changedAt)) / 1000
  const left = Math.min(rules.leaseSeconds, rules.repeatabilitySeconds - UNDER_WAY_SECONDS - age)
  if (left >= LEAST_SECONDS) return { take: { ...row, claimId, leaseUntil: inSeconds(left), changedAt } }
  return { settle: { ...row, claimId, state: 'unknown', reason: 'send_outcome_unknown', changedAt } }
}

/**
 * What this run may do about each of some notices of one bay. Pure: whoever writes first has it.
 * @param rows those that lie there, by row key.
 * @param claimId names this very run, so that its writes are told from those of another.
 */
export function planClaims(
  names: readonly NoticeName[],
  rows: ReadonlyMap<string, Stored<NoticeRow>>,
  claimId: string,
  rules: ClaimRules,
  now: Date,
): Claims {
  const claimed: Claimed[] = []
  const unknown: Claimed[] = []
  const held: { name: NoticeName; until: Date }[] = []
  for (const name of names) {
    const rowKey = noticeRowKey(name)
    const known = rows.get(rowKey)
    const decision = decideClaim(known, claimId, rules, now)
    if (decision === 'done') continue
    const keys = {
      partitionKey: visitPartition(name.tenantId, name.siteId, name.bay),
      rowKey,
      ...(known ? { etag: known.etag } : {}),
    }
    if ('held' in decision) held.push({ name, until: decision.held })
    else if ('take' in decision) claimed.push({ name, row: { ...decision.take, ...keys } })
    else unknown.push({ name, row: { ...decision.settle, ...keys } })
  }
  return { claimed, unknown, held }
}
