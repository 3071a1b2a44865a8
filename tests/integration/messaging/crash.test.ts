import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { inParallel } from '../../../src/core/messaging/in-parallel.ts'
import { visitStore } from '../../../src/core/visits/visit-store.ts'
import { at, type Clinic, clinic, DAY, linkKeys, shown } from './clinic.fixture.ts'
import { type Life, life } from './life.fixture.ts'
import { type Storage, startStorage } from './storage.fixture.ts'

let storage: Storage
beforeAll(async () => {
  storage = await startStorage()
})
afterAll(() => storage?.close())

async function clinicWith(visits: number, windowSeconds: number): Promise<Clinic> {
  const made = clinic(storage.store, { windowSeconds })
  await made.sweep(DAY)
  for (let n = 0; n < visits; n++) made.ehr.book(`A${n}`, at(`${10 + n}:00`))
  made.advance(60)
  await made.sweep(DAY)
  return made
}
const stateOf = async (made: Clinic, id: string, notice = '1:booked') =>
  (await made.notices(id, DAY)).get(notice)

/** Runs a scene once for every deed of its process, dying before it and after it. @returns how many deeds there are. */
async function atEveryDeed(scene: (mortal: Life, where: string) => Promise<void>): Promise<number> {
  const immortal = life()
  await scene(immortal, 'not dying')
  const deaths = Array.from({ length: immortal.deeds }, (_, dieAt) =>
    (['before', 'after'] as const).map((when) => ({ dieAt, when })),
  ).flat()
  await inParallel(deaths, 4, ({ dieAt, when }) => scene(life(dieAt, when), `dying ${when} deed ${dieAt}`))
  return immortal.deeds
}

/** The first message is worked on by a process that may die, everything after it by healthy ones. */
function firstBy(mortal: Life): () => Life {
  let first = true
  return () => {
    const process = first ? mortal : life()
    first = false
    return process
  }
}

describe('a process that dies anywhere while it works on a message', () => {
  test.each([0, 240])(
    'leaves no second text and no silence, with a window of %i seconds',
    async (windowSeconds) => {
      const deeds = await atEveryDeed(async (mortal, where) => {
        const made = await clinicWith(2, windowSeconds)
        await made.work(firstBy(mortal))
        await made.workAll()
        for (const id of ['A0', 'A1']) {
          const row = await stateOf(made, id)
          const to = `+1816444000${id.slice(1)}`
          const texts = made.vendor.accepted.filter((text) => text.to === to).length
          expect(texts, `${where}: texts to ${id}`).toBeLessThanOrEqual(1)
          // Sent, or honestly unknown; never "sent" without a text, and never left lying about.
          expect(row?.state, `${where}: ${id}`).toMatch(/^(sent|unknown)$/)
          if (row?.state === 'sent') expect(texts, where).toBe(1)
          if (windowSeconds > 0) expect(texts, `${where}: texts to ${id}`).toBe(1)
        }
      })
      expect(deeds).toBeGreaterThan(10)
    },
  )

  test('after the text was accepted: the vendor is asked again with the same id while it surely remembers', async () => {
    const made = await clinicWith(1, 240)
    made.rules = { ...made.rules, leaseSeconds: 60 }
    const mortal = life()
    made.vendor.answer = () => {
      if (made.vendor.requests.length === 1) throw new Error('the process is gone')
      return 'accepted'
    }
    const [queued] = made.queue
    if (!queued) throw new Error('nothing is queued')
    await expect(made.deliver(queued.message, mortal)).rejects.toThrow()
    made.advance(61)
    await made.workAll()
    const [first, second] = made.vendor.requests
    expect(second?.repeatabilityId).toBe(first?.repeatabilityId)
    expect(second?.firstSentAt).toEqual(first?.firstSentAt)
    expect(second?.tag).toBe(first?.tag)
    expect(await stateOf(made, 'A0')).toMatchObject({ state: 'sent' })
  })

  test('between recording and putting back: the message itself brings the rest to its end', async () => {
    const made = await clinicWith(3, 240)
    made.vendor.answer = (_text, request) => (request === 1 ? 'throttled' : 'accepted')
    const [queued] = made.queue
    if (!queued) throw new Error('nothing is queued')
    const { again } = await made.deliver(queued.message)
    expect(again.map(({ because, delaySeconds }) => [because, delaySeconds])).toEqual([['sms_throttled', 8]])
    // Nothing is put back: the process is gone, and the queue shows its message again.
    await made.workAll()
    expect(made.vendor.accepted).toHaveLength(3)
    for (const id of ['A0', 'A1', 'A2']) expect(await stateOf(made, id)).toMatchObject({ state: 'sent' })
  })

  test('and whose message is never seen again: a sweep finds what it left and brings it to its end', async () => {
    let left = 0
    for (let dieAt = 0; dieAt < 12; dieAt++) {
      const made = await clinicWith(1, 0)
      const [queued] = made.queue.splice(0)
      if (!queued) throw new Error('nothing is queued')
      await made.deliver(queued.message, life(dieAt, 'after')).catch(() => {})
      if (/^(claimed|sending)$/.test((await stateOf(made, 'A0'))?.state ?? '')) left++
      for (let tick = 0; tick < 10; tick++) {
        made.advance(120)
        await made.sweep(DAY)
        await made.work()
      }
      expect((await stateOf(made, 'A0'))?.state).toMatch(/^(sent|unknown)$/)
      expect(made.vendor.accepted.length).toBeLessThanOrEqual(1)
      expect(made.queue).toEqual([])
    }
    expect(left).toBeGreaterThanOrEqual(2)
  })
})

