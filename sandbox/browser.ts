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
  const options = {
    ...(await which()),
    args: [...chromium.args.filter((arg) => !UNWANTED.has(arg)), ...args],
    headless: true,
  }
  return startBrowser(() => playwright.launch(options))
}

/**
 * With its software renderer Chromium now and then dies while it starts, before any page of ours: tried again then, as a
 * person would. What dies each time is reported as it is.
 */
export async function startBrowser(launch: () => Promise<Browser>, attempts = 3): Promise<Browser> {
  try {
    return await launch()
  } catch (error) {
    if (attempts <= 1 || !diedAtStart(error)) throw error
    return startBrowser(launch, attempts - 1)
  }
}

/** A signal ended it, as opposed to a browser that is not there or that refuses its arguments. */
function diedAtStart(error: unknown): boolean {
  return error instanceof Error && /exitCode=null, signal=SIG/.test(error.message)
}

async function which(): Promise<LaunchOptions> {
  const own = process.env.CHROMIUM_PATH
  if (own) return { executablePath: own }
  if (process.platform !== 'linux' || process.arch !== 'x64') return { channel: 'chrome' }
  const unpacked = await unpackChromium()
  return { executablePath: unpacked.executable, env: await chromiumEnvironment(unpacked) }
}
