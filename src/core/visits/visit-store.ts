import type { KeyRing } from '../keys/key-ring.ts'
import { type LinkAudience, linkRowKeys, linkToken } from '../keys/link-token.ts'
import type { Row, VisitRow } from '../store/rows.ts'
import type { Store } from '../store/store.ts'
import type { RowKeys } from '../store/table.ts'
import { type ExtraLink, endOfExtraLink, extraLinks } from './extra-links.ts'
import { indexPartition, utcDay, type Visit, type VisitRef, visitPartition, visitRowKey } from './visit.ts'

const DAY = 86_400_000

/** Visits and their links, found from an appointment or from a tapped link. */
export type VisitStore = {
  /** @param start when the EHR says it is: where to look should the index row be missing after a crash. */
  find(ref: VisitRef, start?: Date): Promise<Visit | undefined>
  at(ref: VisitRef, day: string): Promise<Visit | undefined>
  /**
   * Writes a visit that is new or changed, over the very row that was read; moves it to its day's partition. Link, index,
   * row, removal of the old row: wherever a crash comes between, the link still finds the visit as it was or as it is,
   * and the next look finishes the move.
   * @param keepOld leaves the old row of a move to the caller: for whoever has more to do before the next look may forget
   * that there was a move.
   * @returns the visit as stored, or undefined where somebody else wrote it meanwhile.
   */
  save(
    ref: VisitRef,
    before: Visit | undefined,
    row: VisitRow,
    keepOld?: 'keep old row',
  ): Promise<Visit | undefined>
  /** Changes a visit under its ETag, reading again when somebody else was first. */
  update(ref: VisitRef, change: (row: VisitRow) => VisitRow | undefined): Promise<Visit | undefined>
  /** The patient's link token of a visit; the same at every call, and never stored. */
  patientToken(visit: Visit): string | undefined
  /** The token of a link that was sent by hand; undefined where its key is gone. */
  extraToken(visit: Visit, link: ExtraLink): string | undefined
  /** Writes the row that such a link leads by, or takes it back. */
  writeExtraLink(visit: Visit, link: ExtraLink): Promise<boolean>
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
    const found = index && ((await at(ref, index.day)) ?? (index.from && (await at(ref, index.from))))
    return found || (start && (await at(ref, utcDay(start))))
  }
  const token = (ref: VisitRef, row: VisitRow, audience: LinkAudience, serial: number) =>
    linkToken(linkKeys, row.linkKeyId, { visitKey: ref.visitKey, audience, serial, bucket: row.linkBucket })

  const extraToken = (ref: VisitRef, row: VisitRow, { audience, serial, keyId }: ExtraLink) =>
    linkToken(linkKeys, keyId, { visitKey: ref.visitKey, audience, serial, bucket: row.linkBucket })

  async function writeExtraLink(ref: VisitRef, row: VisitRow, link: ExtraLink): Promise<boolean> {
    const made = extraToken(ref, row, link)
    const keys = made && linkRowKeys(made)
    if (!keys) return false
    const where: RowKeys = { partitionKey: String(keys.bucket), rowKey: keys.hash }
    // The row of the visit may have been read before the link was taken back: it stays taken back.
    const revokedAt = link.revokedAt ?? (await tables.links.get(where.partitionKey, where.rowKey))?.revokedAt
    await tables.links.put({
      ...where,
      schema: 1,
      tenantId: ref.tenantId,
      siteId: ref.siteId,
      visitKey: ref.visitKey,
      audience: link.audience,
      serial: link.serial,
      eraseAfter: endOfExtraLink(row).toISOString(),
      ...(revokedAt === undefined ? {} : { revokedAt }),
    })
    return true
  }

  async function writeLink(ref: VisitRef, row: VisitRow, moved: boolean): Promise<void> {
    // Links that were sent by hand end with the visit, wherever it moves.
    for (const link of extraLinks(row)) await writeExtraLink(ref, row, link)
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
    const where: RowKeys = { partitionKey: String(keys.bucket), rowKey: keys.hash }
    const before = moved ? await tables.links.get(where.partitionKey, where.rowKey) : undefined
    // A link that was revoked does not come back because its visit moves.
    const revoked = before?.revokedAt === undefined ? {} : { revokedAt: before.revokedAt }
    await tables.links.put({ ...where, ...link, ...revoked })
  }

  /**
   * Points the index to the day that a visit goes to. Of two that move it one is first.
   * @param from the day where its row was read; undefined for a new visit.
   * @returns false where its row lies elsewhere by now.
   */
  async function pointIndex(ref: VisitRef, from: string | undefined, day: string): Promise<boolean> {
    const keys: RowKeys = { partitionKey: indexPartition(ref), rowKey: ref.visitKey }
    const next = { ...keys, schema: 1 as const, day, ...(from === undefined ? {} : { from }) }
    const index = await tables.visitindex.get(keys.partitionKey, keys.rowKey)
    if (!index) {
      if ((await tables.visitindex.insert(next)).ok) return true
      // Two who found a visit new on the same day, or one whose answer was lost: which row it is, the row itself decides.
      return (await tables.visitindex.get(keys.partitionKey, keys.rowKey))?.day === day
    }
    // It points to another day and no row lies there: a move broke off, and this one takes its place.
    if (index.day !== from && (await at(ref, index.day))) return false
    return (await tables.visitindex.replace({ ...next, etag: index.etag })).ok
  }

  /** Inserts a row in its day, over nothing but what a move that broke off left there. */
  async function insert(ref: VisitRef, keys: RowKeys, row: VisitRow, day: string): Promise<boolean> {
    if ((await tables.visits.insert({ ...row, ...keys })).ok) return true
    const left = await at(ref, day)
    if (!left || left.row.version >= row.version) return false
    return (await tables.visits.replace({ ...row, ...keys, etag: left.row.etag })).ok
  }

  const save: VisitStore['save'] = async (ref, before, row, keepOld) => {
    const day = utcDay(new Date(row.start))
    const keys: RowKeys = {
      partitionKey: visitPartition(ref.tenantId, ref.siteId, day),
      rowKey: visitRowKey(ref.visitKey),
    }
    // The link first: a row that leads to a visit not yet written says "not found", a text without a link row would lie.
    if (!before || before.row.start !== row.start) await writeLink(ref, row, before !== undefined)
    if (before?.day === day) {
      const replaced = await tables.visits.replace({ ...row, ...keys, etag: before.row.etag })
      return replaced.ok ? at(ref, day) : undefined
    }
    const ours = (await pointIndex(ref, before?.day, day)) && (await insert(ref, keys, row, day))
    // Whoever moved it, its row of before is done with as soon as the index leads to another one that is there.
    const present = before && !keepOld && (await find(ref))
    if (before && present && present.day !== before.day)
      await tables.visits.remove({ partitionKey: before.row.partitionKey, rowKey: before.row.rowKey })
    return ours ? at(ref, day) : undefined
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
    extraToken: (visit, link) => extraToken(visit, visit.row, link),
    writeExtraLink: (visit, link) => writeExtraLink(visit, visit.row, link),
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
