import type { Page } from 'playwright-core'
import type { Sandbox } from '../../../sandbox/sandbox.ts'
import { prerequisites } from '../../../src/core/setup/prerequisites.ts'

const at = (page: Page, path: string) => new URL(path, page.url()).href

/** Answers every prerequisite with yes, saves, and goes on to Permissions; from any page of the portal. */
export async function completeBegin(page: Page): Promise<void> {
  await page.goto(at(page, '/portal/begin'))
  for (const id of prerequisites) await page.locator(`#${id}-yes`).check()
  await page.getByRole('button', { name: 'Save the answers' }).click()
  await page.getByText('Saved.', { exact: true }).waitFor()
  await page.getByRole('link', { name: 'Next' }).click()
  await page.getByRole('heading', { name: 'Permissions', level: 1 }).waitFor()
}

/** Consents at Microsoft as whoever is signed in, and comes back to what is granted. */
export async function giveConsent(page: Page): Promise<void> {
  await page.goto(at(page, '/portal/permissions'))
  await page.getByRole('button', { name: 'Give consent' }).click()
  await page.getByRole('heading', { name: 'Permissions requested' }).waitFor()
  await page.getByRole('button', { name: 'Accept' }).click()
  await page.getByText('The permissions are granted.').waitFor()
}

/** Finds an account by typing the beginning of its name, and adds it. */
export async function addOrganizer(page: Page, typed: string, name: string): Promise<void> {
  await page.getByLabel('Add an account').pressSequentially(typed)
  await page.getByRole('button', { name: `Add ${name}`, exact: true }).click()
  await page.getByText('The account was added.').waitFor()
}

/** What the clinic's Teams administrator does with the commands of the page. */
export async function pasteIntoPowerShell(page: Page, sandbox: Sandbox, clinic: string): Promise<void> {
  const commands = (await page.locator('#policy-commands').textContent()) ?? ''
  const shell = await page.context().newPage()
  await shell.goto(`${sandbox.consoleUrl}/powershell?clinic=${clinic}`)
  await shell.getByLabel('Commands').fill(commands)
  await shell.getByRole('button', { name: 'Run' }).click()
  await shell.getByText('Grant-CsApplicationAccessPolicy').first().waitFor()
  await shell.close()
}

/**
 * Does the whole step for Woodgrove, from nothing: consent, how many visits, an organizer, the commands in Teams
 * PowerShell, and the check, which waits by itself until the policy counts.
 */
export async function completePermissions(page: Page, sandbox: Sandbox): Promise<void> {
  await giveConsent(page)
  await page.getByLabel('Video visits in a month').fill('900')
  await page.getByRole('button', { name: 'Calculate and save' }).click()
  await page.getByText('One account is enough; none is chosen yet.').waitFor()
  await addOrganizer(page, 'virtual', 'Virtual visits')
  await page.getByText('Access policy not in effect').waitFor()
  await pasteIntoPowerShell(page, sandbox, 'woodgrove')
  await page.getByRole('button', { name: 'Check the accounts' }).click()
  // It is also said aloud, in a line of its own.
  await page.locator('#policy-state').getByText('The account is ready.').waitFor({ timeout: 90_000 })
  await page.getByText('Meetings can be created for it').waitFor()
  await page.getByRole('link', { name: 'Next' }).click()
}
