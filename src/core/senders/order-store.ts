import { fail, ok, type Result } from '../result.ts'
import type { Store } from '../store/store.ts'
import type { Stored } from '../store/table.ts'
import { isOpen, type Order } from './order.ts'

/** A tenant has one order at a time: its row key is always the same. */
const ROW = 'order'

export type StoredOrder = Stored<Order>

export type OrderStore = {
  /** The tenant's order: the open one, or how the last one ended. */
  read(tenantId: string): Promise<StoredOrder | undefined>
  /** @returns `order_open` where another one is still on its way: whoever clicked twice asked once. */
  open(tenantId: string, order: Order): Promise<Result<void, 'order_open'>>
  /** Writes over the version that was read and no other; false where somebody was faster. */
  save(before: StoredOrder, order: Order): Promise<StoredOrder | undefined>
  /** Every open order that nothing was written to since. */
  idle(since: Date): Promise<{ tenantId: string; orderId: string }[]>
}

export function orderStore({ tables }: Pick<Store, 'tables'>): OrderStore {
  const table = tables.orders
  const read = (tenantId: string) => table.get(tenantId, ROW)
  return {
    read,
    async open(tenantId, order) {
      const before = await read(tenantId)
      if (before && isOpen(before)) return fail('order_open')
      const row = { ...order, partitionKey: tenantId, rowKey: ROW }
      const written = before ? await table.replace({ ...row, etag: before.etag }) : await table.insert(row)
      return written.ok ? ok(undefined) : fail('order_open')
    },
    async save(before, order) {
      const { partitionKey, rowKey, etag } = before
      const written = await table.replace({ ...order, partitionKey, rowKey, etag })
      return written.ok ? read(partitionKey) : undefined
    },
    async idle(since) {
      const found: { tenantId: string; orderId: string }[] = []
      for await (const row of table.all())
        if (isOpen(row) && row.state !== 'price_changed' && Date.parse(row.changedAt) < since.getTime())
          found.push({ tenantId: row.partitionKey, orderId: row.orderId })
      return found
    },
  }
}
