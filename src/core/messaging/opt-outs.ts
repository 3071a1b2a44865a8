import type { IdentityKeys } from '../keys/identity.ts'
import type { Store } from '../store/store.ts'
import { logKeys } from './numbers.ts'
import { isLaterWord, isStop } from './words-said.ts'

export type OptOutPorts = {
  readonly store: Pick<Store, 'tables'>
  readonly identity: IdentityKeys
  readonly now: () => Date
}

/** Whether a number, under its tenant's pseudonym, last said STOP. */
export async function isOptedOut(
  ports: Pick<OptOutPorts, 'store' | 'identity'>,
  tenantId: string,
  phone: string,
): Promise<boolean> {
  const row = await ports.store.tables.optouts.get(tenantId, ports.identity.phoneKey(tenantId, phone))
  return row !== undefined && isStop(row.word)
}

/**
 * Keeps the latest word of a number, whatever the order in which the events arrive. It is told to all who send by the
 * tenant's log (numbers.ts) first: a crash in between leaves the event to be worked on again.
 */
export async function recordWord(
  { store, identity, now }: OptOutPorts,
  tenantId: string,
  phone: string,
  word: string,
  saidAt: Date,
): Promise<void> {
  const phoneKey = identity.phoneKey(tenantId, phone)
  const at = saidAt.toISOString()
  await store.tables.numberlog.put({
    ...logKeys(tenantId, now()),
    schema: 1,
    type: 'word',
    phoneKey,
    word,
    saidAt: at,
  })
  const said = { partitionKey: tenantId, rowKey: phoneKey, schema: 1 as const, at, word }
  for (let tries = 0; tries < 5; tries++) {
    const known = await store.tables.optouts.get(tenantId, phoneKey)
    if (known && !isLaterWord(said, known)) return
    const written = known
      ? await store.tables.optouts.replace({ ...said, etag: known.etag })
      : await store.tables.optouts.insert(said)
    if (written.ok) return
  }
  throw new Error('an opt-out row changed five times while it was being written')
}
