import { createHash } from 'node:crypto'

type EhrUser = {
  readonly issuer: string
  readonly subject: string
  readonly practitionerId?: string | undefined
}

import type { Store } from '../store/store.ts'

/** Which Microsoft 365 user an EHR user is, as that user confirmed. Of one tenant, never silent, undone at a word. */
export type Mappings = {
  find(tenantId: string, user: EhrUser): Promise<string | undefined>
  /** The mapped users among the practitioners of an appointment. */
  ofPractitioners(tenantId: string, siteId: string, practitionerIds: readonly string[]): Promise<string[]>
  confirm(tenantId: string, siteId: string, user: EhrUser, entraUserId: string, now: Date): Promise<void>
  forget(tenantId: string, siteId: string, user: EhrUser): Promise<void>
}

export function mappings({ tables }: Pick<Store, 'tables'>): Mappings {
  const userKey = (user: EhrUser) =>
    `u:${createHash('sha256').update(`${user.issuer}|${user.subject}`).digest('base64url')}`
  const practitionerKey = (siteId: string, practitionerId: string) =>
    `p:${siteId}:${encodeURIComponent(practitionerId)}`
  return {
    find: async (tenantId, user) => (await tables.users.get(tenantId, userKey(user)))?.entraUserId,
    async ofPractitioners(tenantId, siteId, practitionerIds) {
      const found = await Promise.all(
        practitionerIds.map((id) => tables.users.get(tenantId, practitionerKey(siteId, id))),
      )
      return [...new Set(found.flatMap((row) => row?.entraUserId ?? []))]
    },
    async confirm(tenantId, siteId, user, entraUserId, now) {
      const row = { schema: 1 as const, ehrUserId: user.subject, entraUserId, confirmedAt: now.toISOString() }
      await tables.users.put({ partitionKey: tenantId, rowKey: userKey(user), ...row })
      if (user.practitionerId !== undefined)
        await tables.users.put({
          partitionKey: tenantId,
          rowKey: practitionerKey(siteId, user.practitionerId),
          ...row,
        })
    },
    async forget(tenantId, siteId, user) {
      await tables.users.remove({ partitionKey: tenantId, rowKey: userKey(user) })
      if (user.practitionerId !== undefined)
        await tables.users.remove({
          partitionKey: tenantId,
          rowKey: practitionerKey(siteId, user.practitionerId),
        })
    },
  }
}
