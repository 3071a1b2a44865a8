import { mkdirSync } from 'node:fs'
import { pathToFileURL } from 'node:url'
import type { Browser, BrowserContextOptions, Page } from 'playwright-core'
import { composeEmail } from '../../../src/core/messaging/email/compose-email.ts'
import { withLateMinutes } from '../../../src/core/visits/late.ts'
import { type Rig, startRig } from './rig.ts'
import { open, PATIENTS } from './world.ts'

/** A picture: its name, the page it begins with, and what is done there before it is taken. */
type Picture = {
  readonly name: string
  readonly link: string
  readonly browser: Browser
  readonly act?: (page: Page) => Promise<unknown>
}

const settled = (page: Page, part: string) =>
  page.locator('.checks li').filter({ hasText: part }).locator('.ok, .bad').waitFor()

async function pictures({ world, browsers }: Rig): Promise<Picture[]> {
  const { granted, denied } = browsers
  const { ehr } = world.sandbox
  const [early, ready, late, moved, cancelled, spanish] = [
    await world.visit(72),
    await world.visit(20),
    await world.visit(5),
    await world.visit(21),
    await world.visit(22),
    await world.visit(23, PATIENTS.es),
  ]
  await world.change(late, (row) => withLateMinutes(row, 25))
  ehr.move(moved.appointmentId, new Date(moved.start.getTime() + 86_400_000))
  ehr.cancel(cancelled.appointmentId)
  const begin = async (page: Page) => {
    await page.locator('#check button').click()
    await settled(page, 'Microphone')
    await settled(page, 'Connection')
  }
  const answer = (reply: string) => async (page: Page) => {
    await begin(page)
    await page.getByRole('button', { name: 'Play a sound' }).click()
    await page.getByRole('button', { name: reply }).click()
  }
  const shown = (page: Page) => page.locator('#check button').waitFor()
  return [
    { name: 'early', link: early.link, browser: granted, act: shown },
    { name: 'ready', link: ready.link, browser: granted, act: shown },
    { name: 'ready-es', link: spanish.link, browser: granted, act: shown },
    { name: 'late', link: late.link, browser: granted, act: shown },
    { name: 'moved', link: moved.link, browser: granted, act: shown },
    { name: 'cancelled', link: cancelled.link, browser: granted },
    { name: 'check', link: ready.link, browser: granted, act: begin },
    { name: 'check-good', link: ready.link, browser: granted, act: answer('Yes, I heard it') },
    { name: 'check-refused', link: ready.link, browser: denied, act: answer('No, I did not') },
  ]
}

/** Pictures of the patient's page in its states: `tsx tests/e2e/patient/pictures.ts FOLDER [WIDTH …]`. */
async function take(folder: string, widths: readonly number[]): Promise<void> {
  mkdirSync(folder, { recursive: true })
  const rig = await startRig()
  try {
    const all = await pictures(rig)
    for (const width of widths)
      for (const colorScheme of ['light', 'dark'] as const)
        for (const { name, link, browser, act } of all) {
          const options: BrowserContextOptions = { colorScheme, viewport: { width, height: 844 } }
          const { page, done } = await open(browser, link, options)
          await act?.(page)
          const dark = colorScheme === 'dark' ? '-dark' : ''
          const path = `${folder}/patient-${name}${widths.length > 1 ? `-${width}` : ''}${dark}.png`
          await page.screenshot({ path, fullPage: true })
          await done()
        }
    for (const width of widths)
      for (const colorScheme of ['light', 'dark'] as const)
        await takeEmail(rig.browsers.granted, folder, { colorScheme, viewport: { width, height: 640 } })
  } finally {
    await rig.close()
  }
}

/** The mail of a visit that moved, as a mail program shows it. */
async function takeEmail(browser: Browser, folder: string, options: BrowserContextOptions): Promise<void> {
  const { html } = composeEmail({
    kind: 'moved',
    language: 'en',
    start: new Date('2031-03-04T19:30:00Z'),
    minutes: 30,
    timeZone: 'America/Chicago',
    link: 'https://visits.example.org/v/SyntheticToken22Chars_',
    clinicPhone: '+1 816-555-0199',
    from: 'visits@example.org',
    to: 'patient@example.com',
    uid: 'synthetic@visits.example.org',
    sequence: 2,
    since: new Date('2031-03-01T09:00:00Z'),
  })
  const { page, done } = await open(browser, 'about:blank', options)
  await page.setContent(html)
  const dark = options.colorScheme === 'dark' ? '-dark' : ''
  await page.screenshot({ path: `${folder}/email${dark}.png`, fullPage: true })
  await done()
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  const [folder, ...widths] = process.argv.slice(2)
  if (folder === undefined) throw new Error('usage: tsx tests/e2e/patient/pictures.ts FOLDER [WIDTH ...]')
  await take(folder, widths.length > 0 ? widths.map(Number) : [390])
}
