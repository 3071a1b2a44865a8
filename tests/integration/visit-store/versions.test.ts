import { randomBytes } from 'node:crypto'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { identityKeys } from '../../../src/core/keys/identity.ts'
import { keyRing } from '../../../src/core/keys/key-ring.ts'
import type { VisitRow } from '../../../src/core/store/rows.ts'
import type { Store } from '../../../src/core/store/store.ts'
import type { Bay } from '../../../src/core/visits/bay.ts'
import { type Visit, visitRef } from '../../../src/core/visits/visit.ts'
import { visitStore } from '../../../src/core/visits/visit-store.ts'
import { visitRow } from '../../unit/visits/visit.fixture.ts'
import { type Storage, startStorage } from '../store/storage.fixture.ts'
import { dying } from './dying.fixture.ts'

const [TUESDAY, FRIDAY] = ['2031-03-04|cardiology', '2031-03-07|cardiology'] as const satisfies Bay[]
const ring = keyRing(randomBytes(32))
const identity = identityKeys(randomBytes(32))

let storage: Storage
beforeAll(async () => {
  storage = await startStorage()
})
afterAll(() => storage.close())

const visits = (store: Pick<Store, 'tables'> = storage.store) => visitStore(store, ring, 7)
const rowOn = (bay: Bay, more: Partial<VisitRow> = {}) =>
  visitRow({ start: `${bay.slice(0, 10)}T16:00:00.000Z`, linkKeyId: ring.current.id, ...more })

let serial = 0
async function booked(): Promise<Visit> {
  const ref = visitRef(identity, { tenantId: 'tenant', siteId: 'northwind001' }, `appointment ${++serial}`)
  const saved = await visits().save(ref, undefined, rowOn(TUESDAY))
  if (!saved) throw new Error('it was not written')
  return saved
}

/** A row as a look at the EHR makes it: the version after the one that was read. */
const next = (
  { row: { etag: _e, partitionKey: _p, rowKey: _r, ...row } }: Visit,
  more: Partial<VisitRow>,
) => ({
  ...row,
  version: row.version + 1,
  ...more,
})
const off = { cancelled: true, cause: 'cancelled' } as const
const away = { start: rowOn(FRIDAY).start, cause: 'moved' } as const

test('a version belongs to one of those who raise it at the same time', async () => {
  const visit = await booked()
  const all = await Promise.all(
    [off, away, off, away].map((more) => visits().save(visit, visit, next(visit, more))),
  )
  expect(all.filter((saved) => saved?.row.version === 2)).toHaveLength(1)
})

test('the row that a move left behind gets no version of its own, also when the visit comes back', async () => {
  const visit = await booked()
  const moved = await visits().save(visit, visit, next(visit, away))
  expect(moved).toMatchObject({ bay: FRIDAY, row: { version: 2 } })
  const left = await visits().at(visit, TUESDAY)
  expect(left?.row.version).toBe(1)
  expect(await visits().save(visit, left, next(visit, off))).toBeUndefined()
  expect(await visits().find(visit)).toEqual(moved)
})

test('a move that is overtaken on its way leads nowhere, and its version is nobody’s', async () => {
  const visit = await booked()
  const { tables } = storage.store
  const slow: typeof tables.visits = {
    ...tables.visits,
    async insert(row) {
      // It has taken its version, and before its row is there somebody calls the visit off where it was.
      const taken = await visits().save(visit, visit, next(visit, off))
      expect(taken).toMatchObject({ bay: TUESDAY, row: { version: 3, cancelled: true } })
      return tables.visits.insert(row)
    },
  }
  const mover = visits({ tables: { ...tables, visits: slow } })
  expect(await mover.save(visit, visit, next(visit, away))).toBeUndefined()
  expect(await visits().find(visit)).toMatchObject({ bay: TUESDAY, row: { version: 3, cancelled: true } })
})

test('a version that was taken and never written is passed over', async () => {
  const visit = await booked()
  // The first write takes the version, the second would be the row.
  await expect(visits(dying(storage.store, 2)).save(visit, visit, next(visit, off))).rejects.toThrow('died')
  expect((await visits().find(visit))?.row.version).toBe(1)
  expect((await visits().save(visit, visit, next(visit, off)))?.row.version).toBe(3)
})

test('what tells the patient nothing takes no version', async () => {
  const visit = await booked()
  const longer = { ...next(visit, {}), version: 1, minutes: 45 }
  const saved = await visits().save(visit, visit, longer)
  expect(saved?.row).toMatchObject({ version: 1, minutes: 45 })
  expect(await visits().find(visit)).toEqual(saved)
})
