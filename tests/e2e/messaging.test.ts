import { afterAll, beforeAll, describe } from 'vitest'
import { noticeCases } from './messaging/notices.ts'
import { pushCases } from './messaging/push.ts'
import { staffCases } from './messaging/staff.ts'
import { troubleCases } from './messaging/trouble.ts'
import { startMessagingWorld, type World } from './messaging/world.ts'

let world: World
beforeAll(async () => {
  world = await startMessagingWorld()
}, 180_000)
afterAll(() => world?.close())

describe('at the patient’s phone', () => noticeCases(() => world))
describe('pushed by the EHR', () => pushCases(() => world))
describe('while the vendor has its troubles', () => troubleCases(() => world))
describe('for staff', () => staffCases(() => world))
