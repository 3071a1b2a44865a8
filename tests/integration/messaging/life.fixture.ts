import type { Store } from '../../../src/core/store/store.ts'
import type { Stored, Table } from '../../../src/core/store/table.ts'

export class Dead extends Error {}

/**
 * The life of one process, counted in what it does to the world. It dies at a chosen deed: before the deed is done, or
 * after it was done and before anybody heard. Nothing that it does afterwards has any effect.
 */
export type Life = {
  do<T>(deed: () => Promise<T>): Promise<T>
  readonly deeds: number
  readonly dead: boolean
}

export function life(dieAt = Number.POSITIVE_INFINITY, when: 'before' | 'after' = 'before'): Life {
  let deeds = 0
  let dead = false
  return {
    get deeds() {
      return deeds
    },
    get dead() {
      return dead
    },
    async do(deed) {
      if (dead) throw new Dead()
      const last = deeds++ === dieAt
      if (last && when === 'before') {
        dead = true
        throw new Dead()
      }
      const done = await deed()
      if (last) dead = true
      if (dead) throw new Dead()
      return done
    },
  }
}

/** The same tables, used by a process that may die at any operation. */
export function mortalTables(tables: Store['tables'], of: Life): Store['tables'] {
  return Object.fromEntries(
    Object.entries(tables).map(([name, table]) => [name, mortalTable(table as Table<object>, of)]),
  ) as unknown as Store['tables']
}

function mortalTable<Row>(table: Table<Row>, of: Life): Table<Row> {
  async function* listed(rows: AsyncIterable<Stored<Row>>) {
    const all = await of.do(async () => {
      const found: Stored<Row>[] = []
      for await (const row of rows) found.push(row)
      return found
    })
    yield* all
  }
  return {
    ...table,
    get: (...keys) => of.do(() => table.get(...keys)),
    list: (...range) => listed(table.list(...range)),
    across: (...range) => listed(table.across(...range)),
    all: () => listed(table.all()),
    insert: (row) => of.do(() => table.insert(row)),
    replace: (row) => of.do(() => table.replace(row)),
    put: (row) => of.do(() => table.put(row)),
    remove: (keys) => of.do(() => table.remove(keys)),
    transact: (actions) => of.do(() => table.transact(actions)),
  }
}
