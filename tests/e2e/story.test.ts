import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { meetings, type Scene } from '../../sandbox/story/scene.ts'
import type { StoryLine } from '../../sandbox/story/step.ts'
import { playSteps, STEPS, type StepName } from '../../sandbox/story/story.ts'
import { type StoryRig, startStoryRig } from './support/story-rig.ts'

/** What each step promises, and what the other side shows of it. */
const PROMISES: Readonly<Record<StepName, readonly [promise: string, evidence: RegExp]>> = {
  booked: ['two new video appointments are in the EHR', /^EHR: Appointment is booked, starts 20/],
  texted: [
    'each patient gets one text of one segment with a link, and nobody else gets any',
    /^Communication Services: 1 text of \d{2,3} characters a patient; table: 2 notices delivered$/,
  ],
  launched: [
    'a launch from the EHR leads to Microsoft’s sign-in; forged, changed and repeated ones lead nowhere',
    /^EHR: authorization code exchanged, no forged launch got that far; browser: at Microsoft’s sign-in$/,
  ],
  'signed in': [
    'the clinician is asked which account is theirs, and nothing is stored before the answer',
    /^page: asks whether \S+@\S+ is right; table: nothing stored yet, forged answers refused$/,
  ],
  mapped: [
    'the answer is kept: one EHR user, one Microsoft user',
    /^table users: EHR user \S+ is Microsoft user …\w{4}$/,
  ],
  'meeting created': [
    'the launch made one meeting with a lobby and kept it sealed',
    /^Graph: 1 meeting, lobby organization, chat limited; table: meeting sealed in the visit; page: Join$/,
  ],
  'patient tapped': [
    'the patient’s link leads to Teams without script or account; opening it changes nothing',
    /^page: one button; table: patient on the way in; browser: at Teams, (by the virtual-appointment URL, )?without an account$/,
  ],
  'waiting in lobby': ['the patient waits in the lobby as a guest', /^Teams: 1 guest in the lobby$/],
  admitted: [
    'the clinician admits the patient, and both are in the meeting',
    /^Teams: 2 people in the meeting, lobby empty; both pages: in the meeting$/,
  ],
  'reminder sent': [
    'one reminder goes out an hour before the second visit, none before that',
    /^Communication Services: a reminder at 20\S+; table: reminder\.1 delivered$/,
  ],
  'duplicate delivery ignored': [
    'repeated queue messages text nobody, even where the vendor remembers nothing',
    /^queue: \d+ repeated messages worked off; Communication Services: still \d+ texts$/,
  ],
}

let rig: StoryRig
beforeAll(async () => {
  rig = await startStoryRig()
})
afterAll(async () => {
  await rig?.close()
})

/** Plays a whole story; a failing step's line is the last. */
async function play(scene: Scene): Promise<StoryLine[]> {
  const lines: StoryLine[] = []
  await playSteps(scene, (line) => lines.push(line)).catch(() => {})
  return lines
}

describe('the main job', () => {
  let lines: StoryLine[] = []
  beforeAll(async () => {
    lines = await play(await rig.next())
  })

  for (const [step] of STEPS)
    test(`${step}: ${PROMISES[step][0]}`, () => {
      const line = lines.find((one) => one.step === step)
      expect(line, `the story ended before, at: ${lines.at(-1)?.evidence}`).toBeDefined()
      expect(line?.evidence).toMatch(PROMISES[step][1])
      expect(line?.ok).toBe(true)
    })

  test('the steps come in the order in which they happen', () => {
    expect(lines.map(({ step }) => step)).toEqual(STEPS.map(([step]) => step))
  })
})

test('the main job is done as well where Graph gives the virtual-appointment URL', async () => {
  rig.sandbox.graph.faults.virtualAppointmentUrl = true
  try {
    const scene = await rig.next()
    const lines = await play(scene)
    expect(lines.filter(({ ok }) => !ok)).toEqual([])
    expect(lines).toHaveLength(STEPS.length)
    const tapped = lines.find(({ step }) => step === 'patient tapped')
    expect(tapped?.evidence).toContain('by the virtual-appointment URL')
    expect(meetings(scene)).toHaveLength(1)
  } finally {
    rig.sandbox.graph.faults.virtualAppointmentUrl = false
  }
})
