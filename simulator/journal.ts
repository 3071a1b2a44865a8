import type { NoticeRow, NoticeState, Row } from '../src/core/store/rows.ts'
import type { Store } from '../src/core/store/store.ts'
import type { RowAction, RowKeys, Table } from '../src/core/store/table.ts'

/** What was written about notices and opt-outs, as it came to lie in storage. */
export type Journal = {
  readonly steps: {
    readonly rowKey: string
    readonly from: NoticeState | undefined
    readonly to: NoticeRow
  }[]
  /** When each window was looked at for the first time, to the end. */
  readonly firstLooks: Map<string, number>
  /** When the word of a number came to be stored, under its pseudonym. */
  readonly words: { readonly at: number; readonly phoneKey: string; readonly word: string }[]
}

/** The same tables; what is written to two of them is noted. */
export function journaled(
  tables: Store['tables'],
  now: () => Date,
): { tables: Store['tables']; journal: Journal } {
  const journal: Journal = { steps: [], firstLooks: new Map(), words: [] }
  const visits = watched(tables.visits, (before, after) => {
    if (after.type === 'notice')
      journal.steps.push({
        rowKey: after.rowKey,
        from: before?.type === 'notice' ? before.state : undefined,
        to: after,
      })
  })
  const optouts = watched(tables.optouts, (_before, { rowKey, word }) =>
    journal.words.push({ at: now().getTime(), phoneKey: rowKey, word }),
  )
  const sweeps = watched(tables.sweeps, (_before, { rowKey }) => {
    if (!journal.firstLooks.has(rowKey)) journal.firstLooks.set(rowKey, now().getTime())
  })
  return { tables: { ...tables, visits, optouts, sweeps }, journal }
}

function watched<R extends Row<'visits'> | Row<'optouts'> | Row<'sweeps'>>(
  table: Table<R>,
  note: (before: (R & RowKeys) | undefined, after: R & RowKeys) => void,
): Table<R> {
  const befores = (actions: readonly RowAction<R>[]) =>
    Promise.all(actions.map(({ row }) => table.get(row.partitionKey, row.rowKey)))
  const noted = async <T extends { readonly ok: boolean }>(
    actions: readonly RowAction<R>[],
    write: () => Promise<T>,
  ): Promise<T> => {
    const before = await befores(actions)
    const done = await write()
    if (done.ok)
      actions.forEach((action, at) => {
        if (action.kind !== 'remove') note(before[at], action.row)
      })
    return done
  }
  return {
    ...table,
    insert: (row) => noted([{ kind: 'insert', row }], () => table.insert(row)),
    replace: (row) => noted([{ kind: 'replace', row }], () => table.replace(row)),
    put: async (row) => {
      await noted([{ kind: 'put', row }], async () => {
        await table.put(row)
        return { ok: true }
      })
    },
    transact: (actions) => noted(actions, () => table.transact(actions)),
  }
}
