import type { KeyRing } from '../keys/key-ring.ts'
import { type LinkAudience, linkRowKeys, linkToken } from '../keys/link-token.ts'
import type { Row, VisitRow } from '../store/rows.ts'
import type { Store } from '../store/store.ts'
import type { RowKeys } from '../store/table.ts'
import { indexPartition, utcDay, type Visit, type VisitRef, visitPartition, visitRowKey } from './visit.ts'

const DAY = 86_400_000

/** Visits and their links, found from an appointment or from a tapped link. */
export type VisitStore = {
  /** @param start when the EHR says it is: where to look should the index row be missing after a crash. */
  find(ref: VisitRef, start?: Date): Promise<Visit | undefined>
  at(ref: VisitRef, day: string): Promise<Visit | undefined>
  /**
   * Writes a visit that is new or changed, over the very row that was read; moves it to its day's partition and keeps
   * the index true. In this order a crash leaves at most an extra row, which the next look tidies.
   * @returns the visit as stored, or undefined where somebody else wrote it meanwhile.
   */
  save(ref: VisitRef, before: Visit | undefined, row: VisitRow): Promise<Visit | undefined>
  /** Changes a visit under its ETag, reading again when somebody else was first. */
  update(ref: VisitRef, change: (row: VisitRow) => VisitRow | undefined): Promise<Visit | undefined>
  /** The patient's link token of a visit; the same at every call, and never stored. */
  patientToken(visit: Visit): string | undefined
  byToken(token: string, now: Date): Promise<{ visit: Visit | undefined; audience: LinkAudience } | undefined>
}

export function visitStore(
  { tables }: Pick<Store, 'tables'>,
  linkKeys: KeyRing,
  eraseDays: number,
): VisitStore {
  const at = async (ref: VisitRef, day: string): Promise<Visit | undefined> => {
    const row = await tables.visits.get(
      visitPartition(ref.tenantId, ref.siteId, day),
      visitRowKey(ref.visitKey),
    )
    return row?.type === 'visit' ? { ...ref, day, row } : undefined
  }
  const find: VisitStore['find'] = async (ref, start) => {
    const index = await tables.visitindex.get(indexPartition(ref), ref.visitKey)
    const found = index && (await at(ref, index.day))
    return found ?? (start && (await at(ref, utcDay(start))))
  }
  const token = (ref: VisitRef, row: VisitRow, audience: LinkAudience, serial: number) =>
    linkToken(linkKeys, row.linkKeyId, { visitKey: ref.visitKey, audience, serial, bucket: row.linkBucket })

  async function writeLink(ref: VisitRef, row: VisitRow): Promise<void> {
    const made = token(ref, row, 'patient', row.linkSerial)
    const keys = made && linkRowKeys(made)
    if (!keys) return
    const { tenantId, siteId, visitKey } = ref
    const eraseAfter = new Date(Date.parse(row.start) + row.minutes * 60_000 + eraseDays * DAY).toISOString()
    const link: Row<'links'> = {
      schema: 1,
      tenantId,
      siteId,
      visitKey,
      audience: 'patient',
      serial: row.linkSerial,
      eraseAfter,
    }
    await tables.links.put({ partitionKey: String(keys.bucket), rowKey: keys.hash, ...link })
  }

  const save: VisitStore['save'] = async (ref, before, row) => {
    const day = utcDay(new Date(row.start))
    const keys: RowKeys = {
      partitionKey: visitPartition(ref.tenantId, ref.siteId, day),
      rowKey: visitRowKey(ref.visitKey),
    }
    const index = () =>
      tables.visitindex.put({ partitionKey: indexPartition(ref), rowKey: ref.visitKey, schema: 1, day })
    // The link first: a row that leads to a visit not yet written says "not found", a text without a link row would lie.
    if (!before || before.row.start !== row.start) await writeLink(ref, row)
    if (before?.day === day) {
      const replaced = await tables.visits.replace({ ...row, ...keys, etag: before.row.etag })
      return replaced.ok ? at(ref, day) : undefined
    }
    const inserted = await tables.visits.insert({ ...row, ...keys })
    await index()
    if (before)
      await tables.visits.remove({ partitionKey: before.row.partitionKey, rowKey: before.row.rowKey })
    return inserted.ok ? at(ref, day) : undefined
  }

  return {
    at,
    find,
    save,
    async update(ref, change) {
      for (let tries = 0; tries < 5; tries++) {
        const visit = await find(ref)
        if (!visit) return undefined
        const { etag, partitionKey, rowKey, ...row } = visit.row
        const next = change(row)
        if (!next) return visit
        const replaced = await tables.visits.replace({ ...next, partitionKey, rowKey, etag })
        if (replaced.ok) return at(ref, visit.day)
      }
      throw new Error('a visit row changed five times while it was being written')
    },
    patientToken: (visit) => token(visit, visit.row, 'patient', visit.row.linkSerial),
    async byToken(text, now) {
      const keys = linkRowKeys(text)
      const link = keys && (await tables.links.get(String(keys.bucket), keys.hash))
      if (!link || link.revokedAt !== undefined || Date.parse(link.eraseAfter) <= now.getTime())
        return undefined
      const { tenantId, siteId, visitKey, audience } = link
      return { visit: await find({ tenantId, siteId, visitKey }), audience }
    },
  }
}
