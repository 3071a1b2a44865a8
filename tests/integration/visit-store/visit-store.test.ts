import { randomBytes } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { identityKeys } from '../../../src/core/keys/identity.ts'
import { keyRing } from '../../../src/core/keys/key-ring.ts'
import { linkRowKeys } from '../../../src/core/keys/link-token.ts'
import type { VisitRow } from '../../../src/core/store/rows.ts'
import type { Store } from '../../../src/core/store/store.ts'
import { bayPartitions } from '../../../src/core/visits/bay-range.ts'
import { forgetMoves } from '../../../src/core/visits/save-look.ts'
import { type Visit, visitRef } from '../../../src/core/visits/visit.ts'
import { visitStore } from '../../../src/core/visits/visit-store.ts'
import { visitRow } from '../../unit/visits/visit.fixture.ts'
import { collect, type Storage, startStorage } from '../store/storage.fixture.ts'
import { dying as dyingOf } from './dying.fixture.ts'

const [TUESDAY, WEDNESDAY, FRIDAY] = ['2031-03-04', '2031-03-05', '2031-03-07']
const NOW = new Date('2031-03-01T10:00:00Z')
const ring = keyRing(randomBytes(32))
const identity = identityKeys(randomBytes(32))
const place = { tenantId: 'tenant', siteId: 'northwind001' }

let storage: Storage
beforeAll(async () => {
  storage = await startStorage()
})
afterAll(() => storage.close())

const visits = (store: Pick<Store, 'tables'> = storage.store, keys = ring) => visitStore(store, keys, 7)
const dying = (nth: number) => dyingOf(storage.store, nth)
let serial = 0
const newRef = () => visitRef(identity, place, `appointment ${++serial}`)
const on = (day: string, more: Partial<VisitRow> = {}) =>
  visitRow({ start: `${day}T16:00:00.000Z`, linkKeyId: ring.current.id, ...more })
const plain = ({ row: { etag: _e, partitionKey: _p, rowKey: _r, ...row } }: Visit): VisitRow => row

function there<T>(value: T | undefined): T {
  if (value === undefined) throw new Error('nothing was found')
  return value
}
const added = async (ref = newRef(), row = on(TUESDAY)) => there(await visits().save(ref, undefined, row))
/** As a look does it: the row that it left goes once the visit is found elsewhere. */
async function moved(
  visit: Visit,
  day: string,
  more: Partial<VisitRow> = {},
  store: Pick<Store, 'tables'> = storage.store,
): Promise<Visit | undefined> {
  const row = { ...plain(visit), ...on(day), version: visit.row.version + 1, cause: 'moved' as const }
  const saved = await visits(store).save(visit, visit, { ...row, ...more })
  const present = await visits(store).find(visit)
  if (present && present.bay !== visit.bay)
    await forgetMoves(store, [{ visit: present, written: true, raised: true, old: visit }])
  return saved
}

/** Every row of a visit, whatever day it lies in. */
async function rowsOf({ visitKey }: { visitKey: string }) {
  const all = await Promise.all(
    [TUESDAY, WEDNESDAY, FRIDAY].map((day) =>
      collect(storage.store.tables.visits.across(bayPartitions(place, day))),
    ),
  )
  return all.flat().filter((row) => row.rowKey === `v:${visitKey}`)
}

describe('a visit', () => {
  test('is found by its key, by its day, and by its link', async () => {
    const visit = await added()
    expect(await visits().find(visit)).toEqual(visit)
    expect(await visits().at(visit, `${TUESDAY}|cardiology`)).toEqual(visit)
    const token = there(visits().patientToken(visit))
    expect(await visits().byToken(token, NOW)).toEqual({ visit, audience: 'patient' })
  })

  test('is another one at another site and in another tenant', async () => {
    const visit = await added()
    expect(await visits().find({ ...visit, siteId: 'other' })).toBeUndefined()
    expect(await visits().find({ ...visit, tenantId: 'other' })).toBeUndefined()
  })

  test('that changed on its day is written over the very row that was read', async () => {
    const visit = await added()
    expect(there(await visits().save(visit, visit, { ...plain(visit), video: false })).row.video).toBe(false)
    expect(await visits().save(visit, visit, { ...plain(visit), cancelled: true })).toBeUndefined()
    expect((await visits().find(visit))?.row).toMatchObject({ video: false, cancelled: false })
  })

  test('that two see for the first time at once is written once', async () => {
    const ref = newRef()
    const both = await Promise.all([1, 2, 3].map(() => visits().save(ref, undefined, on(TUESDAY))))
    expect(both.filter((saved) => saved !== undefined)).toHaveLength(1)
    expect(await rowsOf(ref)).toHaveLength(1)
  })
})

