import type { Store } from '../../../src/core/store/store.ts'

/** Storage of a process that dies: every write from the `nth` on comes to nothing. */
export function dying({ tables }: Pick<Store, 'tables'>, nth: number): Pick<Store, 'tables'> {
  let writes = 0
  const mortal = <T extends object>(table: T): T =>
    new Proxy(table, {
      get(target, name, receiver) {
        const member = Reflect.get(target, name, receiver)
        if (!['insert', 'replace', 'put', 'remove', 'transact'].includes(String(name))) return member
        return (...args: unknown[]) => {
          if (++writes >= nth) throw new Error('the process died here')
          return (member as (...given: unknown[]) => unknown)(...args)
        }
      },
    })
  return {
    tables: {
      ...tables,
      visits: mortal(tables.visits),
      visitindex: mortal(tables.visitindex),
      links: mortal(tables.links),
    },
  }
}
