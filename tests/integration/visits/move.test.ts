import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { visitStore } from '../../../src/core/visits/visit-store.ts'
import { at, type Clinic, clinic, DAY, linkKeys, shown } from '../messaging/clinic.fixture.ts'
import { type Life, life } from '../messaging/life.fixture.ts'
import { type Storage, startStorage } from '../messaging/storage.fixture.ts'

const NEXT = '2026-11-25'
const BEYOND = '2027-02-01'

let storage: Storage
beforeAll(async () => {
  storage = await startStorage()
})
afterAll(() => storage?.close())

/** A clinic with one visit that its patient was told of. */
async function known(): Promise<Clinic> {
  const made = clinic(storage.store)
  await made.sweep(DAY)
  await made.sweep(NEXT)
  made.ehr.book('A0', at('16:00'))
  await look(made, DAY)
  return made
}
async function look(made: Clinic, ...days: string[]): Promise<void> {
  for (const day of days) {
    made.advance(60)
    await made.sweep(day)
  }
  await made.workAll()
}
async function daysOf(made: Clinic): Promise<string[]> {
  const days: string[] = []
  for (const day of [DAY, NEXT, BEYOND])
    for await (const row of storage.store.tables.visits.list(
      `${made.site.tenantId}|${made.site.siteId}|${day}|family`,
      {
        from: 'v:',
      },
    ))
      if (row.type === 'visit') days.push(`${day} version ${row.version}`)
  return days
}
const linkOf = (made: Clinic, text: number) =>
  /\/v\/(\S+)/.exec(made.vendor.accepted[text]?.body ?? '')?.[1] ?? ''

describe('a visit that moves', () => {
  test('within its day is told so once, with the same link', async () => {
    const made = await known()
    made.ehr.change('A0', { start: at('18:30') })
    await look(made, DAY, DAY, DAY)
    expect(shown(made)).toEqual(['Video visit booked', 'Your video visit is'])
    expect(linkOf(made, 1)).toBe(linkOf(made, 0))
  })

  test.each([
    ['its own day is swept first', [DAY, NEXT, DAY]],
    ['its new day is swept first', [NEXT, DAY, NEXT]],
  ])('to another day is told so once when %s; row, index and link follow', async (_name, order) => {
    const made = await known()
    made.ehr.change('A0', { start: at('15:00', NEXT) })
    await look(made, ...order)
    expect(shown(made)).toEqual(['Video visit booked', 'Your video visit is'])
    expect(await daysOf(made)).toEqual([`${NEXT} version 2`])
    expect((await made.visit('A0'))?.bay).toBe(`${NEXT}|family`)
    expect(linkOf(made, 1)).toBe(linkOf(made, 0))
    const tapped = await visitStore(storage.store, linkKeys, 7).byToken(linkOf(made, 0), made.now())
    expect(tapped?.visit?.row.start).toBe(at('15:00', NEXT).toISOString())
  })

  test('to another day is told at once, not when that day is looked at', async () => {
    const made = await known()
    made.ehr.change('A0', { start: at('15:00', BEYOND) })
    made.advance(60)
    await made.sweep(DAY)
    expect(made.queue.map(({ message }) => message.bay)).toEqual([`${BEYOND}|family`])
    await made.work()
    expect(shown(made)).toEqual(['Video visit booked', 'Your video visit is'])
    expect((await made.notices('A0', BEYOND)).get('2:moved')).toMatchObject({ state: 'sent' })
  })

  test('to a day that nobody sweeps yet is told however its look breaks off, at every deed, once', async () => {
    const scene = async (mortal: Life, where: string) => {
      const made = await known()
      made.ehr.change('A0', { start: at('15:00', BEYOND) })
      made.advance(60)
      await made.sweep(DAY, mortal).catch(() => undefined)
      await look(made, DAY, DAY)
      expect(shown(made), where).toEqual(['Video visit booked', 'Your video visit is'])
      // A version that was taken and never written is passed over.
      expect(await daysOf(made), where).toEqual([
        expect.stringMatching(new RegExp(`^${BEYOND} version [23]$`)),
      ])
    }
    const whole = life()
    await scene(whole, 'not broken off')
    expect(whole.deeds).toBeGreaterThan(8)
    for (let deed = 0; deed < whole.deeds; deed++)
      for (const when of ['before', 'after'] as const)
        await scene(life(deed, when), `dying ${when} deed ${deed}`)
  })

  test('from A to B and back to A moved twice', async () => {
    const made = await known()
    made.ehr.change('A0', { start: at('15:00', NEXT) })
    await look(made, DAY, NEXT)
    made.ehr.change('A0', { start: at('16:00') })
    await look(made, DAY, NEXT, DAY)
    expect(shown(made)).toEqual(['Video visit booked', 'Your video visit is', 'Your video visit is'])
    expect(await daysOf(made)).toEqual([`${DAY} version 3`])
    expect(made.vendor.accepted[2]?.body).toContain('Tue, Nov 24, 10:00 AM CST')
  })

  test('and is cancelled before the move was told: the patient hears that it is off', async () => {
    const made = await known()
    made.ehr.change('A0', { start: at('15:00', NEXT) })
    made.advance(60)
    await made.sweep(DAY)
    made.ehr.change('A0', { cancelled: true })
    await look(made, NEXT, DAY)
    expect(shown(made)).toEqual(['Video visit booked', 'Video visit'])
  })

  test('keeps what was done for it: the meeting and who came', async () => {
    const made = await known()
    const visits = visitStore(storage.store, linkKeys, 7)
    const visit = await made.visit('A0')
    if (!visit) throw new Error('no visit')
    const seen = made.now().toISOString()
    await visits.update(visit, (row) => ({ ...row, sealedMeeting: 'sealed', patientSeenAt: seen }))
    made.ehr.change('A0', { start: at('15:00', NEXT) })
    await look(made, DAY)
    expect((await made.visit('A0'))?.row).toMatchObject({
      sealedMeeting: 'sealed',
      patientSeenAt: seen,
      version: 2,
    })
  })
})