describe('a process that dies anywhere while it sweeps', () => {
  async function settle(made: Clinic): Promise<void> {
    for (const day of [DAY, '2026-11-25', DAY]) {
      made.advance(60)
      await made.sweep(day)
    }
    await made.workAll()
  }
  const dies = (work: Promise<unknown>, mortal: Life) =>
    work.catch((error: unknown) => {
      if (!mortal.dead) throw error
    })

  test('at a new booking: the next sweep heals it, and it is confirmed once, by a link that leads to it', async () => {
    await atEveryDeed(async (mortal, where) => {
      const made = clinic(storage.store)
      await made.sweep(DAY)
      await made.sweep('2026-11-25')
      made.ehr.book('A0', at('16:00'))
      made.advance(60)
      await dies(made.sweep(DAY, mortal), mortal)
      await settle(made)
      expect(shown(made), where).toEqual(['Video visit booked'])
      expect((await made.visit('A0'))?.row, where).toMatchObject({ version: 1, cause: 'booked' })
      const link = /\/v\/(\S+)/.exec(made.vendor.accepted[0]?.body ?? '')?.[1] ?? ''
      const tapped = await visitStore(storage.store, linkKeys, 7).byToken(link, made.now())
      expect(tapped?.visit?.row.start, where).toBe(at('16:00').toISOString())
    })
  })

  test('at a move to another day: it is told once, and one row is left', async () => {
    await atEveryDeed(async (mortal, where) => {
      const made = clinic(storage.store)
      await made.sweep(DAY)
      await made.sweep('2026-11-25')
      made.ehr.book('A0', at('16:00'))
      await settle(made)
      made.ehr.change('A0', { start: at('16:00', '2026-11-25') })
      made.advance(60)
      await dies(made.sweep(DAY, mortal), mortal)
      await settle(made)
      expect(shown(made), where).toEqual(['Video visit booked', 'Your video visit is'])
      const rows = await rowsOf(made)
      // A version that was taken and never written is passed over.
      expect(rows, where).toEqual([expect.stringMatching(/^2026-11-25 version [23] moved$/)])
    })
  })

  test('at the baseline: it stays one', async () => {
    await atEveryDeed(async (mortal, where) => {
      const made = clinic(storage.store)
      made.ehr.book('A0', at('16:00'))
      await dies(made.sweep(DAY, mortal), mortal)
      await settle(made)
      expect(made.vendor.requests, where).toEqual([])
      expect((await made.visit('A0'))?.row, where).toMatchObject({ version: 1, cause: 'baseline' })
    })
  })
})

async function rowsOf(made: Clinic): Promise<string[]> {
  const rows: string[] = []
  for (const day of [DAY, '2026-11-25'])
    for await (const row of storage.store.tables.visits.list(
      `${made.site.tenantId}|${made.site.siteId}|${day}|family`,
      { from: 'v:' },
    ))
      if (row.type === 'visit') rows.push(`${day} version ${row.version} ${row.cause}`)
  return rows
}
