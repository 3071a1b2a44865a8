import type { NoticeRow, Row } from '../store/rows.ts'
import type { RowAction, Stored, Table } from '../store/table.ts'
import type { Claimed } from './claim.ts'
import { BACK_OFF, type Outcome } from './outcome.ts'
import type { Later } from './put-back.ts'
import { readNotices } from './read-present.ts'

type Visits = Table<Row<'visits'>>

/** What one transaction holds: few enough that a crash leaves few in doubt. */
export const CHUNK = 25
/** After so many races this run leaves its notices to a later message. */
const TRIES = 4

/**
 * Claims notices of one bay by writing what they come to, in one entity-group transaction. Somebody else in
 * between fails the transaction as a whole: read again, leave out what is taken, and try once more.
 * @returns the rows as they are stored now, and what somebody else has: worth another look later, where it is not at its
 * end.
 */
export async function writeClaims<T extends Claimed>(
  table: Visits,
  outcomes: readonly T[],
): Promise<{ written: Map<T, Stored<NoticeRow>>; taken: Later[] }> {
  const written = new Map<T, Stored<NoticeRow>>()
  const taken: Later[] = []
  let open = [...outcomes]
  for (let tries = 0; open.length > 0; tries++) {
    if (tries === TRIES) {
      taken.push(...open.map(({ name }) => ({ name, seconds: BACK_OFF, because: 'claimed_by_another' })))
      break
    }
    const done = await table.transact(open.map(({ row }) => actionOf(row)))
    if (done.ok) {
      for (const [at, one] of open.entries())
        written.set(one, { ...one.row, etag: done.value[at]?.etag ?? '' })
      break
    }
    const rows = await readNotices(
      table,
      open.map(({ name }) => name),
    )
    const mine = open.filter((one) => {
      const there = rows.get(one.row.rowKey)
      // Written after all: the answer was lost, and the storage client asked a second time.
      if (there && isSame(there, one.row)) written.set(one, there)
      else if (there?.etag !== one.row.etag) taken.push(...laterOf(one, there))
      else return true
      return false
    })
    open = mine
  }
  return { written, taken }
}

function actionOf({ etag, ...row }: Claimed['row']): RowAction<Row<'visits'>> {
  return etag === undefined ? { kind: 'insert', row } : { kind: 'replace', row: { ...row, etag } }
}

function isSame(there: NoticeRow, { claimId, state, changedAt }: NoticeRow): boolean {
  return there.claimId === claimId && there.state === state && there.changedAt === changedAt
}

/** What another run holds may come to nothing; what is at its end needs nobody. */
function laterOf({ name }: Claimed, there: NoticeRow | undefined): Later[] {
  if (there && there.state !== 'claimed' && there.state !== 'sending') return []
  return [{ name, seconds: BACK_OFF, because: 'claimed_by_another' }]
}

/**
 * Writes what became of claims: all in one transaction, each over the version that this run wrote. Where one was changed
 * by somebody else (a receipt was faster), the rest is written one by one.
 */
export async function recordOutcomes(table: Visits, outcomes: readonly Outcome[]): Promise<void> {
  if ((await table.transact(outcomes.map(({ row }) => actionOf(row)))).ok) return
  for (const { row } of outcomes) if (row.etag !== undefined) await table.replace({ ...row, etag: row.etag })
}
