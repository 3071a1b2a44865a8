import type { App } from '../app.ts'
import { removeRows } from '../store/remove-rows.ts'
import type { TableName } from '../store/rows.ts'
import type { Store } from '../store/store.ts'
import type { RowKeys, Table } from '../store/table.ts'
import { numbersLeft } from './numbers-left.ts'

/**
 * How the rows of one tenant are found in a table. A new table does not compile until it says so here.
 * `partition`: its partition is the tenant. `prefix`: it begins with the tenant. `column`: the tenant stands in a column.
 * `nobody`: its rows belong to no tenant and hold nothing of one. `receipt`: what proves the removal stays.
 */
const WHERE: Readonly<Record<TableName, 'partition' | 'prefix' | 'column' | 'nobody' | 'receipt'>> = {
  sites: 'partition',
  tenants: 'partition',
  history: 'partition',
  doctor: 'partition',
  setupchecks: 'partition',
  siteindex: 'column',
  users: 'partition',
  visits: 'prefix',
  visitindex: 'prefix',
  links: 'column',
  consumed: 'nobody',
  sweeps: 'prefix',
  optouts: 'partition',
  numberlog: 'prefix',
  // Numbers stay on the resource: the receipt names them (numbers-left.ts).
  senders: 'partition',
  orders: 'partition',
  reports: 'prefix',
  erasures: 'receipt',
  // Sealed names of notices that are gone with their visits; each ends by itself within days.
  emailids: 'nobody',
  pace: 'nobody',
}

export type RemovalReceipt = {
  readonly tenantId: string
  readonly at: string
  /** Rows that were erased, by table. */
  readonly rows: Readonly<Partial<Record<TableName, number>>>
  /** Phone numbers that stay with the Communication Services resource and go on costing, E.164. */
  readonly numbers: readonly string[]
}

/**
 * Erases everything that is kept of a tenant, and leaves a receipt with counts. What is configured goes first, so that
 * no sweep, tap or launch begins anew; a removal that broke off is finished by the next one. Messages that are still
 * queued are dropped when they are read, since their site is gone.
 */
export async function removeTenant(
  { store, now }: Pick<App, 'store' | 'now'>,
  tenantId: string,
): Promise<RemovalReceipt> {
  if (!/^[0-9a-f-]{36}$/i.test(tenantId)) throw new Error('a tenant id is a GUID')
  const at = now().toISOString()
  const rows: Partial<Record<TableName, number>> = {}
  const numbers = await numbersLeft(store, tenantId)
  const keep = () =>
    store.tables.erasures.put({
      partitionKey: tenantId,
      rowKey: `${at}:tenant`,
      schema: 1,
      kind: 'tenant',
      at,
      json: JSON.stringify(rows),
      ...(numbers.length === 0 ? {} : { numbers: numbers.join(' ') }),
    })
  // First of all, since nothing else will know them: a removal that breaks off after this has named them.
  if (numbers.length > 0) await keep()
  for (const name of Object.keys(WHERE) as TableName[]) {
    const removed = await removeFrom(store, name, tenantId)
    if (removed > 0) rows[name] = removed
  }
  await keep()
  return { tenantId, at, rows, numbers }
}

async function removeFrom({ tables }: Store, name: TableName, tenantId: string): Promise<number> {
  const table = tables[name] as unknown as Table<{ tenantId: string }>
  const rows = (found: AsyncIterable<RowKeys>) => removeRows(table, found)
  switch (WHERE[name]) {
    case 'partition':
      return rows(table.keys({ from: tenantId, to: `${tenantId}!` }))
    case 'prefix':
      // `}` follows `|`.
      return rows(table.keys({ from: `${tenantId}|`, to: `${tenantId}}` }))
    case 'column':
      return rows(table.keysWhere('tenantId', tenantId))
    default:
      return 0
  }
}
