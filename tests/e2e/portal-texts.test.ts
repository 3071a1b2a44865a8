import { readFileSync } from 'node:fs'
import { mkdir } from 'node:fs/promises'
import { createRequire } from 'node:module'
import type axe from 'axe-core'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { launchBrowser } from '../../sandbox/browser.ts'
import { ACCOUNTS, WOODGROVE_CLINICS } from '../../sandbox/entra/tenants.ts'
import { northwindClients, northwindSite } from '../../sandbox/northwind.ts'
import { siteStore } from '../../src/core/sites/site-store.ts'
import { configureTexts, generateNumber, giveConsents } from './portal/texts.ts'
import { type PortalWorld, startPortalWorld } from './portal/world.ts'

const axeSource = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')
const SITE = 'woodgrove001'
let world: PortalWorld
let browser: Browser
let page: Page

beforeAll(async () => {
  world = await startPortalWorld()
  const { sandbox } = world
  const { woodgroveEhr } = sandbox
  for (const client of northwindClients(sandbox.appUrl)) woodgroveEhr.register(client)
  const { patientLaunch: _none, ...northwind } = northwindSite(woodgroveEhr)
  const { sender: _number, ...texts } = northwind.texts
  const saved = await siteStore(sandbox.store).save({
    ...northwind,
    tenantId: WOODGROVE_CLINICS,
    siteId: SITE,
    name: 'Woodgrove (sandbox)',
    timeZone: 'America/Denver',
    organizers: [ACCOUNTS.woodgrove.organizer],
    setup: true,
    texts: { ...texts, on: false, epoch: 0, reminderMinutes: [] },
  })
  expect(saved.ok).toBe(true)
  browser = await launchBrowser()
  page = await browser.newPage({ viewport: { width: 1280, height: 900 } })
  await page.goto(`${sandbox.appUrl}/portal/texts`)
  await page.getByText('Grace Lindqvist').click()
  await page.getByRole('heading', { name: 'SMS notifications (optional)' }).waitFor({ timeout: 30_000 })
})
afterAll(async () => {
  await browser?.close()
  await world?.close()
})

/** Pictures for whoever looks at them, where a folder is named. */
async function picture(name: string): Promise<void> {
  const folder = process.env.PICTURES
  if (folder === undefined) return
  await mkdir(folder, { recursive: true })
  for (const [width, scheme] of [
    [1280, 'light'],
    [390, 'dark'],
  ] as const) {
    await page.setViewportSize({ width, height: 900 })
    await page.emulateMedia({ colorScheme: scheme })
    await page.screenshot({ path: `${folder}/${name}-${width}-${scheme}.png`, fullPage: true })
  }
  await page.setViewportSize({ width: 1280, height: 900 })
  await page.emulateMedia({ colorScheme: 'light' })
}

async function accessible(): Promise<void> {
  await page.evaluate(axeSource)
  const { violations } = await page.evaluate(() =>
    (globalThis as unknown as { axe: typeof axe }).axe.run({
      runOnly: ['wcag2a', 'wcag2aa', 'wcag21aa', 'wcag22aa'],
    }),
  )
  expect(violations.map(({ id, nodes }) => [id, nodes.map(({ html }) => html)])).toEqual([])
}

test('the step can be left without any of it', async () => {
  await picture('texts-empty')
  expect(await page.getByRole('link', { name: 'Next' }).getAttribute('href')).toBe('/portal/review')
  expect(await page.getByRole('link', { name: 'Generate a new phone number' }).count()).toBe(0)
  await accessible()
})

