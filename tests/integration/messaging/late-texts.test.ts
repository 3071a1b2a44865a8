import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { dayBoard } from '../../../src/core/launches/day-board.ts'
import { type LateMinutes, runLate } from '../../../src/core/launches/running-late.ts'
import { lateTold } from '../../../src/core/messaging/late-told.ts'
import { recordWord } from '../../../src/core/messaging/opt-outs.ts'
import { readNoticesOfVisit } from '../../../src/core/messaging/read-notices.ts'
import { workList } from '../../../src/core/messaging/work-list.ts'
import { visitStore } from '../../../src/core/visits/visit-store.ts'
import { at, type Clinic, clinic, identity, linkKeys, seals } from './clinic.fixture.ts'
import { type Storage, startStorage } from './storage.fixture.ts'

let storage: Storage
beforeAll(async () => {
  storage = await startStorage()
})
afterAll(() => storage?.close())

const PHONES = ['+18165550101', '+18165550102', '+18165550103'] as const

/** A morning of three visits of one clinician, each of its own patient, an hour before the first. */
function morning(given: Parameters<typeof clinic>[1] = {}, phones: readonly string[] = PHONES): Clinic {
  const made = clinic(storage.store, { start: at('15:00').toISOString(), ...given })
  for (const [n, phone] of phones.entries())
    made.ehr.book(`A${n}`, at(`${16 + n}:00`), {}, { phones: [phone] })
  return made
}

const ports = (made: Clinic) => {
  const send = async (message: Clinic['queue'][number]['message']) => {
    made.queue.push({ message, visibleAt: made.now() })
  }
  const store = {
    ...storage.store,
    queues: { ...storage.store.queues, confirmations: { ...storage.store.queues.confirmations, send } },
  }
  return { visits: visitStore(storage.store, linkKeys, 7), seals, identity, linkKeys, store, now: made.now }
}

async function late(made: Clinic, minutes: LateMinutes) {
  const present = made.ehr.appointments.get('A0')
  if (!present) throw new Error('A0 is not booked')
  const done = await runLate(ports(made), made.site, made.ehr.port, present, 'D1', minutes)
  return done.ok ? done.value : done.failure.code
}

/** What the page says of each visit, in the order of the day. */
async function told(made: Clinic): Promise<(string | undefined)[]> {
  return Promise.all(
    [...made.ehr.appointments.keys()].map(async (id) => {
      const visit = await made.visit(id)
      if (!visit) return undefined
      const notices = await readNoticesOfVisit(storage.store.tables.visits, visit)
      const is = lateTold(visit.row, notices, made.now())
      return is && [is.told, is.row?.reason].filter(Boolean).join(' ')
    }),
  )
}

/** What the clinician's day board lists as having reached nobody. */
async function onBoard(made: Clinic): Promise<string[]> {
  const day = await dayBoard(ports(made), made.site, made.ehr.port, 'D1')
  if (!day.ok) throw new Error(day.failure.code)
  return day.value.flatMap(({ appointment, failed }) =>
    failed.map(({ kind, row }) => `${appointment.id} ${kind} ${row.reason}`),
  )
}
async function forStaff(made: Clinic): Promise<string[]> {
  const { open } = await workList({ store: storage.store, now: made.now }, [made.site])
  return open.map(({ kind, reason }) => `${kind} ${reason}`).sort()
}

describe('what was told of a delay becomes true, on real tables', () => {
  test('a text that a cap holds back is named to the clinician and to staff, with the reason', async () => {
    const made = morning({ texts: { dailyCap: 1 } }, [PHONES[0], PHONES[0], PHONES[2]])
    expect(await late(made, 10)).toEqual({ visits: 3, texts: 3 })
    expect(await told(made)).toEqual(['on_its_way', 'on_its_way', 'on_its_way'])
    await made.workAll()
    expect(made.vendor.accepted).toHaveLength(2)
    const said = await told(made)
    expect(said.filter((one) => one === 'not_sent daily_cap')).toHaveLength(1)
    expect(said.filter((one) => one === 'sent')).toHaveLength(2)
    expect(await onBoard(made)).toEqual([expect.stringMatching(/^A[01] late\.10 daily_cap$/)])
    expect(await forStaff(made)).toEqual(['late.10 daily_cap'])
  })

  test.each([
    ['a range of numbers', { number: 9, prefix: 2, tenant: 9 }, 'prefix_cap'],
    ['the organization', { number: 9, prefix: 9, tenant: 2 }, 'tenant_cap'],
  ])('so is one that the cap of %s holds back', async (_whose, caps, reason) => {
    const made = morning({ caps })
    await late(made, 15)
    await made.workAll()
    expect((await told(made)).sort()).toEqual([`not_sent ${reason}`, 'sent', 'sent'])
    expect(await forStaff(made)).toEqual([`late.15 ${reason}`])
  })

  test('who answered STOP is not texted, and the clinician reads that they were not', async () => {
    const made = morning()
    await recordWord(
      { store: storage.store, identity, now: made.now },
      made.site.tenantId,
      PHONES[1],
      'STOP',
      made.now(),
    )
    await late(made, 5)
    await made.workAll()
    expect(made.vendor.accepted.map(({ to }) => to).sort()).toEqual([PHONES[0], PHONES[2]])
    expect(await told(made)).toEqual(['sent', 'not_sent opted_out', 'sent'])
    expect(await onBoard(made)).toEqual(['A1 late.5 opted_out'])
  })

  test('in quiet hours nobody is texted whose new time comes before their end', async () => {
    const made = morning({ texts: { quietHours: { from: '21:00', to: '11:00' } } })
    await late(made, 10)
    await made.work()
    expect((await told(made)).slice(0, 2)).toEqual(['not_sent quiet_hours', 'on_its_way'])
    expect(await onBoard(made)).toEqual(['A0 late.10 quiet_hours'])
    await made.workAll()
    expect((await told(made)).slice(1)).toEqual(['sent', 'sent'])
  })

  test('a delay that was changed leaves nothing of the one before on the board', async () => {
    const made = morning({ texts: { dailyCap: 1 } }, [PHONES[0], PHONES[0]])
    await late(made, 5)
    await made.workAll()
    await late(made, 30)
    await made.workAll()
    expect(await onBoard(made)).toEqual(['A0 late.30 daily_cap', 'A1 late.30 daily_cap'])
    await late(made, 0)
    expect(await onBoard(made)).toEqual([])
    expect(await told(made)).toEqual([undefined, undefined])
  })

  test('pressed again, it texts nobody again', async () => {
    const made = morning()
    await late(made, 10)
    await made.workAll()
    await late(made, 10)
    await made.workAll()
    expect(made.vendor.accepted).toHaveLength(3)
    expect(await told(made)).toEqual(['sent', 'sent', 'sent'])
  })
})