describe('a visit that moves to another day', () => {
  test('leaves its old day, and is found where it went', async () => {
    const visit = await added()
    const there = await moved(visit, FRIDAY)
    expect(there).toMatchObject({ bay: `${FRIDAY}|cardiology`, row: { version: 2 } })
    expect(await visits().at(visit, `${TUESDAY}|cardiology`)).toBeUndefined()
    expect(await visits().find(visit)).toEqual(there)
  })

  test('keeps its link, however often it moves and back', async () => {
    const visit = await added()
    const token = there(visits().patientToken(visit))
    const away = there(await moved(visit, WEDNESDAY))
    const back = there(await moved(away, TUESDAY))
    expect(back.row.version).toBe(3)
    expect(visits().patientToken(back)).toBe(token)
    expect((await visits().byToken(token, NOW))?.visit).toEqual(back)
  })

  test('takes the life of its link along', async () => {
    const visit = await added()
    const token = there(visits().patientToken(visit))
    await moved(visit, FRIDAY)
    // Half an hour, and seven days.
    expect(await visits().byToken(token, new Date('2031-03-14T16:29:59Z'))).toBeDefined()
    expect(await visits().byToken(token, new Date('2031-03-14T16:30:00Z'))).toBeUndefined()
  })

  test('does not shorten the life of its link where it broke off', async () => {
    const visit = await added(newRef(), on(FRIDAY))
    const token = there(visits().patientToken(visit))
    await expect(moved(visit, TUESDAY, {}, dying(2))).rejects.toThrow('died')
    // The EHR took it back meanwhile: for the next look nothing changed, and nobody writes the link again.
    const late = new Date('2031-03-14T16:29:59Z')
    expect((await visits().byToken(token, late))?.visit).toEqual(visit)
  })

  test('leaves a row in its old day that was written meanwhile', async () => {
    const visit = await added()
    const elsewhere = there(await visits().save(visit, visit, { ...plain(visit), ...on(FRIDAY), version: 2 }))
    const left = there(await visits().at(visit, `${TUESDAY}|cardiology`))
    // Somebody else finds the row of before and writes it, and only then the mover forgets it.
    await storage.store.tables.visits.replace({ ...left.row, minutes: 45 })
    await forgetMoves(storage.store, [{ visit: elsewhere, written: true, raised: true, old: visit }])
    expect(await rowsOf(visit)).toHaveLength(2)
    const again = there(await visits().at(visit, `${TUESDAY}|cardiology`))
    await forgetMoves(storage.store, [{ visit: elsewhere, written: false, raised: true, old: again }])
    expect(await rowsOf(visit)).toHaveLength(1)
  })

  test('is not new to who looked before it was there, while it moves', async () => {
    const ref = newRef()
    const visit = await added(ref)
    await expect(moved(visit, FRIDAY, {}, dying(3))).rejects.toThrow('died')
    // Its version is taken, its row still lies where it was.
    expect(await visits().save(ref, undefined, on(TUESDAY))).toBeUndefined()
    expect(await visits().save(ref, undefined, on(FRIDAY))).toBeUndefined()
    expect(await visits().find(ref)).toEqual(visit)
  })

  test('does not bring a revoked link back', async () => {
    const visit = await added()
    const token = there(visits().patientToken(visit))
    const keys = there(linkRowKeys(token))
    const link = there(await storage.store.tables.links.get(String(keys.bucket), keys.hash))
    await storage.store.tables.links.replace({ ...link, revokedAt: NOW.toISOString() })
    await moved(visit, FRIDAY)
    expect(await visits().byToken(token, NOW)).toBeUndefined()
  })

  test('that two move at once goes to one place', async () => {
    for (let round = 0; round < 5; round++) {
      const visit = await added()
      const both = await Promise.all([moved(visit, FRIDAY), moved(visit, FRIDAY)])
      expect(both.filter((saved) => saved !== undefined).length).toBeLessThanOrEqual(1)
      expect(await rowsOf(visit)).toHaveLength(1)
      expect(await visits().find(visit)).toMatchObject({ bay: `${FRIDAY}|cardiology`, row: { version: 2 } })
    }
  })

  test('that was moved meanwhile is not moved by who did not see it', async () => {
    const visit = await added()
    await moved(visit, FRIDAY)
    expect(await moved(visit, WEDNESDAY)).toBeUndefined()
    expect(await rowsOf(visit)).toHaveLength(1)
    expect(await visits().find(visit)).toMatchObject({ bay: `${FRIDAY}|cardiology` })
  })
})

