import type { Browser } from 'playwright-core'
import { launchBrowser } from '../../../sandbox/browser.ts'
import { startWorld, type World } from './world.ts'

/** Chromium's stand-in for a camera, a microphone and the question whether a page may use them. */
const FAKE = '--use-fake-device-for-media-stream'
const DEVICES = {
  granted: [FAKE, '--use-fake-ui-for-media-stream'],
  denied: [FAKE, '--use-fake-ui-for-media-stream=deny'],
  missing: ['--use-fake-ui-for-media-stream'],
  noCamera: [`${FAKE}=device-count=0`, '--use-fake-ui-for-media-stream'],
} as const

export type Devices = keyof typeof DEVICES
export type Rig = {
  readonly world: World
  readonly browsers: Readonly<Record<Devices, Browser>>
  close(): Promise<void>
}

/** A sandbox, and a browser for each way in which a phone may have devices. */
export async function startRig(): Promise<Rig> {
  const opened: Browser[] = []
  const browserWith = async (devices: Devices): Promise<Browser> => {
    const browser = await launchBrowser(DEVICES[devices])
    opened.push(browser)
    return browser
  }
  let world: World | undefined
  const close = async () => {
    await Promise.all(opened.map((browser) => browser.close()))
    await world?.close()
  }
  try {
    const [granted, denied, missing, noCamera] = await Promise.all([
      browserWith('granted'),
      browserWith('denied'),
      browserWith('missing'),
      browserWith('noCamera'),
    ])
    world = await startWorld(granted)
    return { world, browsers: { granted, denied, missing, noCamera }, close }
  } catch (error) {
    await close()
    throw error
  }
}
