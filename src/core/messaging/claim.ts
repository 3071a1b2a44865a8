import type { NoticeRow, Row } from '../store/rows.ts'
import type { RowAction, Stored, Table } from '../store/table.ts'
import { visitPartition } from '../visits/visit.ts'
import { type NoticeName, noticeRowKey } from './notice.ts'

export type ClaimRules = {
  /** How long a holder may take before it is taken for dead, in seconds. */
  readonly leaseSeconds: number
  /** How long the vendor surely remembers a repeatability id, in seconds; 0 = not at all. */
  readonly repeatabilitySeconds: number
}

export type Claimed = { readonly name: NoticeName; readonly row: Stored<NoticeRow> }

export type Claims = {
  readonly claimed: readonly Claimed[]
  /** Ended here: they may have been sent long ago, and nobody can know. */
  readonly unknown: readonly NoticeName[]
  /** Held by somebody who may still be at it; worth another look then. */
  readonly held: readonly { readonly name: NoticeName; readonly until: Date }[]
}

type Notices = Table<Row<'visits'>>
type Decision = { take: NoticeRow } | { settle: NoticeRow } | { held: Date } | 'done'

/** With less time than this before the vendor may forget a request, it is not made again. */
const LEAST_SECONDS = 10

/**
 * What to do about a notice of which this row is known. Pure.
 * A notice that nobody sent yet may be taken over when its lease ran out. One that may have been sent is tried again
 * only while the vendor surely remembers its id, and the lease ends with that; later nobody can know, and it becomes
 * `unknown`: never two texts.
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
  const left = Math.min(rules.leaseSeconds, rules.repeatabilitySeconds - age)
  if (left >= LEAST_SECONDS) return { take: { ...row, claimId, leaseUntil: inSeconds(left), changedAt } }
  return { settle: { ...row, state: 'unknown', reason: 'send_outcome_unknown', changedAt } }
}

/**
 * Claims what can be claimed of one site-day's notices in one entity-group transaction. Somebody else in between
 * fails the whole transaction: read again, leave out what is taken, and try once more.
 * @param claimId names this very run, so that its later writes are told from those of a successor.
 */
export async function claimNotices(
  table: Notices,
  names: readonly NoticeName[],
  claimId: string,
  rules: ClaimRules,
  now: Date,
): Promise<Claims> {
  const [first] = names
  if (!first) return { claimed: [], unknown: [], held: [] }
  const partition = visitPartition(first.tenantId, first.siteId, first.day)
  // Fresh notices are the rule: the first try inserts without reading.
  let known = new Map<string, Stored<NoticeRow>>()
  for (let tries = 0; tries < 4; tries++) {
    const actions: RowAction<Row<'visits'>>[] = []
    const [taken, unknown]: [NoticeName[], NoticeName[]] = [[], []]
    const held: { name: NoticeName; until: Date }[] = []
    for (const name of names) {
      const keys = { partitionKey: partition, rowKey: noticeRowKey(name) }
      const row = known.get(keys.rowKey)
      const decision = decideClaim(row, claimId, rules, now)
      if (decision === 'done') continue
      if ('held' in decision) held.push({ name, until: decision.held })
      else {
        const next = 'take' in decision ? decision.take : decision.settle
        ;('take' in decision ? taken : unknown).push(name)
        actions.push(
          row
            ? { kind: 'replace', row: { ...next, ...keys, etag: row.etag } }
            : { kind: 'insert', row: { ...next, ...keys } },
        )
      }
    }
    if (actions.length === 0) return { claimed: [], unknown, held }
    if ((await table.transact(actions)).ok) {
      const rows = await readNotices(table, partition, taken)
      const claimed = taken.flatMap((name) => {
        const row = rows.get(noticeRowKey(name))
        return row?.claimId === claimId ? [{ name, row }] : []
      })
      return { claimed, unknown, held }
    }
    known = await readNotices(table, partition, names)
  }
  throw new Error('notices of one site and day were claimed by others four times in a row')
}

/** The notice rows of these names, by row key: one range query. */
export async function readNotices(
  table: Notices,
  partition: string,
  names: readonly NoticeName[],
): Promise<Map<string, Stored<NoticeRow>>> {
  const wanted = names.map(noticeRowKey).sort()
  const [first, last] = [wanted[0], wanted.at(-1)]
  const found = new Map<string, Stored<NoticeRow>>()
  if (first === undefined || last === undefined) return found
  for await (const row of table.list(partition, { from: first, to: `${last}\u0001` }))
    if (row.type === 'notice' && wanted.includes(row.rowKey)) found.set(row.rowKey, row)
  return found
}
