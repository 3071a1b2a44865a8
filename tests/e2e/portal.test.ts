import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { launchBrowser } from '../../sandbox/browser.ts'
import { ACCOUNTS, WOODGROVE_CLINICS } from '../../sandbox/entra/tenants.ts'
import { WOODGROVE_CAST } from '../../sandbox/story/cast.ts'
import { closeScene, textsTo } from '../../sandbox/story/scene.ts'
import { playStory } from '../../sandbox/story/story.ts'
import { completeBegin, completePermissions } from './portal/begin-and-permissions.ts'
import { registerFromRecords } from './portal/ehr-team.ts'
import { addSite, configureSite } from './portal/sites.ts'
import { configureTexts, generateNumber, giveConsents } from './portal/texts.ts'
import { goTo, openWizard, signIn, type Wizard } from './portal/wizard.ts'
import { type PortalWorld, startPortalWorld } from './portal/world.ts'

const NAME = 'Woodgrove test'
/** The administrator's own mobile, fictional; whatever is texted to it is delivered. */
const OWN_PHONE = '+1 303 555 0177'

let world: PortalWorld
let browser: Browser
let wizard: Wizard
let siteId = ''
let sender = ''

beforeAll(async () => {
  ;[world, browser] = await Promise.all([
    startPortalWorld({ settings: { SWEEP_HORIZON_DAYS: '1' } }),
    launchBrowser(),
  ])
  wizard = await openWizard(browser)
})
afterAll(async () => {
  await browser?.close()
  await world?.close()
})

/** The whole wizard, one step after the other in one window, as an administrator who begins with nothing does it. */
test('an empty tenant is greeted with the first step', async () => {
  const { page } = wizard
  await signIn(page, world.sandbox, ACCOUNTS.woodgrove.administrator)
  await page.getByRole('heading', { level: 1, name: 'Before you begin' }).waitFor()
  await wizard.look('begin')
})

test('the prerequisites are answered, and the answers are kept', async () => {
  await completeBegin(wizard.page)
})

test('consent, organizer and access policy are set up, with the commands that the page shows', async () => {
  await completePermissions(wizard.page, world.sandbox)
  await goTo(wizard.page, 'Permissions')
  await wizard.look('permissions')
})

test('a FHIR base URL is checked while it is typed, and added', async () => {
  const { page } = wizard
  await addSite(page, { url: world.sandbox.woodgroveEhr.fhirBaseUrl, environment: 'testing', name: NAME })
  await wizard.look('sites')
  const [site] = (await page
    .locator('a[href^="/portal/sites/"]')
    .evaluateAll((links) =>
      links.flatMap(
        (link) => /^\/portal\/sites\/([a-z0-9]{12})/.exec(link.getAttribute('href') ?? '')?.[1] ?? [],
      ),
    )) as string[]
  siteId = site ?? ''
  expect(siteId).toMatch(/^[a-z0-9]{12}$/)
})

test('nobody can launch before the setup is finished', async () => {
  const { woodgroveEhr: ehr, appUrl } = world.sandbox
  const [practitioner] = ehr.practitioners()
  const url = ehr.launchUrl(`${appUrl}/launch/provider`, { practitionerId: practitioner?.id ?? '' }, 'none')
  const answer = await fetch(url, { redirect: 'manual' })
  expect(answer.status).toBe(409)
  expect(await answer.text()).toContain('launch_site_in_setup')
})

test('the EHR team registers the applications from nothing but the records, and the client ids are entered', async () => {
  const { page } = wizard
  await goTo(page, 'Review and finish')
  await page.getByText('Still missing').waitFor()
  const ids = await registerFromRecords(page, world.sandbox.woodgroveEhr)
  await configureSite(page, {
    name: NAME,
    timeZone: 'America/Denver',
    phone: '+1 303 555 0100',
    organizers: ['Virtual visits'],
    departments: world.sandbox.woodgroveEhr.locations().map(({ id, name }) => ({ name, locations: id })),
    openTeamsAtOnce: false,
    ...ids,
  })
  await wizard.look('site')
})

test('texts are set up: consents, a bought number, the words, the cost', async () => {
  const { page } = wizard
  await giveConsents(page)
  sender = await generateNumber(page, world.sandbox)
  // What carriers do within some weeks.
  world.sandbox.acs.setVerified(sender, true)
  await goTo(page, 'SMS notifications')
  await wizard.look('texts')
  await configureTexts(page, siteId)
  await wizard.look('site-texts')
})

test('the connection doctor tries everything, a text to the administrator’s phone included, and finds nothing wrong', async () => {
  const { page } = wizard
  await page.goto(`${world.sandbox.appUrl}/portal/sites/${siteId}/doctor`)
  await page.getByLabel('Your own mobile number').fill(OWN_PHONE)
  await page.getByRole('button', { name: 'Run the doctor' }).click()
  await page.locator('.tally').waitFor()
  await page.getByRole('button', { name: 'Run the doctor' }).waitFor({ timeout: 120_000 })
  const failed = await page.locator('.tally .badge-error').count()
  expect({ failed, page: failed ? await page.locator('#run').innerText() : '' }).toEqual({
    failed: 0,
    page: '',
  })
  const texted = world.sandbox.acs.texts().filter(({ to }) => to === '+13035550177')
  expect(texted.map(({ from }) => from)).toEqual([sender])
  await wizard.look('doctor')
})

test('the setup is finished, and the records can be downloaded', async () => {
  const { page } = wizard
  await goTo(page, 'Review and finish')
  await page.getByRole('button', { name: `Finish setup of ${NAME}` }).click()
  await page.getByText('The setup of this FHIR base URL is finished.').waitFor()
  await page.getByText('Integration records for the EHR team').click()
  await wizard.look('review')
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('link', { name: 'Download as a file' }).click(),
  ])
  expect(download.suggestedFilename()).toBe(`integration-records-${siteId}.txt`)
  await page.getByRole('button', { name: /^Copy Launch URL of the provider record/ }).click()
  await page.getByText('Copied.', { exact: true }).waitFor()
})

test('the history says who did all that', async () => {
  const { page } = wizard
  await page.getByRole('link', { name: 'History' }).click()
  await page.getByRole('heading', { name: `Setup finished: ${NAME}` }).waitFor()
  expect(await page.locator('.log li').first().innerText()).toContain('Grace Lindqvist')
  await wizard.look('history')
})

test('no page of the wizard broke its own content security policy or threw an error', () => {
  expect(wizard.problems).toEqual([])
})

test('the main job works on the site that was set up: booked, texted, launched, joined, admitted, reminded', async () => {
  const { sandbox } = world
  const evidence: string[] = []
  const cast = { ...WOODGROVE_CAST, tenantId: WOODGROVE_CLINICS }
  const scene = await playStory(
    { ...sandbox, ehr: sandbox.woodgroveEhr },
    browser,
    ({ step, ok }) => evidence.push(`${step}: ${ok}`),
    { withinMs: 30_000, cast },
  )
  await closeScene(scene)
  expect(evidence).toHaveLength(11)
  // The other clinic's reminders go on meanwhile, from its own number.
  const texted = [scene.facts.patientPhone, scene.facts.laterPhone].flatMap((phone) => textsTo(scene, phone))
  expect(texted.length).toBeGreaterThanOrEqual(3)
  expect(new Set(texted.map(({ from }) => from))).toEqual(new Set([sender]))
})
