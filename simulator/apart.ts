import { type Store, tableNames } from '../src/core/store/store.ts'
import type { RowAction, RowKeys, Stored, Table } from '../src/core/store/table.ts'

/** The same tables for one run alone: its partitions lie beside those of other runs, and it sees no others. */
export function apart(tables: Store['tables'], run: string): Store['tables'] {
  return Object.fromEntries(
    tableNames.map((name) => [name, tableApart(tables[name] as Table<object>, `${run}~`)]),
  ) as unknown as Store['tables']
}

function tableApart<Row extends object>(table: Table<Row>, mark: string): Table<Row> {
  const inside = <R extends RowKeys>(row: R): R => ({ ...row, partitionKey: `${mark}${row.partitionKey}` })
  const outside = <R extends RowKeys>(row: R): R => ({
    ...row,
    partitionKey: row.partitionKey.slice(mark.length),
  })
  const action = (one: RowAction<Row>) => ({ ...one, row: inside(one.row) }) as RowAction<Row>
  async function* seen(rows: AsyncIterable<Stored<Row>>) {
    for await (const row of rows) yield outside(row)
  }
  return {
    ...table,
    async get(partitionKey, rowKey) {
      const found = await table.get(`${mark}${partitionKey}`, rowKey)
      return found && outside(found)
    },
    list: (partitionKey, range) => seen(table.list(`${mark}${partitionKey}`, range)),
    across: ({ from, to }, choice) =>
      seen(table.across({ from: `${mark}${from}`, to: `${mark}${to}` }, choice)),
    all: () => seen(table.across({ from: mark, to: `${mark}~` })),
    insert: (row) => table.insert(inside(row)),
    replace: (row) => table.replace(inside(row)),
    put: (row) => table.put(inside(row)),
    remove: (keys) => table.remove(inside(keys)),
    transact: (actions) => table.transact(actions.map(action)),
  }
}
