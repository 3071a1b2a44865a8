import { createHash } from 'node:crypto'
import { fail, ok, type Result } from '../result.ts'
import type { Row } from '../store/rows.ts'
import type { Store } from '../store/store.ts'

/**
 * What a row of the index names: a FHIR base that launches come from (`issuer`), one of a patient portal
 * (`patientissuer`), an EHR's own tenant id (`ehrtenant`), a client of ours at a token endpoint (`client`), a site (`id`), what
 * texts come from (`sender`: of a tenant, and no site of it in particular), a site that was taken away and whose visits are
 * still to be erased (`removed`).
 */
export type IndexKind = 'issuer' | 'patientissuer' | 'ehrtenant' | 'client' | 'id' | 'sender' | 'removed'
export type Owner = { readonly tenantId: string; readonly siteId: string }
type Entry = Row<'siteindex'>

/** Names that belong to one owner, whoever of two was first. */
export type SiteIndex = {
  find(kind: IndexKind, name: string): Promise<Owner | undefined>
  /**
   * @param same whether the holder and the claimant are one.
   * @param idle whether a holder that is somebody else does not use the name any more.
   */
  claim(
    kind: IndexKind,
    name: string,
    owner: Owner,
    rules: { same: (holder: Owner) => boolean; idle: (holder: Entry) => Promise<boolean> },
  ): Promise<Result<void, 'name_taken'>>
  /** Points a name that several may have to this owner. */
  point(kind: IndexKind, name: string, owner: Owner): Promise<void>
  /** Every name of a kind, with since when its owner has it. */
  all(kind: IndexKind): Promise<readonly Entry[]>
  /** Gives a name up, where it is this owner's. */
  release(kind: IndexKind, name: string, owner: Owner): Promise<void>
}

export function sameOwner(a: Owner, b: Owner): boolean {
  return a.tenantId === b.tenantId && a.siteId === b.siteId
}

export function siteIndex({ tables }: Pick<Store, 'tables'>, now: () => Date): SiteIndex {
  const table = tables.siteindex
  // Addresses may hold what a row key may not, and client ids what nobody should read in a listing.
  const keysOf = (kind: IndexKind, name: string) => ({
    partitionKey: kind,
    rowKey:
      kind === 'id' || kind === 'removed' ? name : createHash('sha256').update(name).digest('base64url'),
  })
  const rowOf = (kind: IndexKind, name: string, { tenantId, siteId }: Owner) => ({
    ...keysOf(kind, name),
    schema: 1 as const,
    tenantId,
    siteId,
    claimedAt: now().toISOString(),
  })
  const read = (kind: IndexKind, name: string) => {
    const { partitionKey, rowKey } = keysOf(kind, name)
    return table.get(partitionKey, rowKey)
  }
  return {
    find: read,
    async claim(kind, name, owner, { same, idle }) {
      for (let tries = 0; tries < 3; tries++) {
        const holder = await read(kind, name)
        if (!holder) {
          if ((await table.insert(rowOf(kind, name, owner))).ok) return ok(undefined)
          continue
        }
        if (same(holder)) return ok(undefined)
        if (!(await idle(holder))) return fail('name_taken')
        if ((await table.replace({ ...rowOf(kind, name, owner), etag: holder.etag })).ok) return ok(undefined)
      }
      return fail('name_taken')
    },
    async all(kind) {
      const entries: Entry[] = []
      for await (const row of table.list(kind)) entries.push(row)
      return entries
    },
    point: (kind, name, owner) => table.put(rowOf(kind, name, owner)),
    async release(kind, name, owner) {
      const holder = await read(kind, name)
      if (holder && sameOwner(holder, owner)) await table.remove(keysOf(kind, name))
    },
  }
}