describe('wherever a process dies', () => {
  test('a new visit is either not there or there, and the next look writes it', async () => {
    for (let nth = 1; nth <= 3; nth++) {
      const ref = newRef()
      await expect(visits(dying(nth)).save(ref, undefined, on(TUESDAY)), `write ${nth}`).rejects.toThrow(
        'died',
      )
      expect(await visits().find(ref)).toBeUndefined()
      const visit = there(await visits().save(ref, undefined, on(TUESDAY)))
      expect((await visits().byToken(there(visits().patientToken(visit)), NOW))?.visit).toEqual(visit)
    }
  })

  test('during a move, the link still leads to the visit, and the next look finishes the move', async () => {
    for (let nth = 1; nth <= 4; nth++) {
      const visit = await added()
      const token = there(visits().patientToken(visit))
      await expect(moved(visit, FRIDAY, {}, dying(nth)), `write ${nth}`).rejects.toThrow('died')
      expect((await visits().byToken(token, NOW))?.visit, `write ${nth}`).toMatchObject({
        visitKey: visit.visitKey,
      })
      // The next sweep of the old day sees the row that is still there.
      await moved(there(await visits().at(visit, `${TUESDAY}|cardiology`)), FRIDAY)
      expect(await rowsOf(visit), `write ${nth}`).toHaveLength(1)
      const found = await visits().find(visit)
      expect(found?.bay).toBe(`${FRIDAY}|cardiology`)
      // A version that was taken and never written is passed over.
      expect([2, 3]).toContain(found?.row.version)
    }
  })

  test('a move that broke off does not stand in the way of another one', async () => {
    for (let nth = 1; nth <= 4; nth++) {
      const visit = await added()
      await expect(moved(visit, FRIDAY, {}, dying(nth))).rejects.toThrow('died')
      const present = there(await visits().find(visit))
      await moved(present, WEDNESDAY)
      expect(await visits().find(visit), `write ${nth}`).toMatchObject({ bay: `${WEDNESDAY}|cardiology` })
    }
  })

  test('what a broken move left behind is not taken for the visit when it comes back', async () => {
    const visit = await added()
    await expect(moved(visit, FRIDAY, {}, dying(4))).rejects.toThrow('died')
    expect(await rowsOf(visit)).toHaveLength(2)
    const away = there(await visits().find(visit))
    expect(away).toMatchObject({ bay: `${FRIDAY}|cardiology`, row: { version: 2 } })
    const back = there(await moved(away, TUESDAY))
    expect(back).toMatchObject({ bay: `${TUESDAY}|cardiology`, row: { version: 3, cause: 'moved' } })
    expect(await rowsOf(visit)).toHaveLength(1)
  })

  test('there is no row without an index row, wherever the first write of a visit breaks off', async () => {
    for (let nth = 1; nth <= 3; nth++) {
      const ref = newRef()
      await expect(visits(dying(nth)).save(ref, undefined, on(TUESDAY))).rejects.toThrow('died')
      const rows = await rowsOf(ref)
      expect((await visits().find(ref))?.row.rowKey, `write ${nth}`).toBe(rows[0]?.rowKey)
      expect(await visits().save(ref, await visits().find(ref), on(TUESDAY, { version: 2 }))).toBeDefined()
      expect(await rowsOf(ref)).toHaveLength(1)
    }
  })
})

