import type { BrowserContextOptions, Page } from 'playwright-core'
import { expect, test } from 'vitest'
import type { Rig } from './rig.ts'
import { open, overflow, PATIENTS, violations } from './world.ts'

/** Large text, high contrast, no motion, a screen reader, one thumb, a wrong clock. */
export function everyoneCases(rig: () => Rig): void {
  const opened = async (options: BrowserContextOptions = {}, minutes = 20, patientId = PATIENTS.en) => {
    const { world, browsers } = rig()
    const one = await world.visit(minutes, patientId)
    return { one, ...(await open(browsers.granted, one.link, options)) }
  }

  test('whose browser has text twice as large sees all of it, and nothing to the side', async () => {
    const { world, browsers } = rig()
    const one = await world.visit(20, PATIENTS.fr)
    const { page, context, done } = await open(browsers.granted, 'about:blank', {
      viewport: { width: 320, height: 568 },
    })
    const session = await context.newCDPSession(page)
    await session.send('Page.setFontSizes', { fontSizes: { standard: 32, fixed: 26 } })
    await page.goto(one.link)
    const join = page.getByRole('button', { name: 'Rejoindre la consultation' })
    expect(
      Number.parseFloat(await join.evaluate((it) => getComputedStyle(it).fontSize)),
    ).toBeGreaterThanOrEqual(32)
    expect(await overflow(page)).toBe(0)
    expect(await cutOff(page)).toEqual([])
    await done()
  })

  test.each(['light', 'dark'] as const)(
    'who uses high contrast still sees what is a button, in %s',
    async (colorScheme) => {
      const { page, done } = await opened({ forcedColors: 'active', colorScheme })
      const join = page.getByRole('button', { name: 'Join the visit' })
      const border = await join.evaluate((it) => getComputedStyle(it).borderTopWidth)
      expect(Number.parseFloat(border)).toBeGreaterThanOrEqual(2)
      expect(await violations(page)).toEqual([])
      await done()
    },
  )

  test('who asked for more contrast or less motion gets it', async () => {
    const { page, done } = await opened({ reducedMotion: 'reduce', contrast: 'more' })
    await page.getByRole('button', { name: 'Start the test' }).click()
    await page.getByLabel('Picture from your camera').waitFor()
    expect(await page.evaluate(() => document.getAnimations().length)).toBe(0)
    expect(await violations(page)).toEqual([])
    await done()
  })

  test('who reads from right to left would find the same page mirrored, with nothing to the side', async () => {
    const { page, done } = await opened({ viewport: { width: 320, height: 568 } })
    await page.evaluate(() => {
      document.documentElement.dir = 'rtl'
    })
    const icon = await page.locator('.tips svg').first().boundingBox()
    const words = await page.locator('.tips li').first().boundingBox()
    expect(icon?.x).toBeGreaterThan((words?.x ?? 0) + (words?.width ?? 0) / 2)
    expect(await overflow(page)).toBe(0)
    await done()
  })

  test('who listens hears what it is, then the button, then when, then whom to call', async () => {
    const { page, done } = await opened()
    await page.getByRole('button', { name: 'Start the test' }).waitFor()
    const spoken = await page.locator('main').ariaSnapshot()
    const at = (words: string) => spoken.indexOf(words)
    const order = [
      'heading "Your visit is ready"',
      'button "Join the visit"',
      'paragraph: Your visit',
      'heading "Before you join"',
      'button "Start the test"',
      'link "Call +1',
    ].map(at)
    expect(
      order.every((place) => place >= 0),
      spoken,
    ).toBe(true)
    expect(order).toEqual([...order].sort((a, b) => a - b))
    expect(await page.locator('h1').count()).toBe(1)
    await done()
  })

  test('who has one hand free reaches the button with a thumb: large, and on the first screen', async () => {
    const { page, done } = await opened({ viewport: { width: 390, height: 664 } })
    const box = await page.getByRole('button', { name: 'Join the visit' }).boundingBox()
    expect(box?.height).toBeGreaterThanOrEqual(56)
    expect(box?.width).toBeGreaterThanOrEqual(300)
    expect((box?.y ?? 0) + (box?.height ?? 0)).toBeLessThanOrEqual(664)
    await done()
  })

  test.each([
    ['three hours fast', 3 * 3_600_000],
    ['two days slow', -2 * 86_400_000],
  ])('whose phone’s clock is %s is told the truth all the same', async (_how, skew) => {
    const { world, browsers } = rig()
    const early = await world.visit(72)
    const ready = await world.visit(20)
    for (const [link, title, words] of [
      [early.link, 'You are early', /Starts in 1 hour, 1[0-3] minutes/],
      [ready.link, 'Your visit is ready', /Join the visit/],
    ] as const) {
      const { page, context, done } = await open(browsers.granted, 'about:blank')
      await context.addInitScript((by) => {
        const real = Date.now.bind(Date)
        Date.now = () => real() + by
      }, skew)
      await page.goto(link)
      await page.getByRole('heading', { name: title }).waitFor()
      const looked = page.waitForResponse((response) => response.url() === link)
      await page.evaluate(() => document.dispatchEvent(new Event('look')))
      await looked
      expect((await page.locator('main').textContent())?.replace(/\s/g, ' ')).toMatch(words)
      await done()
    }
  })

  test('who cannot use Teams dials in, where the meeting has a number', async () => {
    const { world, browsers } = rig()
    const one = await world.visit(20)
    const first = await open(browsers.granted, one.link, { javaScriptEnabled: false })
    await first.page.getByRole('button', { name: 'Join the visit' }).click()
    await first.page.waitForURL((url) => url.href.startsWith(world.sandbox.teams.url))
    await first.done()
    const { page, done } = await open(browsers.granted, one.link, { javaScriptEnabled: false })
    const dial = page.getByRole('link', { name: /206/ })
    expect(await dial.getAttribute('href')).toMatch(/^tel:\+12065550100,+\d+%23$/)
    expect(await page.locator('#dial-in-code').textContent()).toMatch(/\d{5,}/)
    await done()
  })

  test('who taps after the visit is told that it is over, also on a page that stood open', async () => {
    const { world, browsers } = rig()
    const one = await world.visit(20)
    const { page, done } = await open(browsers.granted, one.link, { javaScriptEnabled: false })
    world.sandbox.ehr.move(one.appointmentId, new Date(one.start.getTime() - 5 * 3_600_000))
    await page.getByRole('button', { name: 'Join the visit' }).click()
    await page.getByRole('heading', { name: 'This visit is over' }).waitFor()
    expect(await page.getByRole('button').count()).toBe(0)
    expect(await page.getByRole('link', { name: /816-555-0199/ }).isVisible()).toBe(true)
    await done()
  })
}

/** Texts whose box is smaller than what is in it. */
function cutOff(page: Page): Promise<string[]> {
  return page.evaluate(() =>
    [...document.querySelectorAll<HTMLElement>('h1,h2,p,a,button,li,span')]
      .filter((it) => !it.closest('.sr-only') && it.scrollWidth > it.clientWidth + 1 && it.clientWidth > 0)
      .map((it) => it.textContent ?? ''),
  )
}
