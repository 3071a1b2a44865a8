import type { Browser } from 'playwright-core'
import type { Sandbox } from '../sandbox.ts'
import { booked, duplicateIgnored, reminderSent, texted } from './messages.ts'
import { openScene, type Scene } from './scene.ts'
import { StoryFailure, type StoryLine } from './step.ts'
import {
  admitted,
  launched,
  mapped,
  meetingCreated,
  patientTapped,
  signedIn,
  waitingInLobby,
} from './visit.ts'

/** A step plays its part and gives back the evidence, read from the other side. */
export type Step = (scene: Scene) => Promise<string>

/** The main job from beginning to end: booked in the EHR, texted, launched, joined, admitted, reminded. */
export const STEPS: readonly (readonly [string, Step])[] = [
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
]

/**
 * Plays the story on a running sandbox.
 * @param tell receives each line as it comes; the failing step's line is the last.
 * @throws StoryFailure at the first step that does not hold.
 */
export async function playStory(
  sandbox: Sandbox,
  browser: Browser,
  tell: (line: StoryLine) => void = () => {},
): Promise<Scene> {
  const scene = await openScene(sandbox, browser)
  for (const [step, play] of STEPS) {
    try {
      tell({ step, ok: true, evidence: await play(scene) })
    } catch (error) {
      const message = (error instanceof Error ? error.message : String(error)).split('\n')[0] ?? ''
      tell({ step, ok: false, evidence: message })
      throw new StoryFailure(step, message)
    }
  }
  return scene
}
