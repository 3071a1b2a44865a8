import chromium from '@sparticuz/chromium'
import { type Browser, chromium as playwright } from 'playwright-core'

/** Of the packaged switches, those that break: one process dies with its first closed context, and pages are checked with web security on. */
const UNWANTED = new Set(['--single-process', '--disable-web-security'])

/** A headless Chromium that brings its own binary. */
export async function openBrowser(): Promise<Browser> {
  return playwright.launch({
    executablePath: await chromium.executablePath(),
    args: chromium.args.filter((arg) => !UNWANTED.has(arg)),
    headless: true,
  })
}
