import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import type axe from 'axe-core'
import type { Browser, BrowserContextOptions, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { launchBrowser } from '../../sandbox/browser.ts'
import { ACCOUNTS, WOODGROVE_CLINICS } from '../../sandbox/entra/tenants.ts'
import { prerequisites } from '../../src/core/setup/prerequisites.ts'
import { tenantStore } from '../../src/core/sites/tenant-store.ts'
import { completeBegin, completePermissions } from './portal/begin-and-permissions.ts'
import { type PortalWorld, startPortalWorld } from './portal/world.ts'

const axeSource = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')

let world: PortalWorld
let browser: Browser
beforeAll(async () => {
  ;[world, browser] = await Promise.all([startPortalWorld(), launchBrowser()])
})
afterAll(async () => {
  await browser?.close()
  await world?.close()
})

async function signedIn(path: string, options: BrowserContextOptions = {}): Promise<Page> {
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, ...options })
  const page = await context.newPage()
  page.setDefaultTimeout(30_000)
  await page.goto(`${world.sandbox.appUrl}${path}`)
  await page.getByRole('button', { name: /Grace Lindqvist/ }).click()
  await page.getByRole('heading', { level: 1 }).waitFor()
  return page
}

async function violations(page: Page): Promise<string[]> {
  await page.evaluate(axeSource)
  const found = await page.evaluate(() => (globalThis as unknown as { axe: typeof axe }).axe.run())
  return found.violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`)
}

test('an administrator of an organization that is not set up does the first two steps without help', async () => {
  const page = await signedIn('/portal/begin')
  expect(await page.getByText('Microsoft tells it once you have given consent').count()).toBe(1)
  await completeBegin(page)
  await completePermissions(page, world.sandbox)
  const { value: tenant } = await tenantStore(world.sandbox.store).read(WOODGROVE_CLINICS)
  expect(tenant).toMatchObject({
    name: 'Woodgrove Clinics',
    organizers: [ACCOUNTS.woodgrove.organizer],
    visitsPerMonth: 900,
  })
  expect(tenant.answers.map(({ id, answer }) => `${id} ${answer}`).sort()).toEqual(
    prerequisites.map((id) => `${id} yes`).sort(),
  )
  // The meetings that were tried are gone.
  const left = world.sandbox.graph.meetings().filter(({ tenantId }) => tenantId === WOODGROVE_CLINICS)
  expect(left).toEqual([])
  for (const path of ['/portal/begin', '/portal/permissions', '/portal/guides/ehr-cerner']) {
    await page.goto(`${world.sandbox.appUrl}${path}`)
    expect({ path, found: await violations(page) }).toEqual({ path, found: [] })
  }
  await page.goto(`${world.sandbox.appUrl}/portal/begin`)
  expect(await page.getByText('O365_BUSINESS_PREMIUM').count()).toBe(1)
  await page.context().close()
})

test('without script the people picker is a search form, and an account is added and removed', async () => {
  const page = await signedIn('/portal/permissions', { javaScriptEnabled: false })
  await page.getByLabel('Add an account').fill('spare')
  await page.getByRole('button', { name: 'Search' }).click()
  await page.getByText('One account was found.').waitFor()
  await page.getByRole('button', { name: 'Add Virtual visits, spare' }).click()
  await page.getByText('No licence with Teams').waitFor()
  await page.getByRole('button', { name: 'Remove Virtual visits, spare' }).click()
  await page.getByText('Removed.', { exact: true }).waitFor()
  await page.context().close()
})
