import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { StoryFailure } from '../../sandbox/story/step.ts'
import { playSteps } from '../../sandbox/story/story.ts'
import { BREAKS } from './support/breaks.ts'
import { type StoryRig, startStoryRig } from './support/story-rig.ts'

let rig: StoryRig
beforeAll(async () => {
  rig = await startStoryRig()
})
afterAll(async () => {
  await rig?.close()
})

/** Plays the story up to its first failing step; undefined where none fails. */
async function failureOf(play: Promise<void>): Promise<StoryFailure | undefined> {
  try {
    await play
    return undefined
  } catch (error) {
    if (error instanceof StoryFailure) return error
    throw error
  }
}

describe('the story sees what is missing', () => {
  test.for(BREAKS)('without $without it fails at "$step"', async (broken) => {
    const failure = await failureOf(playSteps(await rig.next(broken.changes)))
    expect(failure, 'the story did not notice').toBeDefined()
    expect(failure?.step, failure?.reason).toBe(broken.step)
    expect(failure?.reason).toMatch(broken.reason)
  })
})

test('with nothing missing it passes on the same sandbox', async () => {
  expect(await failureOf(playSteps(await rig.next()))).toBeUndefined()
})

test('a change whose place in the source is gone fails by name', async () => {
  const gone = { file: 'core/messaging/claim.ts', snippet: 'no such text', replacement: '' }
  await expect(rig.next([gone])).rejects.toThrow('claim.ts holds this 0 times instead of once')
})
