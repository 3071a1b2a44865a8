import { createHash } from 'node:crypto'
import type { Store } from '../store/store.ts'

type EhrUser = {
  readonly issuer: string
  readonly subject: string
  readonly practitionerId?: string | undefined
}

/**
 * Which Microsoft 365 user an EHR user is, as that user confirmed. Of one tenant's one site: a testing EHR, whose
 * users are often shared, speaks for nobody in production. Never silent, undone at a word.
 */
export type Mappings = {
  find(tenantId: string, siteId: string, user: EhrUser): Promise<string | undefined>
  /** The mapped users among the practitioners of an appointment. */
  ofPractitioners(tenantId: string, siteId: string, practitionerIds: readonly string[]): Promise<string[]>
  confirm(tenantId: string, siteId: string, user: EhrUser, entraUserId: string, now: Date): Promise<void>
  forget(tenantId: string, siteId: string, user: EhrUser): Promise<void>
  /** Everybody who is connected, in no order that means anything. */
  list(tenantId: string): Promise<Mapping[]>
  /** An administrator undoes one by its id; the next launch of that EHR user asks again. */
  remove(tenantId: string, id: string): Promise<Mapping | undefined>
}

/** A connection as an administrator sees it; `id` names it and nobody. */
export type Mapping = {
  readonly id: string
  readonly siteId: string
  readonly ehrUserId: string
  readonly entraUserId: string
  readonly confirmedAt: string
}

const ID = /^u:([a-z0-9]{12}):[\w-]{43}$/

export function mappings({ tables }: Pick<Store, 'tables'>): Mappings {
  // OpenID Connect Core, section 5.7: issuer and subject together are what names a user for good.
  const userKey = (siteId: string, { issuer, subject }: EhrUser) => {
    const name = JSON.stringify([issuer, subject])
    return `u:${siteId}:${createHash('sha256').update(name).digest('base64url')}`
  }
  const practitionerKey = (siteId: string, practitionerId: string) =>
    `p:${siteId}:${encodeURIComponent(practitionerId)}`
  const keysOf = (siteId: string, user: EhrUser) => [
    userKey(siteId, user),
    ...(user.practitionerId === undefined ? [] : [practitionerKey(siteId, user.practitionerId)]),
  ]
  return {
    find: async (tenantId, siteId, user) =>
      (await tables.users.get(tenantId, userKey(siteId, user)))?.entraUserId,
    async ofPractitioners(tenantId, siteId, practitionerIds) {
      const found = await Promise.all(
        practitionerIds.map((id) => tables.users.get(tenantId, practitionerKey(siteId, id))),
      )
      return [...new Set(found.flatMap((row) => row?.entraUserId ?? []))]
    },
    async confirm(tenantId, siteId, user, entraUserId, now) {
      const columns = {
        schema: 1 as const,
        ehrUserId: user.subject,
        entraUserId,
        confirmedAt: now.toISOString(),
      }
      const rows = keysOf(siteId, user).map((rowKey) => ({ partitionKey: tenantId, rowKey, ...columns }))
      const written = await tables.users.transact(rows.map((row) => ({ kind: 'put' as const, row })))
      if (!written.ok) throw new Error(`the mapping was not written: ${written.failure.code}`)
    },
    async list(tenantId) {
      const found: Mapping[] = []
      for await (const row of tables.users.list(tenantId, { from: 'u:', to: 'u;' })) {
        const [, siteId] = ID.exec(row.rowKey) ?? []
        const { ehrUserId, entraUserId, confirmedAt } = row
        if (siteId !== undefined) found.push({ id: row.rowKey, siteId, ehrUserId, entraUserId, confirmedAt })
      }
      return found
    },
    async remove(tenantId, id) {
      const [, siteId] = ID.exec(id) ?? []
      const row = siteId === undefined ? undefined : await tables.users.get(tenantId, id)
      if (siteId === undefined || !row) return undefined
      const { ehrUserId, entraUserId, confirmedAt } = row
      // What finds the same person among the practitioners of an appointment goes first: half a removal is none.
      for await (const other of tables.users.list(tenantId, { from: `p:${siteId}:`, to: `p:${siteId};` }))
        if (other.ehrUserId === ehrUserId && other.entraUserId === entraUserId)
          await tables.users.remove(other)
      await tables.users.remove({ partitionKey: tenantId, rowKey: id })
      return { id, siteId, ehrUserId, entraUserId, confirmedAt }
    },
    async forget(tenantId, siteId, user) {
      for (const rowKey of keysOf(siteId, user)) await tables.users.remove({ partitionKey: tenantId, rowKey })
    },
  }
}