test('an unticked consent by a crafted form buys, links and switches on nothing', async () => {
  const { sandbox } = world
  const csrf = (await page.locator('input[name=csrf]').first().inputValue()) ?? ''
  const post = (path: string, form: Record<string, string>) =>
    page.request.post(`${sandbox.appUrl}${path}`, {
      form: { csrf, ...form },
      headers: { origin: sandbox.appUrl },
      maxRedirects: 0,
    })
  const half = await post('/portal/consents', { sending: 'yes', version: 'none' })
  expect(half.status()).toBe(422)
  expect(await half.text()).toContain('Tick this box')
  for (const [path, form] of [
    ['/portal/numbers/new', { amount: '2', currency: 'USD' }],
    ['/portal/numbers/attach', { number: '+18335550100', country: 'US' }],
    ['/portal/numbers/name', { name: 'WOODGROVE', country: 'IE' }],
    [`/portal/texts/${SITE}`, { sender: '+18335550100', country: 'US' }],
    [`/portal/texts/${SITE}/on`, {}],
  ] as const)
    expect({ path, status: (await post(path, form)).status() }).toEqual({ path, status: 422 })
  const site = await siteStore(sandbox.store).get(WOODGROVE_CLINICS, SITE)
  expect(site?.texts).toMatchObject({ on: false })
  expect(site?.texts.sender).toBeUndefined()
  expect(sandbox.acs.purchases()).toEqual([])
})

test('consents, a generated number, a linked site with its cost: texts are on', async () => {
  const { sandbox } = world
  await giveConsents(page)
  await picture('texts-consented')
  const number = await generateNumber(page, sandbox)
  await picture('texts-number')
  await accessible()
  await configureTexts(page, SITE)
  await picture('site-texts')
  await accessible()
  const site = await siteStore(sandbox.store).get(WOODGROVE_CLINICS, SITE)
  expect(site?.texts).toMatchObject({ on: true, epoch: 1, sender: number, reminderMinutes: [1440] })
})

test('words are previewed as they are typed, and kept within bounds', async () => {
  await page.goto(`${world.sandbox.appUrl}/portal/texts/${SITE}`)
  await page.locator('summary', { hasText: 'English' }).click()
  const words = page.locator('#lead-en-booked')
  await words.fill('Hello – your visit is {when}. Tap')
  const preview = page.locator('#preview-en-booked')
  await preview.getByText('Hello - your visit is').waitFor({ timeout: 30_000 })
  await preview.getByText('Reply STOP to opt out.').waitFor({ timeout: 30_000 })
  await preview.getByText('replaced').waitFor({ timeout: 30_000 })
  await words.fill('Your visit, tap')
  await page.getByRole('button', { name: 'Save', exact: true }).click()
  await page.getByText('Keep {when} exactly once').waitFor({ timeout: 30_000 })
  expect(await words.inputValue()).toBe('Your visit, tap')
  await picture('site-texts-wrong')
  await accessible()
})

test('a number that is linked is not released; one that is free goes back to the vendor', async () => {
  const { sandbox } = world
  const number = sandbox.acs.purchases()[0]?.phoneNumber ?? ''
  const at = `${sandbox.appUrl}/portal/senders/${number.slice(1)}`
  await page.goto(at)
  await picture('sender')
  await accessible()
  await page.goto(`${at}/release`)
  await page.getByText('It is linked to').waitFor({ timeout: 30_000 })
  await page.goto(`${sandbox.appUrl}/portal/consents/withdraw`)
  await page.getByText('switched off at once for Woodgrove').waitFor({ timeout: 30_000 })
  await page.getByRole('button', { name: 'Withdraw both consents' }).click()
  await page.getByText('The consents are withdrawn.').waitFor({ timeout: 30_000 })
  const off = await siteStore(sandbox.store).get(WOODGROVE_CLINICS, SITE)
  expect(off?.texts.on).toBe(false)
  await page.goto(`${sandbox.appUrl}/portal/texts/${SITE}`)
  await page.getByLabel('Phone number').selectOption({ index: 0 })
  await page.getByRole('button', { name: 'Save', exact: true }).click()
  await page.getByText('Saved.').waitFor({ timeout: 30_000 })
  await page.goto(`${at}/release`)
  await page.getByRole('button', { name: 'Release the number for good' }).click()
  await page.getByText('The number is being released.').waitFor({ timeout: 30_000 })
  const gone = () => sandbox.acs.numbers().every(({ phoneNumber }) => phoneNumber !== number)
  for (let looks = 0; looks < 40 && !gone(); looks++) {
    await sandbox.clock.advance(5000)
    await page.waitForTimeout(500)
  }
  expect(gone()).toBe(true)
})
