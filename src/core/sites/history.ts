import { createHash, randomBytes } from 'node:crypto'
import { z } from 'zod'
import type { Store } from '../store/store.ts'
import type { Change } from './differences.ts'
import { parsed } from './site-row.ts'

/** One change of the configuration: who, when, what. */
export type HistoryEntry = {
  readonly id: string
  readonly at: string
  /** Entra user id of who changed it; read live from Graph where it is shown. */
  readonly by: string
  /** A stable code of the kind of change, such as `site_saved`. */
  readonly what: string
  readonly siteId?: string | undefined
  readonly changes: readonly Change[]
}

const changes = z.array(
  z.object({ field: z.string(), from: z.string().optional(), to: z.string().optional() }),
)

/** Characters; a table's column holds 32,768. */
const MOST = 30_000

/** When something happened, and its name; written again it is the same row. */
export type Once = { readonly at: Date; readonly name: string }

export type History = {
  /** @param once for what may be done again after a crash: by the same instant and name it is one entry. */
  add(tenantId: string, entry: Omit<HistoryEntry, 'id' | 'at'>, once?: Once): Promise<void>
  /** The newest first. @param before the id of the last one seen, for the next page. */
  read(tenantId: string, most: number, before?: string): Promise<HistoryEntry[]>
}

/** Newest first by name: what is to come is subtracted from the largest instant that a date can be. */
const LATEST = 8.64e15

export function history({ tables }: Pick<Store, 'tables'>, now: () => Date): History {
  const table = tables.history
  return {
    async add(tenantId, { by, what, siteId, changes: made }, once) {
      const at = once?.at ?? now()
      const name = once ? createHash('sha256').update(once.name).digest() : randomBytes(6)
      const rowKey = `${String(LATEST - at.getTime()).padStart(16, '0')}-${name.toString('hex').slice(0, 12)}`
      const json = fitting(made)
      const columns = { schema: 1 as const, at: at.toISOString(), by, what, json }
      await table.put({ partitionKey: tenantId, rowKey, ...columns, ...(siteId ? { siteId } : {}) })
    },
    async read(tenantId, most, before) {
      const found: HistoryEntry[] = []
      // Just behind the one that was seen last.
      const range = before === undefined ? {} : { from: `${before}~` }
      for await (const row of table.list(tenantId, range)) {
        const { rowKey: id, at, by, what, siteId, json } = row
        found.push({ id, at, by, what, siteId, changes: parsed(changes, json, 'history') })
        if (found.length >= most) break
      }
      return found
    },
  }
}

function fitting(made: readonly Change[]): string {
  for (let most = made.length; most > 0; most = Math.floor(most / 2)) {
    const json = JSON.stringify(made.slice(0, most))
    if (json.length <= MOST) return json
  }
  return '[]'
}
