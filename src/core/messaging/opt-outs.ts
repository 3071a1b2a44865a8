import type { IdentityKeys } from '../keys/identity.ts'
import type { Store } from '../store/store.ts'

/** FCC, 47 CFR 64.1200(a)(10): these words, in any case, revoke consent; and how Spanish and French say STOP. */
const STOP_WORDS = new Set([
  'STOP',
  'QUIT',
  'END',
  'REVOKE',
  'OPT OUT',
  'OPTOUT',
  'CANCEL',
  'UNSUBSCRIBE',
  'STOPALL',
  'ALTO',
  'ARRET',
])
const START_WORDS = new Set(['START', 'UNSTOP'])

export type OptOutPorts = { readonly store: Pick<Store, 'tables'>; readonly identity: IdentityKeys }

/** The word that a message consists of, if it is one that gives or revokes consent. Pure. */
export function consentWord(message: string): string | undefined {
  const word = message
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .replace(/[\s.!¡,;:"'-]+/g, ' ')
    .trim()
    .toUpperCase()
  return STOP_WORDS.has(word) || START_WORDS.has(word) ? word : undefined
}

/** Whether a number, under its tenant's pseudonym, last said STOP. */
export async function isOptedOut(ports: OptOutPorts, tenantId: string, phone: string): Promise<boolean> {
  const row = await ports.store.tables.optouts.get(tenantId, ports.identity.phoneKey(tenantId, phone))
  return row !== undefined && !START_WORDS.has(row.word)
}

/**
 * Keeps the latest word of a number. Events arrive in any order: the word that was said last holds, and of two said in
 * the same instant STOP does.
 */
export async function recordWord(
  { store, identity }: OptOutPorts,
  tenantId: string,
  phone: string,
  word: string,
  saidAt: Date,
): Promise<void> {
  const keys = { partitionKey: tenantId, rowKey: identity.phoneKey(tenantId, phone) }
  const said = { ...keys, schema: 1 as const, at: saidAt.toISOString(), word }
  for (let tries = 0; tries < 5; tries++) {
    const known = await store.tables.optouts.get(keys.partitionKey, keys.rowKey)
    if (known && !isLater(said, known)) return
    const written = known
      ? await store.tables.optouts.replace({ ...said, etag: known.etag })
      : await store.tables.optouts.insert(said)
    if (written.ok) return
  }
  throw new Error('an opt-out row changed five times while it was being written')
}

function isLater(said: { at: string; word: string }, known: { at: string; word: string }): boolean {
  const difference = Date.parse(said.at) - Date.parse(known.at)
  return difference > 0 || (difference === 0 && STOP_WORDS.has(said.word) && START_WORDS.has(known.word))
}
