import { afterAll, beforeAll, describe } from 'vitest'
import { checkCases } from './patient/check.ts'
import { everyoneCases } from './patient/everyone.ts'
import { faultCases } from './patient/faults.ts'
import { joinCases } from './patient/join.ts'
import { languageCases } from './patient/languages.ts'
import { linkCases } from './patient/links.ts'
import { portalCases } from './patient/portal.ts'
import { type Rig, startRig } from './patient/rig.ts'
import { stateCases } from './patient/states.ts'

let started: Rig | undefined
const rig = (): Rig => {
  if (!started) throw new Error('the sandbox did not start')
  return started
}

beforeAll(async () => {
  started = await startRig()
})
afterAll(() => started?.close())

describe('a launch from the patient portal', () => portalCases(rig))
describe('the page of a tapped link', () => stateCases(rig))
describe('the language of the page', () => languageCases(rig))
describe('joining', () => joinCases(rig))
describe('a link', () => linkCases(rig))
describe('a patient', () => everyoneCases(rig))
describe('the device check', () => checkCases(rig))
describe('a system that does not answer', () => faultCases(rig))
