import chromium from '@sparticuz/chromium'
import { type Browser, chromium as playwright } from 'playwright-core'

/** A headless Chromium that comes with npm: no browser has to be installed on the machine. */
export async function launchBrowser(args: readonly string[] = []): Promise<Browser> {
  return playwright.launch({
    executablePath: await chromium.executablePath(),
    // In one process, closing a context would end the whole browser.
    args: [...chromium.args.filter((arg) => arg !== '--single-process'), ...args],
    headless: true,
  })
}
