import chromium from '@sparticuz/chromium'
import { type Browser, chromium as playwright } from 'playwright-core'

/**
 * In one process, closing a context would end the whole browser; without web security there is no Origin header, and
 * nothing of what guards our forms would be tested.
 */
const UNWANTED = new Set(['--single-process', '--no-zygote', '--disable-web-security'])

/** A headless Chromium that comes with npm: no browser has to be installed on the machine. */
export async function launchBrowser(args: readonly string[] = []): Promise<Browser> {
  return playwright.launch({
    executablePath: await chromium.executablePath(),
    args: [...chromium.args.filter((arg) => !UNWANTED.has(arg)), ...args],
    headless: true,
  })
}
