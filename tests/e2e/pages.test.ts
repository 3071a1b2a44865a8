import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { launchBrowser } from '../../sandbox/browser.ts'
import { LOOK_SECONDS } from '../../src/functions/live-model.ts'
import { appointmentPage } from '../../src/pages/appointment.tsx'
import { patientPage } from '../../src/pages/patient.tsx'
import { sampleAppointment } from '../unit/pages/sample-appointment.ts'
import { samplePatients } from '../unit/pages/sample-patient.ts'
import { gallery } from './pages-gallery.tsx'
import { servePages } from './pages-server.ts'
import { violations } from './support/accessibility.ts'

let browser: Browser
let server: Awaited<ReturnType<typeof servePages>>

/** On a slow machine a page that is kept up to date looks for news while it is checked. */
const isLook = (path: string) => /^launch\/synthetic\/look\?/.test(path)

beforeAll(async () => {
  browser = await launchBrowser()
  server = await servePages(
    (path) => gallery.find(({ name }) => name === path)?.page ?? (isLook(path) ? 'unchanged' : undefined),
  )
})
afterAll(async () => {
  await browser?.close()
  await server?.close()
})

test('the check finds a fault where there is one', async () => {
  const tab = await browser.newPage()
  await tab.setContent(
    '<!doctype html><html lang="en"><title>Control</title><main><h1>Control</h1><img src="x">',
  )
  expect((await violations(tab)).join()).toContain('image-alt')
  await tab.close()
})

describe.each(['light', 'dark'] as const)('in %s', (colorScheme) => {
  // The colours do not depend on the language.
  const shown = gallery.filter(({ name }) => colorScheme === 'light' || !/-(es|fr)$/.test(name))

  test('no page breaks an accessibility rule or its own content security policy', async () => {
    const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, colorScheme })
    const tab = await context.newPage()
    const problems: string[] = []
    let at = ''
    tab.on('console', (message) => {
      if (message.type() === 'error') problems.push(`${at}: ${message.text()}`)
    })
    for (const { name } of shown) {
      at = name
      // A page that opens the Teams app never ends loading where there is none.
      await tab.goto(`${server.url}/${name}`, { waitUntil: 'commit' })
      await tab.locator('main').waitFor()
      for (const violation of await violations(tab)) problems.push(`${name}: ${violation}`)
    }
    await context.close()
    expect(problems).toEqual([])
  })
})

test('every page fits a screen 320 pixels wide, with script off', async () => {
  const context = await browser.newContext({
    viewport: { width: 320, height: 568 },
    javaScriptEnabled: false,
  })
  const tab = await context.newPage()
  const wide: string[] = []
  for (const { name } of gallery) {
    await tab.goto(`${server.url}/${name}`)
    const width = await tab.evaluate(() => document.documentElement.scrollWidth)
    if (width > 320) wide.push(`${name}: ${width}`)
  }
  await context.close()
  expect(wide).toEqual([])
})

test('every report fits a sheet of paper, in the colours of paper, and says there what was asked for', async () => {
  const sheet = { width: 718, height: 1040 }
  const context = await browser.newContext({ viewport: sheet, colorScheme: 'dark' })
  const tab = await context.newPage()
  await tab.emulateMedia({ media: 'print', colorScheme: 'dark' })
  const reports = gallery.filter(({ name }) => /^report-(appointments|messages|quality)/.test(name))
  expect(reports.length).toBeGreaterThan(4)
  for (const { name } of reports) {
    await tab.goto(`${server.url}/${name}`)
    const width = await tab.evaluate(() => document.documentElement.scrollWidth)
    expect(width, name).toBeLessThanOrEqual(sheet.width)
    const colour = await tab.evaluate(() => getComputedStyle(document.body).backgroundColor)
    expect(colour, name).toBe('rgb(255, 255, 255)')
    expect(await tab.getByText(/^20\d\d-\d\d-\d\d to 20.*UTC days/).isVisible(), name).toBe(true)
  }
  await context.close()
})

