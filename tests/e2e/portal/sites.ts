import type { Page } from 'playwright-core'

export type AddSite = {
  readonly url: string
  readonly environment: 'testing' | 'production'
  readonly name: string
}

export type ConfigureSite = {
  /** As it stands in the list. */
  readonly name: string
  readonly timeZone?: string
  readonly phone?: string
  readonly clinicName?: string
  /** Names of the organizer accounts to tick; the others are left as they are. */
  readonly organizers?: readonly string[]
  readonly clientId?: string
  readonly systemClientId?: string
  readonly departments?: readonly { readonly name: string; readonly locations: string }[]
  readonly openTeamsAtOnce?: boolean
  readonly videoRule?: 'virtual_meeting_room' | 'virtual_service' | 'service_type'
}

const at = (page: Page, path: string) => new URL(path, page.url()).href

/** Adds a FHIR base URL as an administrator does, from any page of the portal: waits for the tick, then Done. */
export async function addSite(page: Page, { url, environment, name }: AddSite): Promise<void> {
  await page.goto(at(page, '/portal/sites'))
  await page.getByRole('link', { name: 'Add FHIR base URL' }).click()
  await page.getByLabel('FHIR base URL').fill(url)
  await page.locator('#check-mark.mark-good').waitFor()
  await page.getByLabel('Environment').selectOption(environment)
  await page.getByLabel('Name').fill(name)
  await page.getByRole('button', { name: 'Done' }).click()
  await page.getByText('FHIR base URL added.').waitFor()
  await page.getByRole('link', { name, exact: true }).waitFor()
}

/** Opens the settings of a site in the list, fills in what is given, and saves. */
export async function configureSite(page: Page, wanted: ConfigureSite): Promise<void> {
  await page.goto(at(page, '/portal/sites'))
  await page.getByRole('link', { name: wanted.name, exact: true }).click()
  if (wanted.timeZone !== undefined)
    await page.getByLabel('Time zone').selectOption({ value: wanted.timeZone })
  if (wanted.phone !== undefined) await page.getByLabel('Phone number for patients').fill(wanted.phone)
  if (wanted.clinicName !== undefined) await page.getByLabel('Clinic name').fill(wanted.clinicName)
  for (const organizer of wanted.organizers ?? []) await page.getByLabel(organizer, { exact: true }).check()
  if (wanted.openTeamsAtOnce !== undefined)
    await page.getByLabel('Open Teams at once').setChecked(wanted.openTeamsAtOnce)
  if (wanted.clientId !== undefined) await page.locator('#launch-clientId').fill(wanted.clientId)
  if (wanted.systemClientId !== undefined) await page.locator('#system-clientId').fill(wanted.systemClientId)
  if (wanted.videoRule !== undefined) await page.locator(`#video-${wanted.videoRule}`).check()
  for (const { name, locations } of wanted.departments ?? []) {
    await page.getByRole('button', { name: 'Add department' }).click()
    const row = page.locator('.department').last()
    await row.getByLabel('Name').fill(name)
    await row.getByLabel('FHIR Location ids').fill(locations)
  }
  await page.getByRole('button', { name: 'Save' }).click()
  await page.getByText('Saved.', { exact: true }).waitFor()
}
