import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { ok } from '../../../src/core/result.ts'
import type { Department } from '../../../src/core/sites/site.ts'
import type { Table } from '../../../src/core/store/table.ts'
import { lookAtPushed } from '../../../src/core/visits/pushed.ts'
import { visitStore } from '../../../src/core/visits/visit-store.ts'
import {
  at,
  type Clinic,
  clinic,
  DAY,
  identity,
  linkKeys,
  seals,
  shown,
} from '../messaging/clinic.fixture.ts'
import { type Storage, startStorage } from '../messaging/storage.fixture.ts'

const NEXT = '2026-11-25'
const family: Department = { id: 'family', name: 'Family', locationIds: ['L1'], on: true }
const heart: Department = { id: 'heart', name: 'Heart', locationIds: ['L2'], on: true }

let storage: Storage
beforeAll(async () => {
  storage = await startStorage()
})
afterAll(() => storage?.close())

async function look(made: Clinic, ids: readonly string[], days: readonly string[] = [DAY]): Promise<void> {
  for (const day of days)
    for (const id of ids) {
      made.advance(60)
      const swept = await made.sweep(day, undefined, id)
      if (!swept.ok) throw new Error(swept.failure.code)
    }
}

/** The EHR pushes word of the visit. */
async function push(made: Clinic): Promise<void> {
  const { confirmations } = storage.store.queues
  const send = async (message: Clinic['queue'][number]['message']) =>
    void made.queue.push({ message, visibleAt: made.now() })
  const store = {
    tables: storage.store.tables,
    queues: { ...storage.store.queues, confirmations: { ...confirmations, send } },
  }
  const visits = visitStore(store, linkKeys, 7)
  const ports = {
    store,
    visits,
    seals,
    identity,
    linkKeys,
    ehr: async () => ok(made.ehr.port),
    now: made.now,
  }
  const looked = await lookAtPushed(ports, made.site, ['A0'])
  if (!looked.ok) throw new Error(looked.failure.code)
}

/** A visit that was booked in family medicine, confirmed, and taken to the heart's location on the same day. */
async function changed(options: Parameters<typeof clinic>[1] = {}): Promise<Clinic> {
  const made = clinic(storage.store, { ...options, more: { departments: [family, heart] } })
  await look(made, ['family', 'heart'], [DAY, NEXT])
  made.ehr.book('A0', at('16:00'))
  await look(made, ['family'])
  await made.workAll()
  made.ehr.change('A0', { locationIds: ['L2'] })
  return made
}
const rowOf = async (made: Clinic) => {
  const visit = await made.visit('A0')
  return { bay: visit?.bay, departmentId: visit?.row.departmentId, version: visit?.row.version }
}

describe('a visit that goes to another department within its day', () => {
  test.each([
    ['its old department is looked at first', ['family', 'heart', 'family', 'heart']],
    ['its new department is looked at first', ['heart', 'family', 'heart', 'family']],
  ])('is confirmed once and reminded once, when %s, and lies where it lay', async (_name, order) => {
    const made = await changed({ texts: { reminderMinutes: [60] } })
    await look(made, order)
    made.advance((at('15:05').getTime() - made.now().getTime()) / 1000)
    for (const ids of [order, order]) {
      await made.remind()
      await look(made, ids)
      await made.workAll()
      made.advance(11 * 60)
    }
    expect(await rowOf(made)).toEqual({ bay: `${DAY}|family`, departmentId: 'heart', version: 1 })
    expect([...(await made.notices('A0', DAY)).keys()].sort()).toEqual(['1:booked', '1:reminder.0'])
    expect(made.vendor.accepted).toHaveLength(2)
  })

  const ends = [
    [
      'is cancelled',
      (made: Clinic) => made.ehr.change('A0', { cancelled: true, status: 'cancelled' }),
      '2:cancelled sent',
    ],
    // Nobody knows any more whom to text: it is for staff.
    [
      'vanishes from the EHR',
      (made: Clinic) => void made.ehr.appointments.delete('A0'),
      '2:cancelled undelivered',
    ],
    ['moves within the day', (made: Clinic) => made.ehr.change('A0', { start: at('18:00') }), '2:moved sent'],
    [
      'moves to another day',
      (made: Clinic) => made.ehr.change('A0', { start: at('16:00', NEXT) }),
      '2:moved sent',
    ],
  ] as const
  const orders = [
    ['family', 'heart'],
    ['heart', 'family'],
  ] as const
  test.each(ends.flatMap(([name, end, told]) => orders.map((order) => ({ name, end, told, order }))))(
    'is told of once when it $name and looks come in the order $order',
    async ({ end, told, order }) => {
      const made = await changed()
      await look(made, order)
      end(made)
      await look(made, [...order, ...order], [DAY, NEXT])
      await made.workAll()
      const notices = [...(await made.notices('A0', DAY)), ...(await made.notices('A0', NEXT))]
      expect(notices.map(([kind, { state }]) => `${kind} ${state}`)).toEqual(['1:booked sent', told])
      expect(made.vendor.accepted).toHaveLength(told.endsWith('undelivered') ? 1 : 2)
      expect(await rowOf(made)).toMatchObject({ version: 2, departmentId: 'heart' })
    },
  )

  test('and to another day lies with that department there, and with the first when it comes back', async () => {
    const made = await changed()
    made.ehr.change('A0', { start: at('16:00', NEXT) })
    await look(made, ['heart', 'family'], [NEXT, DAY])
    await made.workAll()
    expect(await rowOf(made)).toEqual({ bay: `${NEXT}|heart`, departmentId: 'heart', version: 2 })
    made.ehr.change('A0', { start: at('16:00') })
    await look(made, ['heart', 'family'], [DAY, NEXT])
    await made.workAll()
    expect(await rowOf(made)).toEqual({ bay: `${DAY}|family`, departmentId: 'heart', version: 3 })
    expect(made.vendor.accepted).toHaveLength(3)
  })

  test('is taken for no first look when its old department gets another location', async () => {
    const made = await changed()
    await look(made, ['heart', 'family'])
    made.site = { ...made.site, departments: [{ ...family, locationIds: ['L1', 'L3'] }, heart] }
    made.ehr.change('A0', { cancelled: true, status: 'cancelled' })
    await look(made, ['family', 'heart'])
    await made.workAll()
    expect(shown(made)).toHaveLength(2)
  })
})

