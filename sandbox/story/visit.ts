import type { Page } from 'playwright-core'
import { ACCOUNTS, NORTHWIND_HEALTH } from '../entra/tenants.ts'
import { type Scene, visitRows } from './scene.ts'
import { eventually, expectThat } from './step.ts'

const CLINICIAN = ACCOUNTS.northwind.familyDoctor
const byTestId = (page: Page, id: string) => page.locator(`[data-testid="${id}"]`)

/** The clinician clicks the Teams column: SMART launch, up to Microsoft's sign-in. */
export async function launched({ sandbox, clinician, facts }: Scene): Promise<string> {
  const { practitionerId, appointmentId } = facts
  facts.launchUrl = sandbox.ehr.launchUrl(
    `${sandbox.appUrl}/launch/provider`,
    { practitionerId, appointmentId },
    'appointment',
  )
  const page = await clinician.newPage()
  facts.visitPage = page
  await page.goto(facts.launchUrl)
  await page.waitForURL((url) => url.href.startsWith(sandbox.entra.signInUrl), { timeout: 15_000 })
  const exchanged = sandbox.ehr.ledger.filter(
    ({ method, path, status }) => method === 'POST' && /token/.test(path) && status === 200,
  )
  expectThat(exchanged.length > 0, 'no code was exchanged at the EHR')
  return 'EHR: authorization code exchanged; browser: at Microsoft’s sign-in'
}

/** Once, with Microsoft; then the page asks whether that is the EHR user. */
export async function signedIn({ sandbox, facts }: Scene): Promise<string> {
  const page = open(facts.visitPage)
  await page.locator(`button[name="account"][value="${CLINICIAN}"]`).click()
  await page.waitForURL(/\/launch\/[^/]+\/confirm$/, { timeout: 15_000 })
  const upn = sandbox.entra.tenants[0]?.users.find(({ id }) => id === CLINICIAN)?.upn ?? ''
  expectThat((await page.locator('main').innerText()).includes(upn), 'the page does not name the account')
  let mapped = 0
  for await (const _ of sandbox.store.tables.users.list(NORTHWIND_HEALTH)) mapped++
  expectThat(mapped === 0, 'something was stored before the clinician confirmed')
  return `page: asks whether ${upn} is right; table: nothing stored yet`
}

export async function mapped({ sandbox, facts }: Scene): Promise<string> {
  const page = open(facts.visitPage)
  await page.getByRole('button', { name: 'Yes, continue' }).click()
  await page.waitForURL(/\/launch\/[^/]+\/visit$/, { timeout: 15_000 })
  for await (const row of sandbox.store.tables.users.list(NORTHWIND_HEALTH))
    if (row.entraUserId === CLINICIAN)
      return `table users: EHR user ${row.ehrUserId} is Microsoft user …${CLINICIAN.slice(-4)}`
  throw new Error('the table has no mapping to the account that signed in')
}

/** One meeting, whose lobby holds everybody who is not of the organization. */
export async function meetingCreated(scene: Scene): Promise<string> {
  const { sandbox, facts } = scene
  const meetings = sandbox.graph.meetings()
  const [meeting] = meetings
  if (!meeting) throw new Error('Graph has no meeting')
  expectThat(meetings.length === 1, `Graph has ${meetings.length} meetings`)
  expectThat(meeting.lobbyScope === 'organization', `the lobby scope is ${meeting.lobbyScope}`)
  expectThat(meeting.allowMeetingChat === 'limited', `meeting chat is ${meeting.allowMeetingChat}`)
  expectThat(
    meeting.attendees.some(({ role }) => role === 'coorganizer'),
    'the clinician is no co-organizer',
  )
  expectThat(
    (await visitRows(scene)).some(({ sealedMeeting }) => sealedMeeting !== undefined),
    'no visit row holds the meeting',
  )
  await open(facts.visitPage).getByRole('button', { name: /Join/ }).first().waitFor()
  return `Graph: 1 meeting, lobby ${meeting.lobbyScope}, chat ${meeting.allowMeetingChat}; table: meeting sealed in the visit; page: Join`
}

/** One tap, no script; then one button, and the browser is at Teams. */
export async function patientTapped(scene: Scene): Promise<string> {
  const { sandbox, phone, facts } = scene
  const page = await phone.newPage()
  facts.lobbyPage = page
  await page.goto(facts.link)
  const touched = async () =>
    (await visitRows(scene)).filter(({ patientWaitingSince }) => patientWaitingSince !== undefined)
  expectThat((await touched()).length === 0, 'opening the link changed something')
  await page.locator('form[action$="/join"] button').click()
  await page.waitForURL((url) => url.href.startsWith(sandbox.teams.url))
  expectThat((await touched()).length === 1, 'the visit row does not say that the patient is on the way in')
  return 'page: one button; table: patient on the way in; browser: at Teams, without an account'
}

export async function waitingInLobby(scene: Scene): Promise<string> {
  const { sandbox, facts } = scene
  const page = open(facts.lobbyPage)
  await enterMeeting(page)
  await byTestId(page, 'lobby').waitFor()
  const [person] = await eventually('somebody in the lobby', () => {
    const waiting = sandbox.teams.participants(meetingId(scene)).filter(({ inLobby }) => inLobby)
    return waiting.length > 0 ? waiting : undefined
  })
  expectThat(person?.userId === undefined, 'the person in the lobby is not a guest')
  return 'Teams: 1 guest in the lobby'
}

/** The clinician joins with their own account, is let in at once, and admits the patient. */
export async function admitted(scene: Scene): Promise<string> {
  const { sandbox, clinician, facts } = scene
  const visit = open(facts.visitPage)
  const [meeting] = await Promise.all([
    clinician.waitForEvent('page'),
    visit.getByRole('button', { name: /Join/ }).first().click(),
  ])
  facts.meetingPage = meeting
  await enterMeeting(meeting)
  await byTestId(meeting, 'in-meeting').waitFor()
  await byTestId(meeting, 'admit').first().click()
  await eventually('nobody left in the lobby', () => {
    const people = sandbox.teams.participants(meetingId(scene))
    return (people.length === 2 && people.every(({ inLobby }) => !inLobby)) || undefined
  })
  await byTestId(open(facts.lobbyPage), 'in-meeting').waitFor({ timeout: 15_000 })
  const [row] = (await visitRows(scene)).filter(({ clinicianJoinedAt }) => clinicianJoinedAt !== undefined)
  expectThat(row !== undefined, 'the visit row does not say that the clinician joined')
  return 'Teams: 2 people in the meeting, lobby empty; both pages: in the meeting'
}

/** From a join URL to the meeting or its lobby, as Teams' own pages lead. */
export async function enterMeeting(page: Page): Promise<void> {
  const first = byTestId(page, 'continue-browser').or(byTestId(page, 'join-now'))
  await first.first().waitFor()
  if (await byTestId(page, 'continue-browser').count()) await byTestId(page, 'continue-browser').click()
  await byTestId(page, 'join-now').click()
}

function meetingId({ sandbox }: Scene): string {
  return sandbox.graph.meetings()[0]?.id ?? ''
}

function open(page: Page | undefined): Page {
  if (!page) throw new Error('the page of an earlier step is not open')
  return page
}
