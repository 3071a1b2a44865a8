import { expect } from 'vitest'
import { dump, type World } from './world.ts'

/**
 * Nothing is written and no meeting made while `work` runs.
 * @param except tables that may change: `consumed` where an answer is used up, which is the very point of it.
 */
export async function leavesNothing<T>(
  world: World,
  work: () => Promise<T>,
  { except = [] }: { except?: readonly string[] } = {},
): Promise<T> {
  const [before, meetings] = [await dump(world, except), world.sandbox.graph.meetings().length]
  const texts = world.sandbox.acs.texts().length
  const value = await work()
  expect(await dump(world, except)).toEqual(before)
  expect(world.sandbox.graph.meetings().length).toBe(meetings)
  expect(world.sandbox.acs.texts().length).toBe(texts)
  return value
}
