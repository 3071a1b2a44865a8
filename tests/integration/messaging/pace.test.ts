import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Limit, pauseSender, takePlaces } from '../../../src/core/messaging/pace.ts'
import { type Storage, startStorage } from './storage.fixture.ts'

const NOW = new Date('2026-11-24T10:00:03.000Z')
const later = (seconds: number) => new Date(NOW.getTime() + seconds * 1000)
const LIMITS: Limit[] = [{ count: 30, seconds: 60 }]
const wanted = (count: number) => Array.from({ length: count }, () => later(7200))

let storage: Storage
beforeAll(async () => {
  storage = await startStorage()
})
afterAll(() => storage?.close())

const pace = () => storage.store.tables.pace
const sender = () => `sms|${randomUUID()}`

describe('the pace of a sender on real tables', () => {
  test('instances that ask at the same time share one pace', async () => {
    const one = sender()
    const given = await Promise.all(
      Array.from({ length: 8 }, () => takePlaces(pace(), one, wanted(10), LIMITS, NOW)),
    )
    const places = given.flat()
    // Who lost the race too often is told to come again, and takes nothing.
    const again = places.filter(({ kind }) => kind === 'ask_again').length
    const at = places.flatMap((place) => (place.kind === 'place' ? [place.at.toISOString()] : []))
    expect(at.length + again).toBe(80)
    expect(at.length).toBeGreaterThanOrEqual(30)
    const bySlot = Map.groupBy(at, (time) => time)
    expect([...bySlot.values()].every((same) => same.length <= 30)).toBe(true)
    expect(bySlot.get(NOW.toISOString())).toHaveLength(30)
    // The row knows exactly what was handed out.
    const row = await pace().get(one, 'places')
    const taken = (row?.taken ?? '').split(' ').map((part) => Number(part.split(':')[1]))
    expect(taken.reduce((sum, places) => sum + places, 0)).toBe(at.length)
  })

  test('each sender has a pace of its own', async () => {
    const [one, other] = [sender(), sender()]
    await takePlaces(pace(), one, wanted(30), LIMITS, NOW)
    expect(await takePlaces(pace(), other, wanted(1), LIMITS, NOW)).toEqual([{ kind: 'place', at: NOW }])
    expect(await takePlaces(pace(), one, wanted(1), LIMITS, NOW)).toEqual([
      { kind: 'place', at: new Date('2026-11-24T10:01:10.000Z') },
    ])
  })

  test('a pause that one instance was asked for holds for all, and is over when it ends', async () => {
    const one = sender()
    await pauseSender(pace(), one, later(60), NOW)
    await pauseSender(pace(), one, later(30), NOW)
    expect(await takePlaces(pace(), one, wanted(1), LIMITS, later(1))).toEqual([
      { kind: 'place', at: new Date('2026-11-24T10:01:10.000Z') },
    ])
    expect(await takePlaces(pace(), one, wanted(1), LIMITS, later(70))).toEqual([
      { kind: 'place', at: later(70) },
    ])
    expect(await pace().get(one, 'places')).not.toHaveProperty('pausedUntil')
  })

  test('who wants nothing, or nothing in time, writes nothing', async () => {
    const one = sender()
    expect(await takePlaces(pace(), one, [], LIMITS, NOW)).toEqual([])
    expect(await takePlaces(pace(), one, [NOW], LIMITS, NOW)).toEqual([{ kind: 'none' }])
    expect(await pace().get(one, 'places')).toBeUndefined()
  })
})
