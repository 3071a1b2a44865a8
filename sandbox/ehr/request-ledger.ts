import type { LedgerEntry, Now } from '../contracts.ts'

/** Query parameters whose values are secrets or lead to one. */
const SECRET = new Set([
  'code',
  'state',
  'launch',
  'nonce',
  'code_challenge',
  'code_verifier',
  'access_token',
  'id_token_hint',
  '-pageContext',
])

/** A request's path and query for the ledger, with the values of secrets replaced by an ellipsis. */
export function ledgerPath(url: URL): string {
  const query = [...url.searchParams].map(([name, value]) => `${name}=${SECRET.has(name) ? '…' : value}`)
  return query.length > 0 ? `${url.pathname}?${query.join('&')}` : url.pathname
}

export type RequestLedger = {
  readonly entries: LedgerEntry[]
  write(entry: Omit<LedgerEntry, 'at'>): void
}

export function createRequestLedger(now: Now): RequestLedger {
  const entries: LedgerEntry[] = []
  return { entries, write: (entry) => void entries.push({ at: now().toISOString(), ...entry }) }
}
