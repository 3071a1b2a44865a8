import chromium from '@sparticuz/chromium'
import { type Browser, type LaunchOptions, chromium as playwright } from 'playwright-core'
import { chromiumEnvironment } from './chromium/environment.ts'
import { unpackChromium } from './chromium/unpack.ts'

/**
 * In one process, closing a context would end the whole browser; without web security there is no Origin header, and
 * nothing of what guards our forms would be tested.
 */
const UNWANTED = new Set(['--single-process', '--no-zygote', '--disable-web-security'])

/**
 * A headless Chromium that comes with npm: on Linux (x64) no browser has to be installed on the machine. CHROMIUM_PATH
 * names another one; elsewhere, without it, an installed Chrome is used.
 */
export async function launchBrowser(args: readonly string[] = []): Promise<Browser> {
  return playwright.launch({
    ...(await which()),
    args: [...chromium.args.filter((arg) => !UNWANTED.has(arg)), ...args],
    headless: true,
  })
}

async function which(): Promise<LaunchOptions> {
  const own = process.env.CHROMIUM_PATH
  if (own) return { executablePath: own }
  if (process.platform !== 'linux' || process.arch !== 'x64') return { channel: 'chrome' }
  const unpacked = await unpackChromium()
  return { executablePath: unpacked.executable, env: await chromiumEnvironment(unpacked) }
}
