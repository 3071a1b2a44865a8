import { fail, ok, type Result } from '../result.ts'
import { type Owner, type SiteIndex, siteIndex } from '../sites/site-index.ts'
import type { SiteStore } from '../sites/site-store.ts'
import { type Versioned, versionOf } from '../sites/version.ts'
import type { Row } from '../store/rows.ts'
import type { Store } from '../store/store.ts'
import { isSenderId, perMinuteOf, type SenderKind, senderId } from './sender.ts'
import { initialVerification } from './verification.ts'

/** What a tenant's texts may come from, and what is known of it. */
export type Sender = Row<'senders'>

export type NewSender = {
  readonly sender: string
  readonly kind: SenderKind
  readonly country: string
  /** Entra id of who adds it. */
  readonly by: string
}

/** The senders of all tenants: they share one Communication Services resource, and each number has one tenant. */
export type SenderStore = {
  list(tenantId: string): Promise<Sender[]>
  read(tenantId: string, sender: string): Promise<Versioned<Sender> | undefined>
  /** Whether another tenant has it, by its claim or because a site of theirs texts from it. */
  isElsewhere(tenantId: string, sender: string): Promise<boolean>
  /** Makes it the tenant's; adding one that is there already changes nothing. `sender_taken`: another tenant has it. */
  add(tenantId: string, sender: NewSender): Promise<Result<Sender, 'sender_taken'>>
  /** Writes over the version that was read. */
  save(tenantId: string, sender: Sender, version: string): Promise<Result<void, 'config_changed'>>
  /** Takes it from the tenant, for whoever comes next. */
  remove(tenantId: string, sender: string): Promise<void>
  /** Every sender that is being given back since before then. */
  releasing(before: Date): Promise<{ tenantId: string; sender: string }[]>
}

/** A claim that no row followed is free again after this time: its save broke off. */
const BROKEN_OFF_MS = 10 * 60_000

export function senderStore(
  { tables }: Pick<Store, 'tables'>,
  sites: Pick<SiteStore, 'all'>,
  now: () => Date,
): SenderStore {
  const table = tables.senders
  const index: SiteIndex = siteIndex({ tables }, now)
  const get = async (tenantId: string, sender: string) => {
    const id = senderId(sender)
    return isSenderId(id) ? table.get(tenantId, id) : undefined
  }
  const owner = (tenantId: string): Owner => ({ tenantId, siteId: '' })
  /** Two names that differ in capitals alone would be one to a patient. */
  const nameOf = (sender: string) => senderId(sender).toLowerCase()
  const inUse = async (sender: string, isOther: (tenantId: string) => boolean) =>
    (await sites.all()).some(({ texts, tenantId }) => texts.sender === sender && isOther(tenantId))

  return {
    async list(tenantId) {
      const found: Sender[] = []
      for await (const row of table.list(tenantId)) found.push(row)
      return found.sort((a, b) => a.addedAt.localeCompare(b.addedAt))
    },
    async read(tenantId, sender) {
      const row = await get(tenantId, sender)
      if (!row) return undefined
      const { partitionKey: _partition, rowKey: _row, etag, ...value } = row
      return { value, version: versionOf(etag) }
    },
    async isElsewhere(tenantId, sender) {
      const holder = await index.find('sender', nameOf(sender))
      if (holder && holder.tenantId !== tenantId) return true
      return inUse(sender, (other) => other !== tenantId)
    },
    async add(tenantId, { sender, kind, country, by }) {
      if (await inUse(sender, (other) => other !== tenantId)) return fail('sender_taken')
      const claimed = await index.claim('sender', nameOf(sender), owner(tenantId), {
        same: (holder) => holder.tenantId === tenantId,
        idle: async (holder) => {
          const since = holder.claimedAt === undefined ? 0 : Date.parse(holder.claimedAt)
          return since + BROKEN_OFF_MS <= now().getTime() && !(await get(holder.tenantId, sender))
        },
      })
      if (!claimed.ok) return fail('sender_taken')
      const at = now().toISOString()
      const row: Sender = {
        schema: 1,
        sender,
        kind,
        country,
        verification: initialVerification(sender),
        perMinute: perMinuteOf(sender),
        addedAt: at,
        addedBy: by,
      }
      const written = await table.insert({ ...row, partitionKey: tenantId, rowKey: senderId(sender) })
      if (written.ok) return ok(row)
      return ok((await get(tenantId, sender)) ?? row)
    },
    async save(tenantId, sender, version) {
      const before = await get(tenantId, sender.sender)
      if (!before || versionOf(before.etag) !== version) return fail('config_changed')
      const { partitionKey, rowKey, etag } = before
      return (await table.replace({ ...sender, partitionKey, rowKey, etag })).ok
        ? ok(undefined)
        : fail('config_changed')
    },
    async remove(tenantId, sender) {
      await table.remove({ partitionKey: tenantId, rowKey: senderId(sender) })
      await index.release('sender', nameOf(sender), owner(tenantId))
    },
    async releasing(before) {
      const found: { tenantId: string; sender: string }[] = []
      for await (const { partitionKey: tenantId, sender, releasingAt } of table.all())
        if (releasingAt !== undefined && Date.parse(releasingAt) < before.getTime())
          found.push({ tenantId, sender })
      return found
    },
  }
}
