import type { Page } from 'playwright-core'
import { expect } from 'vitest'
import type { Sandbox } from '../../../sandbox/sandbox.ts'

/** Long, for a busy machine; nothing is waited for that does not come. */
const WITHIN = { timeout: 30_000 }

/** On `/portal/texts`: gives both consents. */
export async function giveConsents(page: Page): Promise<void> {
  await page.goto(new URL('/portal/texts', page.url()).href)
  await page.getByLabel('This service may send text messages').check()
  await page.getByLabel('My organization makes sure').check()
  await page.getByRole('button', { name: 'Save consents' }).click()
  await page.getByText('Both consents are given.').waitFor(WITHIN)
  await page.getByText('Given by').first().waitFor(WITHIN)
}

/**
 * From `/portal/texts`: sees the price, buys a number and waits for it, live.
 * @returns the number, as the vendor knows it.
 */
export async function generateNumber(page: Page, sandbox: Sandbox): Promise<string> {
  const before = sandbox.acs.purchases().length
  await page.goto(new URL('/portal/texts', page.url()).href)
  await page.getByRole('link', { name: 'Generate a new phone number' }).click()
  await page.getByText('$2.00 a month, until you release it').waitFor(WITHIN)
  expect(sandbox.acs.ledger.filter(({ path }) => path.includes(':search'))).toEqual([])
  await page.getByRole('button', { name: 'Buy a number for $2.00 a month' }).click()
  await page.locator('.progress').waitFor(WITHIN)
  // The vendor's work goes by the sandbox's clock, a few seconds at a time; the page follows by itself.
  const done = page.getByText('Your new number')
  for (let looks = 0; looks < 40 && !(await done.isVisible()); looks++) {
    await sandbox.clock.advance(3000)
    await done.waitFor({ timeout: 2500 }).catch(() => undefined)
  }
  await done.waitFor(WITHIN)
  const bought = sandbox.acs.purchases().slice(before)
  expect(bought).toHaveLength(1)
  const number = bought[0]?.phoneNumber ?? ''
  const [, area, office, line] = /^\+1(\d{3})(\d{3})(\d{4})$/.exec(number) ?? []
  await page.getByText(`+1 ${area}-${office}-${line}`).waitFor(WITHIN)
  await page.getByRole('link', { name: 'Done', exact: true }).click()
  await page.getByText('Not linked yet.').waitFor(WITHIN)
  return number
}

/** Links the first number of the list to a site, chooses what is told, sees the cost and switches texts on. */
export async function configureTexts(page: Page, siteId: string): Promise<void> {
  await page.goto(new URL(`/portal/texts/${siteId}`, page.url()).href)
  await page.getByLabel('Phone number').selectOption({ index: 1 })
  await page.getByLabel('United States').check()
  await page.getByLabel('A video visit is booked').check()
  await page.getByLabel('Reminder 1', { exact: true }).fill('1')
  await page.getByLabel('Unit of reminder 1').selectOption('days')
  await page.getByLabel('From', { exact: true }).fill('00:00')
  await page.getByLabel('To', { exact: true }).fill('00:00')
  await page.getByRole('button', { name: 'Save', exact: true }).click()
  await page.getByText('Saved.').waitFor(WITHIN)
  await page.getByRole('link', { name: 'See the cost and switch texts on' }).click()
  await page.getByText('Cost a month').waitFor(WITHIN)
  await page.getByRole('button', { name: 'Switch texts on' }).click()
  await page.getByText('Texts are on.').waitFor(WITHIN)
}
