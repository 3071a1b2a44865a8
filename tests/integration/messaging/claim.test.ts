import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type ClaimRules, planClaims } from '../../../src/core/messaging/claim.ts'
import { type NoticeName, noticeRowKey } from '../../../src/core/messaging/notice.ts'
import { readNotices } from '../../../src/core/messaging/read-present.ts'
import { recordOutcomes, writeClaims } from '../../../src/core/messaging/write-claims.ts'
import { visitPartition } from '../../../src/core/visits/bay.ts'
import { type Storage, startStorage } from './storage.fixture.ts'

const NOW = new Date('2026-11-24T10:00:00.000Z')
const later = (seconds: number) => new Date(NOW.getTime() + seconds * 1000)
const WINDOW: ClaimRules = { leaseSeconds: 120, repeatabilitySeconds: 240 }
const NO_WINDOW: ClaimRules = { leaseSeconds: 120, repeatabilitySeconds: 0 }

let storage: Storage
beforeAll(async () => {
  storage = await startStorage()
})
afterAll(() => storage?.close())

const visits = () => storage.store.tables.visits

/** So many notices of one day of a site that no other test knows. */
function freshNames(count: number): NoticeName[] {
  const siteId = randomUUID()
  return Array.from({ length: count }, () => ({
    tenantId: 'tenant',
    siteId,
    bay: '2026-11-24|family',
    visitKey: randomUUID().replaceAll('-', '').slice(0, 22),
    version: 1,
    kind: 'booked' as const,
  }))
}
/** Reads, plans and writes, as a delivery does with nothing in between. */
async function claim(names: readonly NoticeName[], who: string, rules = WINDOW, now = NOW) {
  const plan = planClaims(names, await readNotices(visits(), names), who, rules, now)
  const { written, taken } = await writeClaims(visits(), [...plan.claimed, ...plan.unknown])
  const claimed = plan.claimed.flatMap((one) => {
    const row = written.get(one)
    return row ? [{ name: one.name, row }] : []
  })
  const unknown = plan.unknown.filter((one) => written.has(one)).map(({ name }) => name)
  return { claimed, unknown, held: plan.held, taken }
}

describe('claims on real tables', () => {
  test('a whole message is claimed at once', async () => {
    const names = freshNames(30)
    const claims = await claim(names, 'one')
    expect(claims.claimed.map(({ name }) => name)).toEqual(names)
    expect(claims.held).toEqual([])
    expect(new Set(claims.claimed.map(({ row }) => row.claimId))).toEqual(new Set(['one']))
  })

  test('of two claimers at once each notice has one, however often they try', async () => {
    const rounds = Array.from({ length: 25 }, async () => {
      const names = freshNames(6)
      const both = await Promise.all([claim(names, 'one'), claim([...names].reverse(), 'two')])
      const taken = both.flatMap(({ claimed }) => claimed.map(({ name }) => noticeRowKey(name)))
      expect([...taken].sort()).toEqual(names.map(noticeRowKey).sort())
    })
    await Promise.all(rounds)
  })

  test('of eight claimers of overlapping messages each notice has one', async () => {
    const names = freshNames(24)
    const all = await Promise.all(
      Array.from({ length: 8 }, (_, at) =>
        claim([...names.slice(at * 3), ...names.slice(0, at)], `claimer ${at}`),
      ),
    )
    const taken = all.flatMap(({ claimed }) => claimed.map(({ name }) => noticeRowKey(name)))
    expect(new Set(taken).size).toBe(taken.length)
    // Who lost too many races leaves its notices to a later message, which finds a holder or takes them.
    const again = all.flatMap((one) => one.taken.map(({ name }) => noticeRowKey(name)))
    expect(new Set([...taken, ...again]).size).toBe(names.length)
  })

  test('what another holds is named, with the time when it is worth another look', async () => {
    const names = freshNames(3)
    await claim(names.slice(0, 2), 'one')
    const second = await claim(names, 'two', WINDOW, later(60))
    expect(second.claimed.map(({ name }) => name)).toEqual(names.slice(2))
    expect(second.held).toEqual(names.slice(0, 2).map((name) => ({ name, until: later(120) })))
  })

  test('a holder that died is followed by exactly one when its lease is over', async () => {
    const names = freshNames(5)
    await claim(names, 'dead')
    expect((await claim(names, 'early', WINDOW, later(119.9))).claimed).toEqual([])
    const heirs = await Promise.all(['a', 'b', 'c', 'd'].map((who) => claim(names, who, WINDOW, later(120))))
    const taken = heirs.flatMap(({ claimed }) => claimed.map(({ name }) => noticeRowKey(name)))
    expect(taken.sort()).toEqual(names.map(noticeRowKey).sort())
  })

  test('what may have been sent is settled as unknown when the vendor may have forgotten it', async () => {
    const names = freshNames(2)
    const { claimed } = await claim(names, 'dead')
    const sending = claimed.map((one) => ({
      ...one,
      row: { ...one.row, state: 'sending' as const, firstSentAt: NOW.toISOString() },
    }))
    await recordOutcomes(visits(), sending)
    const next = await claim(names, 'next', NO_WINDOW, later(120))
    expect(next).toEqual({ claimed: [], unknown: names, held: [], taken: [] })
    for (const name of names) {
      const row = await visits().get(visitPartition(name.tenantId, name.siteId, name.bay), noticeRowKey(name))
      expect(row).toMatchObject({ state: 'unknown', reason: 'send_outcome_unknown' })
    }
    expect(await claim(names, 'third', WINDOW, later(10_000))).toEqual({
      claimed: [],
      unknown: [],
      held: [],
      taken: [],
    })
  })

  test('what may have been sent a moment ago is taken over with its first request in mind', async () => {
    const names = freshNames(1)
    const { claimed } = await claim(names, 'dead')
    await recordOutcomes(
      visits(),
      claimed.map((one) => ({
        ...one,
        row: { ...one.row, state: 'sending' as const, firstSentAt: NOW.toISOString() },
      })),
    )
    const next = await claim(names, 'next', WINDOW, later(120))
    expect(next.claimed[0]?.row).toMatchObject({
      state: 'sending',
      claimId: 'next',
      firstSentAt: NOW.toISOString(),
    })
  })

  test('nothing is claimed of no names', async () =>
    expect(await claim([], 'one')).toEqual({ claimed: [], unknown: [], held: [], taken: [] }))
})

