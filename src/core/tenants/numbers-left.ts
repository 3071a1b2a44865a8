import type { Store } from '../store/store.ts'

/** Up to this state of an order the vendor has sold nothing; at `failed` and `cancelled` it has sold nothing either. */
const SOLD: ReadonlySet<string> = new Set(['purchasing', 'bought'])

/**
 * The phone numbers that a tenant leaves on the Communication Services resource when it goes, in their order: bought
 * or attached, and what is being bought at this moment. They are not given back with the tenant: a number that went back
 * is gone for good, with its verification, and another tenant of the resource may want to attach it. Names are no numbers.
 */
export async function numbersLeft(
  { tables }: Pick<Store, 'tables'>,
  tenantId: string,
): Promise<readonly string[]> {
  const numbers = new Set<string>()
  for await (const { kind, sender } of tables.senders.list(tenantId))
    if (kind !== 'alphanumeric') numbers.add(sender)
  for await (const { state, number } of tables.orders.list(tenantId))
    if (number !== undefined && SOLD.has(state)) numbers.add(number)
  return [...numbers].sort()
}
