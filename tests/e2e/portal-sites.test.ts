import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import type axe from 'axe-core'
import type { Browser, BrowserContextOptions, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { launchBrowser } from '../../sandbox/browser.ts'
import { APPLICATION_PERMISSIONS } from '../../sandbox/entra/permissions.ts'
import { ACCOUNTS, WOODGROVE_CLINICS } from '../../sandbox/entra/tenants.ts'
import { SYSTEM_SCOPES } from '../../src/core/sites/scopes.ts'
import { siteStore } from '../../src/core/sites/site-store.ts'
import { newTenant } from '../../src/core/sites/tenant.ts'
import { tenantStore } from '../../src/core/sites/tenant-store.ts'
import { NOT_YET } from '../../src/core/sites/version.ts'
import { siteCases } from './portal/site-cases.ts'
import { addSite, configureSite } from './portal/sites.ts'
import { type PortalWorld, startPortalWorld } from './portal/world.ts'
import { type BadEhrs, startBadEhrs } from './support/bad-ehrs.ts'

const axeSource = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')

let world: PortalWorld
let ehrs: BadEhrs
let browser: Browser
beforeAll(async () => {
  ;[world, ehrs, browser] = await Promise.all([
    // So that a certificate of our own making is reached, and refused for what it is.
    startPortalWorld({ settings: { OUTBOUND_ALLOW: 'localhost=127.0.0.0/8|::1/128' } }),
    startBadEhrs(),
    launchBrowser(),
  ])
  // As after the step before: names of accounts can be read.
  const woodgrove = world.sandbox.entra.tenants.find(({ id }) => id === WOODGROVE_CLINICS)
  for (const permission of APPLICATION_PERMISSIONS) woodgrove?.consented.add(permission)
  const tenant = {
    ...newTenant(WOODGROVE_CLINICS, 'Woodgrove Clinics'),
    organizers: [ACCOUNTS.woodgrove.organizer],
  }
  await tenantStore(world.sandbox.store).save(tenant, NOT_YET)
})
afterAll(async () => {
  await browser?.close()
  await ehrs?.close()
  await world?.close()
})

async function signedIn(options: BrowserContextOptions = {}): Promise<Page> {
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, ...options })
  const page = await context.newPage()
  page.setDefaultTimeout(30_000)
  await page.goto(`${world.sandbox.appUrl}/portal/sites`)
  await page.getByRole('button', { name: /Grace Lindqvist/ }).click()
  await page.getByRole('heading', { name: 'Configuration information' }).waitFor()
  return page
}
const sites = () => siteStore(world.sandbox.store)
async function violations(page: Page): Promise<string[]> {
  await page.evaluate(axeSource)
  const found = await page.evaluate(() => (globalThis as unknown as { axe: typeof axe }).axe.run())
  return found.violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`)
}

describe('what is sent by mistake or on purpose', () =>
  siteCases(
    () => world,
    () => ehrs,
  ))

describe('an administrator', () => {
  test('adds, configures and removes Woodgrove’s EHR', async () => {
    const { woodgroveEhr: ehr, appUrl, store } = world.sandbox
    ehr.register({
      clientId: 'woodgrove-system',
      kind: 'private_key_jwt',
      redirectUris: [],
      scope: SYSTEM_SCOPES,
      grants: ['client_credentials'],
      jwksUri: `${appUrl}/.well-known/jwks.json`,
    })
    const page = await signedIn()
    const errors: string[] = []
    page.on('console', (message) => {
      if (message.type() === 'error' && !/status of 4\d\d/.test(message.text())) errors.push(message.text())
    })
    await addSite(page, { url: ehr.fhirBaseUrl, environment: 'testing', name: 'Woodgrove test' })
    const row = page.locator('.site-row', { hasText: 'Woodgrove test' })
    expect(await row.getByText('2 things to enter').isVisible()).toBe(true)
    await configureSite(page, {
      name: 'Woodgrove test',
      timeZone: 'America/Denver',
      phone: '303-555-0100',
      organizers: ['Virtual visits'],
      clientId: 'woodgrove-launch',
      systemClientId: 'woodgrove-system',
      departments: [{ name: 'Internal medicine', locations: '40118203' }],
    })
    // The system account works: places are looked up by it, and added.
    await page.getByLabel('Look up places in the EHR').fill('40118219')
    await page.getByRole('button', { name: 'Look up' }).click()
    await page.getByText('Foothills Telehealth').first().waitFor()
    expect(await page.getByText('Woodgrove Internal Medicine').first().isVisible()).toBe(true)
    await page.getByRole('button', { name: 'Add Foothills Telehealth' }).click()
    await page.getByRole('button', { name: 'Save' }).click()
    await page.getByText('Saved.', { exact: true }).waitFor()
    expect(await violations(page)).toEqual([])
    const site = (await sites().ofTenant(WOODGROVE_CLINICS)).find(({ name }) => name === 'Woodgrove test')
    expect(site).toMatchObject({
      environment: 'testing',
      fhirBaseUrl: ehr.fhirBaseUrl,
      setup: true,
      timeZone: 'America/Denver',
      patientPhone: '+1 303 555 0100',
      organizers: [ACCOUNTS.woodgrove.organizer],
      launch: { clientId: 'woodgrove-launch', auth: { method: 'private_key_jwt' } },
      system: { clientId: 'woodgrove-system' },
      allowedIssuers: [ehr.idTokenIssuer],
      videoRule: { kind: 'virtual_meeting_room' },
      departments: [
        { id: 'internal-medicine', locationIds: ['40118203'], on: true },
        { id: 'foothills-telehealth', locationIds: ['40118219'], on: true },
      ],
    })
    await page.goto(`${appUrl}/portal/sites`)
    await page.getByLabel('Actions for Woodgrove test').click()
    expect(await violations(page)).toEqual([])
    await page.getByRole('link', { name: 'Remove' }).click()
    await page.getByText('No video visit of it is known').waitFor()
    await page.getByLabel('I know what happens').check()
    await page.getByRole('button', { name: 'Remove' }).click()
    await page.getByText('FHIR base URL removed.').waitFor()
    expect(await sites().byIssuer(ehr.fhirBaseUrl)).toBeUndefined()
    expect((await store.tables.siteindex.get('removed', site?.siteId ?? ''))?.tenantId).toBe(
      WOODGROVE_CLINICS,
    )
    await page.goto(`${appUrl}/portal/history`)
    await page.getByText('FHIR base URL removed').first().waitFor()
    expect(errors).toEqual([])
    await page.context().close()
  })

  test('who types a wrong version’s address takes the right one with one click', async () => {
    const page = await signedIn()
    await page.getByRole('link', { name: 'Add FHIR base URL' }).click()
    await page.getByLabel('FHIR base URL').fill(ehrs.url('wrongSuffix'))
    await page.getByText('There is no FHIR server at this address').waitFor()
    expect(await page.locator('#check-mark').getAttribute('class')).toContain('mark-bad')
    expect(await violations(page)).toEqual([])
    await page.getByRole('button', { name: 'Use this address' }).click()
    await page.locator('#check-mark.mark-good').waitFor()
    expect(await page.getByLabel('FHIR base URL').inputValue()).toBe(ehrs.right('wrongSuffix'))
    await page.context().close()
  })

  test('adds, edits and removes a site without script, by keyboard', async () => {
    const page = await signedIn({ javaScriptEnabled: false, viewport: { width: 390, height: 844 } })
    await page.getByRole('link', { name: 'Add FHIR base URL' }).click()
    await page.getByLabel('FHIR base URL').fill(ehrs.url('dstu2'))
    await page.keyboard.press('Enter')
    await page.getByText('speaks FHIR DSTU2').waitFor()
    await page.getByLabel('FHIR base URL').fill(ehrs.right('noSuffix'))
    await page.getByLabel('Name').fill('No script')
    await page.keyboard.press('Enter')
    await page.getByText('FHIR base URL added.').waitFor()
    await page.getByLabel('Actions for No script').click()
    await page.getByRole('link', { name: 'Edit', exact: true }).click()
    await page.getByLabel('Name').fill('Without script')
    await page.keyboard.press('Enter')
    await page.getByText('Saved.', { exact: true }).waitFor()
    await page.getByRole('link', { name: 'Without script', exact: true }).click()
    await page.getByRole('button', { name: 'Add department' }).click()
    await page.locator('.department').getByLabel('Name').fill('Typed')
    await page.getByRole('button', { name: 'Add department' }).click()
    expect(await page.locator('.department').count()).toBe(2)
    expect(await page.locator('.department').first().getByLabel('Name').inputValue()).toBe('Typed')
    await page.getByRole('button', { name: 'Remove Typed' }).click()
    expect(await page.locator('.department').count()).toBe(1)
    await page.getByRole('link', { name: 'Remove', exact: true }).click()
    await page.getByLabel('I know what happens').check()
    await page.getByRole('button', { name: 'Remove' }).click()
    await page.getByText('FHIR base URL removed.').waitFor()
    await page.context().close()
  })
})
