import { copyFile, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Browser, Page } from 'playwright-core'
import { buildApp } from '../scripts/build.ts'
import { launchBrowser } from './browser.ts'
import { dayBoardPicture, ehrPictures } from './ehr-pictures.ts'
import { ACCOUNTS } from './entra/tenants.ts'
import type { Sandbox } from './sandbox.ts'
import { startStorySandbox } from './story/stage.ts'
import { enterMeeting } from './story/visit.ts'

/*
 * npm run pictures [-- folder]
 * Plays one visit on a running sandbox and takes the pictures of the documentation (docs/images).
 */
const folder = process.argv[2] ?? fileURLToPath(new URL('../docs/images', import.meta.url))
const MINUTE = 60_000
const PATIENT = { id: '12724102', family: "O'Neill" }
const DESKTOP = { width: 1440, height: 812 }
const PHONE = { width: 390, height: 844 }

async function takeAll(): Promise<void> {
  // A bundle of its own, so that one that is running from dist/ is left alone.
  const appRoot = await mkdtemp(join(tmpdir(), 'screenshots-'))
  await copyFile(new URL('../host.json', import.meta.url), join(appRoot, 'host.json'))
  await writeFile(join(appRoot, 'package.json'), '{"type":"module","main":"dist/functions.mjs"}')
  await buildApp(join(appRoot, 'dist'))
  const sandbox = await startStorySandbox({ appRoot })
  const browser = await launchBrowser()
  try {
    await mkdir(folder, { recursive: true })
    await ehrPictures(sandbox, browser, save)
    const board = await (await browser.newContext({ viewport: DESKTOP })).newPage()
    const link = await bookAndRemind(sandbox, board)
    // How far the story's day is from the machine's is of no interest in a picture.
    await board.evaluate("document.querySelector('.clock .lead')?.remove()")
    await save(board, 'console')
    await visit(sandbox, browser, board, link)
  } finally {
    await browser.close()
    await sandbox.close()
    await rm(appRoot, { recursive: true, force: true })
  }
}

/** Books in the console and lets the texts come; gives back the link of the newest. */
async function bookAndRemind({ host, clock, consoleUrl }: Sandbox, board: Page): Promise<string> {
  await host.invoke('sweepTimer')
  await board.goto(consoleUrl)
  await board.locator('.book select[name="patient"]').selectOption(PATIENT.id)
  await board.locator('.book input[name="minutes"]').fill('80')
  await board.getByRole('button', { name: 'Book', exact: true }).click()
  await rowOf(board).waitFor()
  const bubbles = board.locator('.bubble')
  await again(
    () => host.invoke('sweepTimer'),
    () => bubbles.first().waitFor({ timeout: 15_000 }),
  )
  await clock.advance(21 * MINUTE)
  await again(
    () => host.invoke('reminderTimer'),
    () => bubbles.nth(1).waitFor({ timeout: 15_000 }),
  )
  await board.locator('.bubble', { hasText: 'no receipt' }).first().waitFor({ state: 'hidden' })
  return (await bubbles.last().locator('a').getAttribute('href')) ?? ''
}

/** The patient's page and the lobby, and the clinician's page while the patient waits. */
async function visit(sandbox: Sandbox, browser: Browser, board: Page, link: string): Promise<void> {
  await sandbox.clock.advance(40 * MINUTE)
  const launch = (await rowOf(board).locator('a.launch').getAttribute('href')) ?? ''
  const clinician = await (await browser.newContext({ viewport: { width: 1120, height: 640 } })).newPage()
  await clinician.goto(new URL(launch, sandbox.consoleUrl).href)
  await clinician.locator(`button[name="account"][value="${ACCOUNTS.northwind.familyDoctor}"]`).click()
  await clinician.getByRole('button', { name: 'Yes, continue' }).waitFor()
  await save(clinician, 'clinician-confirm')
  await clinician.getByRole('button', { name: 'Yes, continue' }).click()
  await clinician.waitForURL(/\/visit$/)

  const phone = await (
    await browser.newContext({ viewport: PHONE, isMobile: true, hasTouch: true })
  ).newPage()
  await phone.goto(link)
  await save(phone, 'patient')
  await phone.locator('form[action$="/join"] button').click()
  await enterMeeting(phone)
  await clinician.getByText('Your patient is waiting').waitFor({ timeout: 30_000 })
  await save(clinician, 'clinician')
  await clinician.setViewportSize({ width: 1120, height: 1480 })
  await save(clinician, 'clinician-visit')
  await runningLate(clinician)
  const appointmentId = (await rowOf(board).getAttribute('data-appointment')) ?? ''
  await dayBoardPicture(sandbox, clinician, appointmentId, save)
}

/** What became of the texts, once none is on its way any more. */
async function runningLate(clinician: Page): Promise<void> {
  await clinician.getByRole('button', { name: '10 minutes' }).click()
  const texts = clinician.locator('#late-texts')
  await texts.getByText('elivered').first().waitFor({ timeout: 30_000 })
  await texts.getByText('Waits to be sent').first().waitFor({ state: 'hidden', timeout: 30_000 })
  await texts.getByText('Being sent').first().waitFor({ state: 'hidden', timeout: 30_000 })
  await save(clinician.locator('.card').filter({ has: texts }), 'clinician-late')
}

function rowOf(board: Page) {
  return board.locator('tr[data-appointment]', { hasText: PATIENT.family }).last()
}

/** The first look at a day only records what is there; the next one finds what is new. */
async function again(run: () => Promise<unknown>, seen: () => Promise<void>): Promise<void> {
  for (let tries = 1; ; tries++) {
    await run()
    try {
      return await seen()
    } catch (error) {
      if (tries === 5) throw error
    }
  }
}

async function save(from: Pick<Page, 'screenshot'>, name: string): Promise<void> {
  const path = join(folder, `${name}.png`)
  await from.screenshot({ path, animations: 'disabled', caret: 'hide' })
  process.stdout.write(`${path}\n`)
}

await takeAll()
