import { afterAll, beforeAll, describe } from 'vitest'
import { contextCases } from './bad-input/context.ts'
import { formCases } from './bad-input/forms.ts'
import { launchCases } from './bad-input/launch.ts'
import { linkCases } from './bad-input/links.ts'
import { outageCases } from './bad-input/outages.ts'
import { queueCases } from './bad-input/queues.ts'
import { requestCases } from './bad-input/requests.ts'
import { sessionCases } from './bad-input/sessions.ts'
import { signInCases } from './bad-input/sign-in.ts'
import { stateCases } from './bad-input/states.ts'
import { startWorld, type World } from './bad-input/world.ts'

let started: World | undefined
const world = (): World => {
  if (!started) throw new Error('the sandbox did not start')
  return started
}

beforeAll(async () => {
  started = await startWorld()
})
afterAll(() => started?.close())

describe('a launch that cannot begin', () => launchCases(world))
describe('an answer that does not belong to its launch', () => stateCases(world))
describe('a launch without the right appointment', () => contextCases(world))
describe('a sign-in that must not count', () => signInCases(world))
describe('a session that is not there', () => sessionCases(world))
describe('a form that is not ours', () => formCases(world))
describe('a link that leads nowhere, or not now', () => linkCases(world))
describe('a dependency that is down', () => outageCases(world))
describe('a message that nobody can read', () => queueCases(world))
describe('a request that no page answers', () => requestCases(world))