describe('a claim whose answer was lost', () => {
  test('is known as its own when it is written a second time', async () => {
    const names = freshNames(3)
    const plan = planClaims(names, new Map(), 'one', WINDOW, NOW)
    await writeClaims(visits(), plan.claimed)
    const again = await writeClaims(visits(), plan.claimed)
    expect(again.taken).toEqual([])
    expect([...again.written.values()].map(({ claimId }) => claimId)).toEqual(['one', 'one', 'one'])
    for (const row of again.written.values())
      expect(await visits().get(row.partitionKey, row.rowKey)).toMatchObject({ etag: row.etag })
  })
})

describe('outcomes on real tables', () => {
  test('a holder that was followed writes nothing any more', async () => {
    const names = freshNames(3)
    const first = await claim(names, 'slow')
    const second = await claim(names.slice(1), 'heir', WINDOW, later(120))
    expect(second.claimed).toHaveLength(2)
    const { written, taken } = await writeClaims(
      visits(),
      first.claimed.map((one) => ({ ...one, row: { ...one.row, state: 'sending' as const } })),
    )
    expect([...written.keys()].map(({ name }) => name)).toEqual(names.slice(0, 1))
    expect(taken.map(({ name }) => name)).toEqual(names.slice(1))
    for (const name of names.slice(1)) {
      const row = await visits().get(visitPartition(name.tenantId, name.siteId, name.bay), noticeRowKey(name))
      expect(row).toMatchObject({ state: 'claimed', claimId: 'heir' })
    }
  })

  test('a receipt that was faster is not written over, and holds up none of the others', async () => {
    const names = freshNames(3)
    const { claimed } = await claim(names, 'one')
    const [early] = claimed
    if (!early) throw new Error('nothing claimed')
    await visits().replace({ ...early.row, state: 'delivered' })
    await recordOutcomes(
      visits(),
      claimed.map((one) => ({ ...one, row: { ...one.row, state: 'sent' as const } })),
    )
    const partition = early.row.partitionKey
    for (const name of names.slice(1))
      expect(await visits().get(partition, noticeRowKey(name))).toMatchObject({ state: 'sent' })
    expect(await visits().get(partition, early.row.rowKey)).toMatchObject({ state: 'delivered' })
  })
})
