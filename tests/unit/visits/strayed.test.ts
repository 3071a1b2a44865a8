import { expect, test } from 'vitest'
import { strayedTo } from '../../../src/core/visits/strayed.ts'

const ids = (count: number) => Array.from({ length: count }, (_, n) => `d${String(n).padStart(4, '0')}`)
const site = (on: readonly string[]) => ({
  departments: ids(900).map((id) => ({ id, name: id, locationIds: [], on: on.includes(id) })),
})
const noted = (on: readonly string[], all = ids(900)) =>
  strayedTo(site(on), { id: 'heart' }, '2031-03-04|heart', all, [])

test('a mark that cannot name all bays names those first that nobody else reads', () => {
  const { bays, left } = noted(ids(800))
  expect(bays).toHaveLength(700)
  expect(bays.slice(0, 100)).toEqual(ids(900).slice(800))
  expect(left).toBe(200)
})

test('a mark that names all leaves none out', () => {
  expect(noted([], ['b', 'a'])).toEqual({ bays: ['a', 'b'], left: 0 })
})