test.each([`${DAY}|family`, `${NEXT}|heart`] as const)(
  'a notice in %s, where a look that was held up made the visit too, is not sent beside the one that was',
  async (bay) => {
    const made = clinic(storage.store, { more: { departments: [family, heart] } })
    await look(made, ['family'], [NEXT])
    made.ehr.book('A0', at('16:00', NEXT))
    await look(made, ['family'], [NEXT])
    const [queued] = made.queue
    if (!queued) throw new Error('nothing is owed')
    await made.workAll()
    await made.deliver({ ...queued.message, bay })
    await made.workAll()
    expect(made.vendor.accepted).toHaveLength(1)
  },
)

describe('a department that others were merged into', () => {
  test.each([
    ['removed', [heart]],
    ['switched off', [{ ...family, on: false }, heart]],
  ])('sees to what still lies in the bay of one that was %s', async (_name, departments) => {
    for (const end of [
      (made: Clinic) => made.ehr.change('A0', { cancelled: true, status: 'cancelled' }),
      (made: Clinic) => void made.ehr.appointments.delete('A0'),
    ]) {
      const made = await changed()
      await look(made, ['heart'])
      made.site = { ...made.site, departments: departments as Department[] }
      await look(made, ['heart'])
      end(made)
      await look(made, ['heart', 'heart'])
      await made.workAll()
      expect([...(await made.notices('A0', DAY)).keys()]).toEqual(['1:booked', '2:cancelled'])
      expect((await made.visit('A0'))?.row).toMatchObject({ cause: 'cancelled', version: 2 })
    }
  })

  test('leaves a visit alone that is still the removed one’s', async () => {
    const made = clinic(storage.store, { more: { departments: [family, heart] } })
    await look(made, ['family', 'heart'])
    made.ehr.book('A0', at('16:00'))
    await look(made, ['family'])
    made.site = { ...made.site, departments: [heart] }
    made.ehr.change('A0', { cancelled: true, status: 'cancelled' })
    await look(made, ['heart', 'heart'])
    expect(await rowOf(made)).toEqual({ bay: `${DAY}|family`, departmentId: 'family', version: 1 })
  })
})

test('a look of one department reads the rows of its own bay and of no other', async () => {
  const made = clinic(storage.store, { more: { departments: [family, heart] } })
  for (let n = 0; n < 6; n++) made.ehr.book(`F${n}`, at('16:00'))
  for (let n = 0; n < 9; n++) made.ehr.book(`H${n}`, at('17:00'), { locationIds: ['L2'] })
  await look(made, ['family', 'heart'])
  const read = new Map<string, number>()
  const { visits } = storage.store.tables
  const counting = (name: 'list' | 'across'): void => {
    const before = visits[name] as Table<{ type: string }>['list']
    Object.assign(visits, {
      async *[name](...given: Parameters<typeof before>) {
        for await (const row of before(...given)) {
          read.set(row.partitionKey, (read.get(row.partitionKey) ?? 0) + 1)
          yield row
        }
      },
    })
  }
  const original = { list: visits.list, across: visits.across }
  counting('list')
  counting('across')
  try {
    await look(made, ['heart'])
  } finally {
    Object.assign(visits, original)
  }
  const { tenantId, siteId } = made.site
  expect([...read]).toEqual([[`${tenantId}|${siteId}|${DAY}|heart`, 9]])
})

test('a visit that a push takes out of a department that is off is missed when it vanishes before the next look', async () => {
  const made = await changed()
  made.site = { ...made.site, departments: [{ ...family, on: false }, heart] }
  await push(made)
  expect(await rowOf(made)).toEqual({ bay: `${DAY}|family`, departmentId: 'heart', version: 1 })
  made.ehr.appointments.delete('A0')
  await look(made, ['heart', 'heart'])
  await made.workAll()
  const notices = [...(await made.notices('A0', DAY))].map(([kind, { state }]) => `${kind} ${state}`)
  expect(notices).toEqual(['1:booked sent', '2:cancelled undelivered'])
})

test('what a push notes in the mark while a look is at work stays noted', async () => {
  const made = await changed()
  made.site = { ...made.site, departments: [{ ...family, on: false }, heart] }
  const { appointments } = made.ehr
  const moved = appointments.get('A0')
  let pushed = false
  // The look has read its mark and its bays; its search does not show the visit yet.
  appointments.delete('A0')
  made.ehr.onCall = async () => {
    if (pushed || !moved) return
    pushed = true
    appointments.set('A0', moved)
    await push(made)
    appointments.delete('A0')
  }
  await look(made, ['heart'])
  expect(pushed).toBe(true)
  await look(made, ['heart', 'heart'])
  await made.workAll()
  const notices = [...(await made.notices('A0', DAY))].map(([kind, { state }]) => `${kind} ${state}`)
  expect(notices).toEqual(['1:booked sent', '2:cancelled undelivered'])
})