describe('a visit that goes to another department', () => {
  test('within its day stays where it lies, with its notices', async () => {
    const visit = await added()
    const changed = there(await visits().save(visit, visit, { ...plain(visit), departmentId: 'family' }))
    expect(changed).toMatchObject({ bay: `${TUESDAY}|cardiology`, row: { departmentId: 'family' } })
    expect(await rowsOf(visit)).toHaveLength(1)
  })

  test('and to another day lies in that department’s bay there, and back where it came from', async () => {
    const visit = await added()
    const away = there(await moved(visit, FRIDAY, { departmentId: 'family' }))
    expect(away.bay).toBe(`${FRIDAY}|family`)
    const back = there(await moved(away, TUESDAY, { departmentId: 'urgent-care' }))
    expect(back.bay).toBe(`${TUESDAY}|cardiology`)
    expect(await rowsOf(visit)).toHaveLength(1)
  })

  test('as two departments find it new at once is written once', async () => {
    const ref = newRef()
    const of = ['cardiology', 'family', 'urgent-care']
    const saved = await Promise.all(
      of.map((departmentId) => visits().save(ref, undefined, on(TUESDAY, { departmentId }))),
    )
    expect(saved.filter((one) => one !== undefined)).toHaveLength(1)
    expect(await rowsOf(ref)).toHaveLength(1)
  })

  test('takes over a first write that broke off before its row was there', async () => {
    const ref = newRef()
    await expect(visits(dying(3)).save(ref, undefined, on(TUESDAY))).rejects.toThrow('died')
    expect(await rowsOf(ref)).toHaveLength(0)
    const other = there(await visits().save(ref, undefined, on(TUESDAY, { departmentId: 'family' })))
    expect(other).toMatchObject({ bay: `${TUESDAY}|cardiology`, row: { departmentId: 'family' } })
    expect(await visits().find(ref)).toEqual(other)
  })
})

describe('a change of a visit', () => {
  test('is made over what is there, however many change it at once', async () => {
    const visit = await added()
    const count = (row: VisitRow) => ({ ...row, lateMinutes: (row.lateMinutes ?? 0) + 1 })
    await Promise.all([1, 2, 3].map(() => visits().update(visit, count)))
    expect((await visits().find(visit))?.row.lateMinutes).toBe(3)
  })

  test('follows the visit to where it moved', async () => {
    const visit = await added()
    await moved(visit, FRIDAY)
    const changed = await visits().update(visit, (row) => ({ ...row, patientSeenAt: NOW.toISOString() }))
    expect(changed).toMatchObject({ bay: `${FRIDAY}|cardiology`, row: { patientSeenAt: NOW.toISOString() } })
  })

  test('that turns out to be none writes nothing', async () => {
    const visit = await added()
    expect(await visits().update(visit, () => undefined)).toEqual(visit)
    expect((await visits().find(visit))?.row.etag).toBe(visit.row.etag)
  })

  test('of a visit that is not there comes to nothing', async () => {
    expect(await visits().update(newRef(), (row) => row)).toBeUndefined()
  })
})

describe('a link', () => {
  test('of no visit, of nonsense, or whose row was erased leads nowhere', async () => {
    const token = there(visits().patientToken(await added()))
    const keys = there(linkRowKeys(token))
    for (const other of ['', 'nonsense', randomBytes(17).toString('base64url').slice(0, 22)])
      expect(await visits().byToken(other, NOW)).toBeUndefined()
    await storage.store.tables.links.remove({ partitionKey: String(keys.bucket), rowKey: keys.hash })
    expect(await visits().byToken(token, NOW)).toBeUndefined()
  })

  test('is in no table', async () => {
    const token = there(visits().patientToken(await added()))
    for (const table of Object.values(storage.store.tables))
      expect(JSON.stringify(await collect<unknown>(table.all()))).not.toContain(token)
  })

  test('made with the key before still opens, and is still the one that texts carry', async () => {
    const visit = await added()
    const token = there(visits().patientToken(visit))
    const rotated = visits(storage.store, keyRing(randomBytes(32), ring.current.secret.export()))
    expect(rotated.patientToken(visit)).toBe(token)
    expect((await rotated.byToken(token, NOW))?.visit).toEqual(visit)
  })

  test('made with a key that is gone still opens, and is in no new text', async () => {
    const visit = await added()
    const token = there(visits().patientToken(visit))
    const later = visits(storage.store, keyRing(randomBytes(32)))
    expect(later.patientToken(visit)).toBeUndefined()
    expect((await later.byToken(token, NOW))?.visit).toEqual(visit)
  })
})
