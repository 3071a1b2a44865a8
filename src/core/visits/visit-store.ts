import type { KeyRing } from '../keys/key-ring.ts'
import { type LinkAudience, linkRowKeys, linkToken } from '../keys/link-token.ts'
import type { Row, VisitRow } from '../store/rows.ts'
import type { Store } from '../store/store.ts'
import type { RowKeys } from '../store/table.ts'
import { type Bay, bayFor, visitPartition } from './bay.ts'
import { type ExtraLink, endOfExtraLink, extraLinks } from './extra-links.ts'
import { plainRow, type Visit, type VisitRef, visitRowKey } from './visit.ts'
import { type Place, visitIndex } from './visit-index.ts'

const DAY = 86_400_000

/** Visits and their links, found from an appointment or from a tapped link. */
export type VisitStore = {
  /** By its index row, which is written before the visit's own: there is no visit without one. */
  find(ref: VisitRef): Promise<Visit | undefined>
  at(ref: VisitRef, bay: Bay): Promise<Visit | undefined>
  /**
   * Writes a visit that is new or changed, over the very row that was read; moves it where its day is another one. Link,
   * index, row: wherever a crash comes between, the link still finds the visit as it was or as it is, and the next look
   * finishes the move. Its row of before a move is left to the caller, who has more to do before the next look may forget
   * that there was one (`forgetMoves`).
   * @returns the visit as stored, or undefined where somebody else wrote it meanwhile.
   */
  save(ref: VisitRef, before: Visit | undefined, row: VisitRow): Promise<Visit | undefined>
  /** Changes a visit under its ETag, reading again when somebody else was first. */
  update(ref: VisitRef, change: (row: VisitRow, bay: Bay) => VisitRow | undefined): Promise<Visit | undefined>
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
  const at = async (ref: VisitRef, bay: Bay): Promise<Visit | undefined> => {
    const { partitionKey, rowKey } = keysOf(ref, bay)
    const row = await tables.visits.get(partitionKey, rowKey)
    return row?.type === 'visit' ? { ...ref, bay, row } : undefined
  }
  const index = visitIndex({ tables }, at)
  const find: VisitStore['find'] = async (ref) => {
    const place = await index.of(ref)
    if (!place) return undefined
    return (await at(ref, place.bay)) ?? (place.from && (await at(ref, place.from)))
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
    const there = await tables.links.get(where.partitionKey, where.rowKey)
    // The row of the visit may have been read before the link was taken back: it stays taken back.
    const revokedAt = link.revokedAt ?? there?.revokedAt
    await tables.links.put({
      ...where,
      schema: 1,
      tenantId: ref.tenantId,
      siteId: ref.siteId,
      visitKey: ref.visitKey,
      audience: link.audience,
      serial: link.serial,
      eraseAfter: later(there, endOfExtraLink(row)),
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
    const where: RowKeys = { partitionKey: String(keys.bucket), rowKey: keys.hash }
    const before = moved ? await tables.links.get(where.partitionKey, where.rowKey) : undefined
    const end = new Date(Date.parse(row.start) + row.minutes * 60_000 + eraseDays * DAY)
    const link: Row<'links'> = {
      schema: 1,
      tenantId,
      siteId,
      visitKey,
      audience: 'patient',
      serial: row.linkSerial,
      eraseAfter: later(before, end),
    }
    // A link that was revoked does not come back because its visit moves.
    const revoked = before?.revokedAt === undefined ? {} : { revokedAt: before.revokedAt }
    await tables.links.put({ ...where, ...link, ...revoked })
  }

  /**
   * Writes the row of a visit in the bay that it moves to. Who was so slow that another took the visit back meanwhile finds
   * the index changed: what it wrote leads nowhere, and nothing must follow from it.
   */
  async function move(ref: VisitRef, row: VisitRow, place: Place): Promise<Visit | undefined> {
    const moved = await insert(ref, row, place.bay)
    return moved && (await index.confirm(place)) ? moved : undefined
  }

  /** Inserts a row in its bay, over nothing but what a move that broke off left there. */
  async function insert(ref: VisitRef, row: VisitRow, bay: Bay): Promise<Visit | undefined> {
    const keys = keysOf(ref, bay)
    const inserted = await tables.visits.insert({ ...row, ...keys })
    if (inserted.ok) return { ...ref, bay, row: { ...row, ...keys, etag: inserted.value.etag } }
    const left = await at(ref, bay)
    return left && left.row.version < row.version ? replace(left, row) : undefined
  }

  /** Over the very row that was read. */
  async function replace({ tenantId, siteId, visitKey, bay, row: before }: Visit, row: VisitRow) {
    const { partitionKey, rowKey, etag } = before
    const replaced = await tables.visits.replace({ ...row, partitionKey, rowKey, etag })
    if (!replaced.ok) return undefined
    return {
      tenantId,
      siteId,
      visitKey,
      bay,
      row: { ...row, partitionKey, rowKey, etag: replaced.value.etag },
    }
  }

  const save: VisitStore['save'] = async (ref, before, row) => {
    // The link first: a row that leads to a visit not yet written says "not found", a text without a link row would lie.
    if (!before || before.row.start !== row.start) await writeLink(ref, row, before !== undefined)
    const stays = before !== undefined && before.bay === bayFor(row, before.bay)
    if (stays && row.version === before.row.version) return replace(before, row)
    const place = await index.take(ref, before, row)
    if (!place) return undefined
    const next = { ...row, version: place.version }
    if (stays) return replace(before, next)
    return before ? move(ref, next, place) : insert(ref, next, place.bay)
  }

  return {
    at,
    find,
    save,
    async update(ref, change) {
      for (let tries = 0; tries < 5; tries++) {
        const visit = await find(ref)
        if (!visit) return undefined
        const next = change(plainRow(visit), visit.bay)
        if (!next) return visit
        const replaced = await replace(visit, next)
        if (replaced) return replaced
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

/**
 * Until when a link's row lies there: never shorter than before. Whoever writes it may yet lose the race for the visit, and
 * whether a visit is over its own row says.
 */
function later(before: Pick<Row<'links'>, 'eraseAfter'> | undefined, end: Date): string {
  const [known, next] = [before?.eraseAfter ?? '', end.toISOString()]
  return known > next ? known : next
}

function keysOf({ tenantId, siteId, visitKey }: VisitRef, bay: Bay): RowKeys {
  return { partitionKey: visitPartition(tenantId, siteId, bay), rowKey: visitRowKey(visitKey) }
}
