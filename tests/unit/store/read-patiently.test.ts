import { expect, test } from 'vitest'
import { readPatiently } from '../../../src/core/store/read-patiently.ts'

async function* rows(...values: number[]) {
  yield* values
}

test('rows are read to the end, or until there are enough', async () => {
  const seen: number[] = []
  const each = (row: number) => seen.push(row) < 2
  expect(await readPatiently(rows(1), () => 60_000, each)).toBe('all')
  expect(await readPatiently(rows(2, 3), () => 60_000, each)).toBe('enough')
  expect(seen).toEqual([1, 2])
})

test('a storage that finds nothing for long is not waited for', async () => {
  const silent: AsyncIterable<number> = {
    [Symbol.asyncIterator]: () => ({ next: () => new Promise(() => {}) }),
  }
  expect(
    await readPatiently(
      silent,
      () => 5,
      () => true,
    ),
  ).toBe('late')
})

test('a clock that is past its time ends it between two rows', async () => {
  let left = 2
  const seen: number[] = []
  const read = await readPatiently(
    rows(1, 2, 3),
    () => left * 1_000,
    (row) => {
      seen.push(row)
      left--
      return true
    },
  )
  expect({ read, seen }).toEqual({ read: 'late', seen: [1, 2] })
})
