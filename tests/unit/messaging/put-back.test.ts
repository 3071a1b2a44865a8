import { describe, expect, test } from 'vitest'
import { inParallel, settleInParallel } from '../../../src/core/messaging/in-parallel.ts'
import type { NoticeName } from '../../../src/core/messaging/notice.ts'
import { namesIn, putBack, secondsUntil } from '../../../src/core/messaging/put-back.ts'
import type { Message } from '../../../src/core/store/messages.ts'

const deadline = '2026-11-24T16:30:00.000Z'
const refs = ['A', 'B', 'C', 'D'].map((letter) => ({
  visitKey: letter.repeat(22),
  version: 1,
  kind: 'booked',
  deadline,
}))
const message: Message<'confirmations'> = {
  schema: 1,
  tenantId: 't',
  siteId: 's',
  bay: '2026-11-24|family',
  notices: refs,
}
const names = [...namesIn(message).values()].map(({ name }) => name)
const later = (at: number, seconds: number, because: string) => ({
  name: names[at] as NoticeName,
  seconds,
  because,
})

describe('what is put back', () => {
  test('is one message for each reason, with the longest wait and a second more', () => {
    const again = putBack(message, [later(0, 30, 'slow'), later(2, 90, 'slow'), later(1, 5, 'held')])
    expect(again.map(({ because, delaySeconds }) => [because, delaySeconds])).toEqual([
      ['slow', 91],
      ['held', 6],
    ])
    expect(again.map((one) => one.message.notices)).toEqual([[refs[0], refs[2]], [refs[1]]])
  })

  test('never is more than what came', () => {
    const again = putBack(
      message,
      names.map((name, at) => ({ name, seconds: at, because: `reason ${at % 2}` })),
    )
    expect(again.flatMap((one) => one.message.notices)).toHaveLength(refs.length)
  })

  test('is nothing where nothing is left', () => expect(putBack(message, [])).toEqual([]))
})

test('a notice that a message names twice is one', () => {
  expect(namesIn({ ...message, notices: [...refs, ...refs] }).size).toBe(refs.length)
})

test('a wait is at least a second, and never too short', () => {
  const now = new Date(1_000)
  expect(secondsUntil(new Date(500), now)).toBe(1)
  expect(secondsUntil(new Date(2_001), now)).toBe(2)
})

describe('work in parallel', () => {
  test('keeps the order of the items, and no more are under way than allowed', async () => {
    let underWay = 0
    let most = 0
    const results = await inParallel([5, 1, 4, 2, 3, 0], 3, async (turns) => {
      most = Math.max(most, ++underWay)
      for (let turn = 0; turn < turns; turn++) await Promise.resolve()
      underWay--
      return turns * 10
    })
    expect(results).toEqual([50, 10, 40, 20, 30, 0])
    expect(most).toBe(3)
  })

  test('finishes everything before it throws what one item threw', async () => {
    const done: number[] = []
    const work = async (item: number) => {
      if (item === 1) throw new Error('no')
      await Promise.resolve()
      done.push(item)
    }
    await expect(inParallel([0, 1, 2, 3], 2, work)).rejects.toThrow('no')
    expect(done.sort()).toEqual([0, 2, 3])
    const settled = await settleInParallel([0, 1], 8, work)
    expect(settled.map(({ status }) => status)).toEqual(['fulfilled', 'rejected'])
  })
})
