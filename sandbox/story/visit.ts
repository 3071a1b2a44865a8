import type { Page } from 'playwright-core'
import { expectNotInTables } from './leaks.ts'
import { GUEST_NAME, meetings, type Scene, visitRows } from './scene.ts'
import { eventually, expectThat } from './step.ts'

const byTestId = (page: Page, id: string) => page.locator(`[data-testid="${id}"]`)

/** Once, with Microsoft; then the page asks whether that is the EHR user. Nobody else can answer for the clinician. */
export async function signedIn(scene: Scene): Promise<string> {
  const { sandbox, facts, cast } = scene
  const page = open(facts.visitPage)
  await page.locator(`button[name="account"][value="${cast.clinician}"]`).click()
  await page.waitForURL(/\/launch\/[^/]+\/confirm$/)
  const tenant = sandbox.entra.tenants.find(({ id }) => id === cast.tenantId)
  const upn = tenant?.users.find(({ id }) => id === cast.clinician)?.upn ?? ''
  const words = (await page.locator('main').textContent()) ?? ''
  expectThat(upn !== '' && words.includes(upn), 'the page does not name the account')
  expectThat((await mappedUsers(scene)).length === 0, 'something was stored before the clinician confirmed')
  const csrf = await page.locator('input[name="csrf"]').first().inputValue()
  await refusesForm(scene, 'without its token', { answer: 'yes' }, sandbox.appUrl)
  await refusesForm(scene, 'from another origin', { answer: 'yes', csrf }, 'https://elsewhere.example')
  return `page: asks whether ${upn} is right; table: nothing stored yet, forged answers refused`
}

/** Posts the confirmation as another site could make the clinician's browser do. */
async function refusesForm(
  scene: Scene,
  what: string,
  form: Record<string, string>,
  origin: string,
): Promise<void> {
  const answer = await scene.clinician.request.post(open(scene.facts.visitPage).url(), {
    form,
    headers: { origin },
    maxRedirects: 0,
  })
  expectThat((await mappedUsers(scene)).length === 0, `a form ${what} stored a mapping`)
  expectThat(answer.status() === 403, `a form ${what} was answered ${answer.status()}`)
}

export async function mapped(scene: Scene): Promise<string> {
  const page = open(scene.facts.visitPage)
  await page.getByRole('button', { name: 'Yes, continue' }).click()
  await page.waitForURL(/\/launch\/[^/]+\/visit$/)
  const { clinician } = scene.cast
  const row = (await mappedUsers(scene)).find(({ entraUserId }) => entraUserId === clinician)
  if (!row) throw new Error('the table has no mapping to the account that signed in')
  return `table users: EHR user ${row.ehrUserId} is Microsoft user …${clinician.slice(-4)}`
}

async function mappedUsers({ sandbox, cast }: Scene) {
  const rows: { ehrUserId: string; entraUserId: string }[] = []
  for await (const row of sandbox.store.tables.users.list(cast.tenantId)) rows.push(row)
  return rows
}

/** One meeting, whose lobby holds everybody who is not of the organization; nothing of it is stored in clear. */
export async function meetingCreated(scene: Scene): Promise<string> {
  const made = meetings(scene)
  const [meeting] = made
  if (!meeting) throw new Error('Graph has no meeting')
  expectThat(made.length === 1, `Graph has ${made.length} meetings`)
  const set = scene.sandbox.graph.ledger.some(
    ({ method, path, body }) =>
      method === 'PATCH' &&
      decodeURIComponent(path).includes(meeting.id) &&
      JSON.stringify(body ?? {}).includes('lobbyBypassSettings'),
  )
  expectThat(set, 'the lobby was left as Graph makes it')
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
  const { joinWebUrl, id, organizerId } = meeting
  await expectNotInTables(scene, 'the meeting', [joinWebUrl, id, organizerId])
  await open(scene.facts.visitPage).getByRole('button', { name: /Join/ }).first().waitFor()
  // Asked for on a queue: written into the visit row a moment after the page is there.
  const watched = async () =>
    (await visitRows(scene)).some(({ subscriptionId }) => subscriptionId !== undefined) || undefined
  await eventually('Graph to watch the meeting', watched, scene.withinMs)
  return `Graph: 1 meeting, lobby ${meeting.lobbyScope}, chat ${meeting.allowMeetingChat}; table: meeting sealed in the visit; page: Join`
}

export async function waitingInLobby(scene: Scene): Promise<string> {
  const page = open(scene.facts.lobbyPage)
  await enterMeeting(page, GUEST_NAME)
  await byTestId(page, 'lobby').waitFor()
  const [person] = await eventually(
    'somebody in the lobby',
    () => {
      const waiting = participants(scene).filter(({ inLobby }) => inLobby)
      return waiting.length > 0 ? waiting : undefined
    },
    scene.withinMs,
  )
  expectThat(person?.userId === undefined, 'the person in the lobby is not a guest')
  expectThat(person?.displayName.includes(GUEST_NAME) === true, 'the guest in the lobby is somebody else')
  return 'Teams: 1 guest in the lobby'
}

/** The clinician joins with their own account, is let in at once, and admits the patient. */
export async function admitted(scene: Scene): Promise<string> {
  const { clinician, facts, withinMs } = scene
  const visit = open(facts.visitPage)
  const [meeting] = await Promise.all([
    clinician.waitForEvent('page'),
    visit.getByRole('button', { name: /Join/ }).first().click(),
  ])
  facts.meetingPage = meeting
  await enterMeeting(meeting)
  await byTestId(meeting, 'in-meeting').waitFor()
  await byTestId(meeting, 'admit').first().click()
  const everybodyIn = () => {
    const people = participants(scene)
    return (people.length === 2 && people.every(({ inLobby }) => !inLobby)) || undefined
  }
  await eventually('nobody left in the lobby', everybodyIn, withinMs)
  await byTestId(open(facts.lobbyPage), 'in-meeting').waitFor()
  const [row] = (await visitRows(scene)).filter(({ clinicianJoinedAt }) => clinicianJoinedAt !== undefined)
  expectThat(row !== undefined, 'the visit row does not say that the clinician joined')
  return 'Teams: 2 people in the meeting, lobby empty; both pages: in the meeting'
}

/**
 * From a join URL to the meeting or its lobby, as Teams' own pages lead.
 * @param name what a guest types; somebody with an account is known already.
 */
export async function enterMeeting(page: Page, name?: string): Promise<void> {
  const first = byTestId(page, 'continue-browser').or(byTestId(page, 'join-now'))
  await first.first().waitFor()
  if (await byTestId(page, 'continue-browser').count()) await byTestId(page, 'continue-browser').click()
  if (name !== undefined) await byTestId(page, 'name').fill(name)
  await byTestId(page, 'join-now').click()
}

function participants(scene: Scene) {
  return scene.sandbox.teams.participants(meetings(scene)[0]?.id ?? '')
}

export function open(page: Page | undefined): Page {
  if (!page) throw new Error('the page of an earlier step is not open')
  return page
}