const patient = (state: string, minutesUntil?: number) => {
  const model = samplePatients('en').find((each) => each.state === state)
  if (model === undefined) throw new Error(`no sample for ${state}`)
  return patientPage(
    minutesUntil !== undefined && 'minutesUntil' in model ? { ...model, minutesUntil } : model,
  )
}

test('with script off, pressing Join posts the form, and opening the page posted nothing', async () => {
  const seen: string[] = []
  const own = await servePages((path, request) => {
    seen.push(`${request.method} /${path}`)
    return patient('ready')
  })
  const context = await browser.newContext({ javaScriptEnabled: false })
  const tab = await context.newPage()
  await tab.goto(`${own.url}/v/link`)
  expect(seen).toEqual(['GET /v/link'])
  await tab.getByRole('button', { name: 'Join the visit' }).click()
  await tab.waitForURL('**/join')
  expect(seen).toEqual(['GET /v/link', 'POST /v/SyntheticToken22Chars/join'])
  await context.close()
  await own.close()
})

test('the countdown counts, is set right by the server, and the page becomes ready in place and says so', async () => {
  let minutesUntil = 130
  const own = await servePages(() => patient(minutesUntil > 60 ? 'too_early' : 'ready', minutesUntil))
  const context = await browser.newContext()
  const tab = await context.newPage()
  await tab.clock.install()
  await tab.goto(own.url)
  const left = tab.locator('[data-minutes-left]')
  await tab.clock.runFor(4 * 60_000)
  expect(await left.textContent()).toBe('2 hours, 6 minutes')
  minutesUntil = 90
  await tab.clock.runFor(61_000)
  await tab.getByText('1 hour, 30 minutes').waitFor()
  minutesUntil = 15
  await tab.clock.runFor(31_000)
  await tab.getByRole('heading', { name: 'Your visit is ready' }).waitFor()
  expect(await tab.locator('#announce').textContent()).toBe('Your visit is ready')
  expect(await tab.title()).toBe('Your visit is ready')
  await context.close()
  await own.close()
})

test('the appointment page shows a patient who begins to wait, keeps the focus, and says when it went stale', async () => {
  let kind: 'not_here' | 'waiting' | 'broken' = 'not_here'
  const unsent = { at: '3:15 PM', status: 'Not sent: the patient answered STOP', tone: 'warning' as const }
  const late = () => (kind === 'waiting' ? { lines: [unsent], onlyThis: false } : undefined)
  const own = await servePages(() =>
    kind === 'broken' ? kind : appointmentPage({ ...sampleAppointment(kind), lateTexts: late() }),
  )
  const context = await browser.newContext()
  const tab = await context.newPage()
  await tab.clock.install()
  await tab.goto(own.url)
  await tab.locator('#join-browser').focus()
  expect(await tab.getByText('Updates by itself.').isVisible()).toBe(true)
  kind = 'waiting'
  // By the page's own clock: one look, and the change is there.
  await tab.clock.runFor(LOOK_SECONDS * 1_000)
  await tab.getByText('Your patient is waiting').waitFor()
  expect(await tab.title()).toMatch(/^● Patient waiting/)
  // Two parts changed at once: neither drowns the other.
  expect(await tab.locator('#announce').textContent()).toMatch(
    /^The patient is waiting in the lobby, .*One patient was not texted about the delay\.$/,
  )
  expect(await tab.evaluate(() => document.activeElement?.id)).toBe('join-browser')
  kind = 'broken'
  const note = tab.getByText('Live updates have stopped')
  for (let look = 0; look < 20 && !(await note.isVisible()); look++) {
    const failed = tab.waitForEvent('requestfailed')
    await tab.clock.runFor(5_000)
    await failed
  }
  expect(await note.isVisible()).toBe(true)
  await context.close()
  await own.close()
})
