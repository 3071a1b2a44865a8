import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import type { Browser, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from 'vitest'
import { launchBrowser } from '../../../sandbox/browser.ts'
import { startConsole } from '../../../sandbox/console/console.ts'
import { type FakeParts, fakeParts } from './console.fixture.ts'

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')

let browser: Browser
let parts: FakeParts
let sandboxConsole: Awaited<ReturnType<typeof startConsole>>
let page: Page
let problems: string[]

beforeAll(async () => {
  browser = await launchBrowser()
})
afterAll(() => browser?.close())

beforeEach(async () => {
  parts = fakeParts()
  problems = []
  sandboxConsole = await startConsole({ port: 0, parts, timeZone: 'UTC' })
  // Closing a context would end this one-process browser; the pages go with it in the end.
  page = await browser.newPage({ viewport: { width: 1440, height: 900 } })
  page.on('pageerror', (error) => problems.push(error.message))
  page.on('console', (message) => message.type() === 'error' && problems.push(message.text()))
  await page.goto(sandboxConsole.url)
})
afterEach(async () => {
  await page.goto('about:blank')
  await sandboxConsole.close()
})

it('a text appears on the phone without reloading, and a half-written answer is kept', async () => {
  const answer = page.getByLabel('Answer as the patient')
  await answer.fill('HEL')
  parts.text('+12065550102', 'Join: https://visit.example/v/abc')
  await page.getByRole('link', { name: 'https://visit.example/v/abc' }).waitFor()
  expect(await answer.inputValue()).toBe('HEL')
  expect(problems).toEqual([])
})

it('an answer goes to the conversation on the screen, and the field is empty for the next', async () => {
  parts.text('+12065550102', 'Hello')
  await page.locator('.bubble', { hasText: 'Hello' }).waitFor()
  const answer = page.getByLabel('Answer as the patient')
  await answer.fill('HELP')
  await answer.press('Enter')
  await page.locator('.bubble.patient', { hasText: 'HELP' }).waitFor()
  expect(parts.calls).toEqual(['reply +12065550102 +18335550100 HELP'])
  expect(await answer.inputValue()).toBe('')
  expect(problems).toEqual([])
})

it('a fault is switched by keyboard and the focus stays', async () => {
  await page.getByRole('switch', { name: /Graph slow/ }).press('Space')
  await page.locator('#fault-graph-slow[aria-checked="true"]').waitFor()
  expect(parts.graph.faults.slowMs).toBe(5000)
  expect(await page.evaluate(() => document.activeElement?.id)).toBe('fault-graph-slow')
  expect(problems).toEqual([])
})

it('a refused action says why', async () => {
  await page.locator('form.book').evaluate((form) => form.setAttribute('novalidate', ''))
  await page.getByLabel('Minutes from now').fill('0')
  await page.getByRole('button', { name: 'Book' }).click()
  await page.getByRole('alert').getByText('"minutes" is missing or not valid').waitFor()
  expect(parts.calls).toEqual([])
})

it('the buttons work without script', async () => {
  const plain = await browser.newPage({ javaScriptEnabled: false })
  await plain.goto(sandboxConsole.url)
  await plain.getByRole('button', { name: '+1 h' }).click()
  await plain.getByText('1 h ahead').waitFor()
  expect(parts.clock.offsetMs).toBe(3_600_000)
  await plain.goto('about:blank')
})

it.each(['light', 'dark'] as const)(
  'axe finds no violation in %s, on a desktop and on a phone',
  async (scheme) => {
    parts.text('+12065550101', 'Join: https://visit.example/v/abc', 'Failed')
    parts.text('+12065550101', 'Join: https://visit.example/v/abc')
    await parts.acs.reply('+12065550101', '+18335550100', 'HELP')
    parts.acs.faults.throttled = true
    await page.emulateMedia({ colorScheme: scheme })
    for (const width of [1440, 390]) {
      await page.setViewportSize({ width, height: 900 })
      await page.reload()
      await page.evaluate(axe)
      const found = await page.evaluate(() => {
        const { axe } = globalThis as unknown as { axe: { run(): Promise<{ violations: AxeViolation[] }> } }
        return axe.run()
      })
      const told = found.violations.map(({ id, nodes }) => [id, nodes.map((node) => node.html).slice(0, 3)])
      expect([width, told]).toEqual([width, []])
      expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(width)
    }
  },
)
type AxeViolation = { id: string; nodes: { html: string }[] }
