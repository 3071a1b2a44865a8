import type { Browser } from 'playwright-core'
import type { Sandbox } from '../sandbox.ts'
import { duplicateIgnored } from './duplicates.ts'
import { launched } from './launch.ts'
import { booked, reminderSent, texted } from './messages.ts'
import { openScene, type Scene, type SceneOptions } from './scene.ts'
import { StoryFailure, type StoryLine } from './step.ts'
import { patientTapped } from './tap.ts'
import { admitted, mapped, meetingCreated, signedIn, waitingInLobby } from './visit.ts'

/** A step plays its part and gives back the evidence, read from the other side. */
export type Step = (scene: Scene) => Promise<string>

/** The main job from beginning to end: booked in the EHR, texted, launched, joined, admitted, reminded. */
export const STEPS = [
  ['booked', booked],
  ['texted', texted],
  ['launched', launched],
  ['signed in', signedIn],
  ['mapped', mapped],
  ['meeting created', meetingCreated],
  ['patient tapped', patientTapped],
  ['waiting in lobby', waitingInLobby],
  ['admitted', admitted],
  ['reminder sent', reminderSent],
  ['duplicate delivery ignored', duplicateIgnored],
] as const satisfies readonly (readonly [string, Step])[]

export type StepName = (typeof STEPS)[number][0]

/**
 * Plays the story on a running sandbox.
 * @param tell receives each line as it comes; the failing step's line is the last.
 * @throws StoryFailure at the first step that does not hold.
 */
export async function playStory(
  sandbox: Sandbox,
  browser: Browser,
  tell: (line: StoryLine) => void = () => {},
  options: SceneOptions = {},
): Promise<Scene> {
  const scene = await openScene(sandbox, browser, options)
  await playSteps(scene, tell)
  return scene
}

/** Plays the steps in a scene that is open; it stays open for a look around. */
export async function playSteps(scene: Scene, tell: (line: StoryLine) => void = () => {}): Promise<void> {
  for (const [step, play] of STEPS) {
    try {
      tell({ step, ok: true, evidence: await play(scene) })
    } catch (error) {
      const message = (error instanceof Error ? error.message : String(error)).split('\n')[0] ?? ''
      tell({ step, ok: false, evidence: message })
      throw new StoryFailure(step, message)
    }
  }
}
