import { afterAll, beforeAll, describe } from 'vitest'
import { notificationCertificate } from '../../sandbox/app-settings.ts'
import { startWorld, type World } from './bad-input/world.ts'
import { boardCases } from './provider/board.ts'
import { browserCases } from './provider/browser.ts'
import { consultCases } from './provider/consult.ts'
import { expiryCases } from './provider/expiry.ts'
import { faultCases } from './provider/faults.ts'
import { fiftyLaunches } from './provider/fifty.ts'
import { joinCases } from './provider/join.ts'
import { lateCases } from './provider/late.ts'
import { linkEmailCases } from './provider/link-email.ts'
import { linkCases } from './provider/links.ts'
import { lookCases } from './provider/look.ts'
import { meetingCases } from './provider/meetings.ts'
import { writeBackCases } from './provider/write-back.ts'

let started: World | undefined
const world = (): World => {
  if (!started) throw new Error('the sandbox did not start')
  return started
}

beforeAll(async () => {
  started = await startWorld({ GRAPH_NOTIFICATION_CERTIFICATE: await notificationCertificate() })
})
afterAll(() => started?.close())

describe('joining', () => joinCases(world))
describe('a look at an open page', () => lookCases(world))
describe('sending the link', () => linkCases(world))
describe('a link by e-mail', () => linkEmailCases(world))
describe('running late', () => lateCases(world))
describe('the day board', () => boardCases(world))
describe('a consult', () => consultCases(world))
describe('writing back', () => writeBackCases(world))
describe('the meeting', () => meetingCases(world))
describe('a fault', () => faultCases(world))
describe('an access token that ends while the page is open', () => expiryCases(world))
describe('in a browser', () => browserCases(world))
describe('fifty charts at once', () => fiftyLaunches(world))