describe('two sweeps at once', () => {
  test('of a window with new bookings make one visit and one text of each', async () => {
    const made = clinic(storage.store)
    await made.sweep(DAY)
    for (let n = 0; n < 20; n++) made.ehr.book(`A${n}`, at('16:00'))
    made.advance(60)
    await Promise.all([made.sweep(DAY), made.sweep(DAY), made.sweep(DAY)])
    await look(made, DAY)
    for (let n = 0; n < 20; n++) expect((await made.visit(`A${n}`))?.row.version).toBe(1)
    expect(made.vendor.accepted).toHaveLength(20)
  })

  test('of a visit that moved raise its version once, within the day and out of it', async () => {
    for (const start of [at('18:00'), at('15:00', NEXT)]) {
      const made = await known()
      made.ehr.change('A0', { start })
      made.advance(60)
      await Promise.all([made.sweep(DAY), made.sweep(NEXT), made.sweep(DAY), made.sweep(NEXT)])
      await look(made, DAY, NEXT)
      expect((await made.visit('A0'))?.row.version).toBe(2)
      expect(await daysOf(made)).toEqual([`${start.toISOString().slice(0, 10)} version 2`])
      expect(shown(made)).toEqual(['Video visit booked', 'Your video visit is'])
    }
  })

  test('of which one is slow: what it read before the other is not taken for news', async () => {
    const made = await known()
    let swept = false
    // Between the slow sweep's answer and its writing the visit moves, and another sweep sees it.
    made.ehr.onCall = async () => {
      if (swept) return
      swept = true
      made.ehr.change('A0', { start: at('18:00') })
      made.advance(1)
      await made.sweep(DAY)
      made.ehr.change('A0', { start: at('16:00') })
    }
    made.advance(60)
    await made.sweep(DAY)
    expect((await made.visit('A0'))?.row).toMatchObject({ version: 2, start: at('18:00').toISOString() })
    await look(made, DAY)
    expect((await made.visit('A0'))?.row).toMatchObject({ version: 3, start: at('16:00').toISOString() })
  })
})
