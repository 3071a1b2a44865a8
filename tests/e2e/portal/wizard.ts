import { mkdir } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import type { Browser, Page } from 'playwright-core'
import { expect } from 'vitest'
import type { Sandbox } from '../../../sandbox/sandbox.ts'
import { violations } from '../support/accessibility.ts'

/** Where the guide's pictures lie; they are taken anew when DOC_PICTURES is set. */
const PICTURES = fileURLToPath(new URL('../../../docs/images/', import.meta.url))
const DESKTOP = { width: 1280, height: 860 }

/** One administrator's window, and what went wrong in it. */
export type Wizard = {
  readonly page: Page
  /** Errors of the console: a refused script or style among them. */
  readonly problems: string[]
  /** Looks at the page as it stands: no rule of accessibility is broken; and takes the guide's picture. */
  look(name: string): Promise<void>
}

export async function openWizard(browser: Browser): Promise<Wizard> {
  const context = await browser.newContext({ viewport: DESKTOP, permissions: ['clipboard-write'] })
  context.setDefaultTimeout(30_000)
  const page = await context.newPage()
  const problems: string[] = []
  page.on('console', (message) => {
    // What the server refuses on purpose is an error to the browser's network log, not to the page.
    if (message.type() === 'error' && !/status of 4\d\d/.test(message.text()))
      problems.push(`${page.url()}: ${message.text()}`)
  })
  page.on('pageerror', (error) => problems.push(`${page.url()}: ${error.message}`))
  return {
    page,
    problems,
    async look(name) {
      expect({ name, violations: await violations(page) }).toEqual({ name, violations: [] })
      if (!process.env.DOC_PICTURES) return
      await mkdir(PICTURES, { recursive: true })
      await page.screenshot({ path: `${PICTURES}portal-${name}.png` })
    },
  }
}

/** From the front door to the first page, by Microsoft's sign-in. */
export async function signIn(page: Page, { appUrl }: Sandbox, account: string): Promise<void> {
  await page.goto(`${appUrl}/portal`)
  await page.getByRole('link', { name: 'Sign in with Microsoft' }).click()
  await page.locator(`button[name="account"][value="${account}"]`).click()
  await page.waitForURL((url) => url.href.startsWith(`${appUrl}/portal/`))
}

/** Goes to a step by its link in the menu. */
export async function goTo(page: Page, step: string): Promise<void> {
  await page.getByRole('navigation', { name: 'Setup' }).getByRole('link', { name: step }).click()
  await page.getByRole('heading', { level: 1, name: step }).waitFor()
}
