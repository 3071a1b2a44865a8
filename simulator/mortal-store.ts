import { type Store, tableNames } from '../src/core/store/store.ts'
import type { Stored, Table } from '../src/core/store/table.ts'
import type { Process } from './process.ts'

/** The store as one process sees it: every call is an await that may go wrong. */
export function mortalTables(tables: Store['tables'], of: Process): Store['tables'] {
  const seen = {}
  // Made when they are asked for: a process uses few of them.
  for (const name of tableNames)
    Object.defineProperty(seen, name, {
      enumerable: true,
      get: () => mortalTable(tables[name] as Table<object>, of),
    })
  return seen as Store['tables']
}

function mortalTable<Row>(table: Table<Row>, of: Process): Table<Row> {
  const point = (call: string) => `${table.name}.${call}`
  async function* listed(call: string, rows: () => AsyncIterable<Stored<Row>>) {
    yield* await of.do(point(call), async () => {
      const found: Stored<Row>[] = []
      for await (const row of rows()) found.push(row)
      return found
    })
  }
  return {
    ...table,
    get: (...keys) => of.do(point('get'), () => table.get(...keys)),
    list: (...range) => listed('list', () => table.list(...range)),
    across: (...range) => listed('across', () => table.across(...range)),
    all: () => listed('all', () => table.all()),
    insert: (row) => of.do(point('insert'), () => table.insert(row)),
    replace: (row) => of.do(point('replace'), () => table.replace(row)),
    put: (row) => of.do(point('put'), () => table.put(row)),
    remove: (...row) => of.do(point('remove'), () => table.remove(...row)),
    transact: (actions) => of.do(point('transact'), () => table.transact(actions)),
  }
}
