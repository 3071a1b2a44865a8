import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { launchBrowser } from '../../sandbox/browser.ts'
import { ACCOUNTS } from '../../sandbox/entra/tenants.ts'
import { NORTHWIND_SITE } from '../../sandbox/northwind.ts'
import { type PortalWorld, startPortalWorld } from './portal/world.ts'
import { violations } from './support/accessibility.ts'

const PATH = `/portal/sites/${NORTHWIND_SITE}/doctor`

let world: PortalWorld
let browser: Browser
let page: Page
const problems: string[] = []

beforeAll(async () => {
  world = await startPortalWorld()
  browser = await launchBrowser()
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 } })
  page = await context.newPage()
  page.on('pageerror', (error) => problems.push(error.message))
  page.on('console', (message) => message.type() === 'error' && problems.push(message.text()))
  await page.goto(`${world.sandbox.appUrl}${PATH}`)
  await page.locator(`button[value="${ACCOUNTS.northwind.administrator}"]`).click()
  await page.getByRole('heading', { name: 'Connection doctor', level: 1 }).waitFor()
})
afterAll(async () => {
  await browser?.close()
  await world?.close()
})

test('a number that is none is refused beside its field, and nothing starts', async () => {
  await page.getByLabel(/Your own mobile number/).fill('12')
  await page.getByRole('button', { name: 'Run the doctor' }).click()
  await page.getByText('This is not a phone number.').waitFor()
  expect(await page.getByLabel(/Your own mobile number/).inputValue()).toBe('12')
  await page.getByText('The doctor has not run on this site yet.').waitFor()
})

test('one button runs every check, the list fills by itself, and the text arrives on the phone', async () => {
  await page.getByLabel(/Your own mobile number/).fill('+1 206 555 0142')
  await page.getByRole('button', { name: 'Run the doctor' }).click()
  await page
    .locator('#run strong')
    .getByText(/Running: \d+ of 25 checks done/)
    .waitFor()
  await page
    .locator('#run strong')
    .getByText(/^(Passed\.|Everything that this site needs works\.)$/)
    .waitFor({ timeout: 60_000 })
  expect(await page.locator('.line-fail').count()).toBe(0)
  await page.locator('#line-test_text.line-pass').waitFor()
  expect(world.sandbox.acs.texts().filter(({ to }) => to === '+12065550142')).toHaveLength(1)
  expect(await violations(page)).toEqual([])
  expect(problems.filter((words) => !words.includes('422'))).toEqual([])
})

test('a run that is under way when the window closes is there when it opens again, red line and remedy', async () => {
  world.sandbox.graph.faults.flaws.add('lobby')
  await page.goto(`${world.sandbox.appUrl}${PATH}`)
  await page.getByRole('button', { name: 'Run the doctor' }).click()
  await page.goto('about:blank')
  await page.goto(`${world.sandbox.appUrl}${PATH}`)
  await page.locator('#run strong').getByText('One thing needs to be mended.').waitFor({ timeout: 60_000 })
  world.sandbox.graph.faults.flaws.delete('lobby')
  const failed = await page.locator('.line-fail').allInnerTexts()
  expect(failed).toHaveLength(1)
  expect(failed[0]).toContain('The lobby can be set')
  expect(failed[0]).toContain('What to do: Look at the Teams meeting policy')
  expect(await violations(page)).toEqual([])
})

test('somebody who may not change anything sees the result and no button', async () => {
  const viewer = await world.signIn(ACCOUNTS.northwind.familyDoctor, PATH)
  expect(viewer.page.html).toContain('The lobby can be set')
  expect(viewer.page.html).not.toContain('Run the doctor')
  const refused = await viewer.browser.post(`${world.sandbox.appUrl}${PATH}`, { csrf: viewer.csrf })
  expect(refused.status).toBe(403)
})

test('a site of another tenant is not there', async () => {
  const stranger = await world.signIn(ACCOUNTS.woodgrove.administrator, PATH)
  expect(stranger.page.status).toBe(404)
  expect(stranger.page.html).not.toContain('Northwind')
})
