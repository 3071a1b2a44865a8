import { fail, ok } from '../src/core/result.ts'
import { type Store, tableNames } from '../src/core/store/store.ts'
import type { Condition, RowAction, RowKeys, Stored, Table } from '../src/core/store/table.ts'

type Partition = Map<string, Stored<object>>

function fits<Row extends object>(row: Row, all: readonly Condition<Row>[]): boolean {
  return all.every(({ column, is, value }) => {
    const there: unknown = row[column as keyof Row]
    if (typeof there !== 'string') return false
    return { eq: there === value, ne: there !== value, gt: there > value, lt: there < value }[is]
  })
}

/** The tables of Azure Storage, as far as the product uses them: ETags, and transactions that hold as a whole or not. */
export function memoryTables(): Store['tables'] {
  return Object.fromEntries(tableNames.map((name) => [name, memoryTable(name)])) as unknown as Store['tables']
}

export function memoryTable<Row extends object>(name: string): Table<Row> {
  const partitions = new Map<string, Partition>()
  let written = 0
  const of = (partitionKey: string): Partition => {
    const known = partitions.get(partitionKey) ?? new Map()
    partitions.set(partitionKey, known)
    return known
  }
  const find = ({ partitionKey, rowKey }: RowKeys) => of(partitionKey).get(rowKey) as Stored<Row> | undefined
  const write = (row: Row & RowKeys) => {
    const stored = { ...row, etag: `"${++written}"` }
    of(row.partitionKey).set(row.rowKey, stored)
    return stored
  }
  const sorted = (partitionKey: string) =>
    ([...of(partitionKey).values()] as Stored<Row>[]).sort((a, b) => (a.rowKey < b.rowKey ? -1 : 1))
  async function* listed(rows: () => Stored<Row>[]) {
    yield* rows()
  }
  const check: Record<
    string,
    (row: Row & RowKeys & { etag?: string }) => 'row_conflict' | 'row_changed' | 'row_missing' | undefined
  > = {
    insert: (row) => (find(row) ? 'row_conflict' : undefined),
    replace: (row) => {
      const there = find(row)
      return there ? (there.etag === row.etag ? undefined : 'row_changed') : 'row_missing'
    },
    put: () => undefined,
    remove: (row) => (find(row) ? undefined : 'row_missing'),
  }
  async function one(action: RowAction<Row>) {
    const done = await table.transact([action])
    return done.ok ? ok({ etag: done.value[0]?.etag ?? '' }) : done
  }
  const table: Table<Row> = {
    name,
    async get(partitionKey, rowKey) {
      const found = find({ partitionKey, rowKey })
      return found && { ...found }
    },
    list: (partitionKey, { from = '', to = '\uffff' } = {}) =>
      listed(() =>
        sorted(partitionKey)
          .filter(({ rowKey }) => rowKey >= from && rowKey < to)
          .map((row) => ({ ...row })),
      ),
    // Whole tables are gone through by what the simulator does not play: reports, and the removal of a tenant.
    keys: () => listed(() => []),
    keysWhere: () => listed(() => []),
    firstPartition: async () => undefined,
    across: ({ from, to }, { from: first = '', where } = {}) =>
      listed(() =>
        [...partitions.keys()]
          .filter((key) => key >= from && key < to)
          .sort()
          .flatMap((key) => sorted(key))
          .filter(
            (row) => row.rowKey >= first && (where === undefined || where.some((all) => fits(row, all))),
          )
          .map((row) => ({ ...row })),
      ),
    all: () => listed(() => [...partitions.values()].flatMap((rows) => [...rows.values()] as Stored<Row>[])),
    insert: (row) => one({ kind: 'insert', row }),
    replace: (row) => one({ kind: 'replace', row }),
    async put(row) {
      write(row)
    },
    async remove({ partitionKey, rowKey }, etag) {
      if (etag !== undefined && find({ partitionKey, rowKey })?.etag !== etag) return false
      return of(partitionKey).delete(rowKey)
    },
    async transact(actions) {
      for (const { kind, row } of actions) {
        const wrong = check[kind]?.(row as Row & RowKeys)
        if (wrong) return fail(wrong)
      }
      return ok(
        actions.map(({ kind, row }) => {
          if (kind !== 'remove') return { etag: write(row as Row & RowKeys).etag }
          of(row.partitionKey).delete(row.rowKey)
          return { etag: '' }
        }),
      )
    },
  }
  return table
}
