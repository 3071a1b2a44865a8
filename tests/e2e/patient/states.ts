import { expect, test } from 'vitest'
import { withLateMinutes } from '../../../src/core/visits/late.ts'
import type { Rig } from './rig.ts'
import { type Booked, open, overflow, violations } from './world.ts'

const MINUTE = 60_000

type State = {
  readonly title: string
  readonly minutes: number
  /** What happens to the visit before the link is tapped. */
  readonly act?: (rig: Rig, one: Booked) => unknown
}

/** How each state comes about, and what the page is headed by then. */
const STATES: readonly State[] = [
  { title: 'You are early', minutes: 72 },
  { title: 'Your visit is ready', minutes: 20 },
  {
    title: 'Your care team is running late',
    minutes: 5,
    act: ({ world }, one) => world.change(one, (row) => withLateMinutes(row, 25)),
  },
  {
    title: 'Your visit has a new time',
    minutes: 20,
    act: ({ world }, { appointmentId, start }) =>
      world.sandbox.ehr.move(appointmentId, new Date(start.getTime() + 1440 * MINUTE)),
  },
  {
    title: 'This visit was cancelled',
    minutes: 20,
    act: ({ world }, { appointmentId }) => world.sandbox.ehr.cancel(appointmentId),
  },
  {
    title: 'This visit is no longer by video',
    minutes: 20,
    act: ({ world }, { appointmentId }) => world.sandbox.ehr.setVideo(appointmentId, false),
  },
  {
    title: 'This visit is over',
    minutes: 20,
    act: ({ world }, { appointmentId, start }) =>
      world.sandbox.ehr.move(appointmentId, new Date(start.getTime() - 300 * MINUTE)),
  },
]

/** What the page says, from the EHR, at the moment of the tap. */
export function stateCases(rig: () => Rig): void {
  test.each(STATES)(
    'is headed "$title", fits 320 pixels and breaks no rule of accessibility, light and dark',
    async ({ title, minutes, act }) => {
      const { world, browsers } = rig()
      const one = await world.visit(minutes)
      await act?.(rig(), one)
      for (const colorScheme of ['light', 'dark'] as const) {
        const { page, problems, done } = await open(browsers.granted, one.link, {
          colorScheme,
          viewport: { width: 320, height: 568 },
        })
        expect(await page.getByRole('heading', { level: 1 }).textContent()).toBe(title)
        expect(await page.getByRole('link', { name: /816-555-0199/ }).isVisible()).toBe(true)
        expect(await overflow(page)).toBe(0)
        expect(await violations(page)).toEqual([])
        expect(problems).toEqual([])
        await done()
      }
    },
  )

  test('is found for a link that is incomplete, in the words of the browser’s language', async () => {
    const { world, browsers } = rig()
    const { link } = await world.visit(20)
    const { page, done } = await open(browsers.granted, link.slice(0, -3), { locale: 'fr-FR' })
    expect(await page.getByRole('heading', { level: 1 }).textContent()).toBe(
      'Ce lien n’ouvre aucune consultation',
    )
    await done()
  })

  test('counts down in the site’s time zone, and gives a calendar file with it', async () => {
    const { world, browsers } = rig()
    const { link, start } = await world.visit(72)
    const { page, done } = await open(browsers.granted, link, { timezoneId: 'Asia/Tokyo' })
    const local = new Intl.DateTimeFormat('en-US', {
      timeZone: 'America/Chicago',
      hour: 'numeric',
      minute: '2-digit',
    }).format(start)
    const text = ((await page.locator('main').textContent()) ?? '').replace(/\s/g, ' ')
    expect(text).toContain(local.replace(/\s/g, ' '))
    expect(text).toContain('Central Standard Time')
    expect(text).toMatch(/Starts in 1 hour, 1[0-3] minutes/)
    const href = await page.getByRole('link', { name: 'Add to calendar' }).getAttribute('href')
    const file = await fetch(new URL(href ?? '', link))
    expect(file.headers.get('content-type')).toContain('text/calendar')
    const calendar = (await file.text()).replaceAll('\r\n ', '')
    expect(calendar).toContain('DTSTART;TZID=America/Chicago:2031')
    expect(calendar).toContain(`URL:${link}`)
    expect(calendar).toContain('SUMMARY:Video visit\r\n')
    await done()
  })

  test('keeps the UID of its calendar file when the visit moves', async () => {
    const { world } = rig()
    const { link, appointmentId, start } = await world.visit(300)
    const uid = async () => /UID:(\S+)/.exec(await (await fetch(`${link}/calendar`)).text())?.[1]
    const before = await uid()
    world.sandbox.ehr.move(appointmentId, new Date(start.getTime() + 60 * MINUTE))
    expect(await uid()).toBe(before)
    expect(before).toMatch(/^[\w-]{22}@localhost$/)
  })

  test('of a cancelled visit has no calendar file: its address shows the page', async () => {
    const { world } = rig()
    const { link, appointmentId } = await world.visit(300)
    world.sandbox.ehr.cancel(appointmentId)
    const answer = await fetch(`${link}/calendar`, { redirect: 'manual' })
    expect([answer.status, new URL(answer.headers.get('location') ?? '', link).href]).toEqual([303, link])
  })

  test('is one request of at most 14 KB, and what it brings besides comes after', async () => {
    const { world, browsers } = rig()
    const { link } = await world.visit(20)
    const raw = await fetch(link, { headers: { 'accept-encoding': 'gzip' } })
    expect(raw.headers.get('content-encoding')).toBe('gzip')
    expect(Number(raw.headers.get('content-length'))).toBeLessThanOrEqual(14 * 1024)
    const small = await fetch(link, { headers: { 'accept-encoding': 'br;q=0, identity' } })
    expect(small.headers.get('content-encoding')).toBeNull()
    const context = await browsers.granted.newContext()
    const page = await context.newPage()
    const asked: string[] = []
    page.on('request', (request) => asked.push(`${request.method()} ${new URL(request.url()).pathname}`))
    await page.goto(link)
    await page.getByRole('button', { name: 'Start the test' }).waitFor()
    const path = new URL(link).pathname
    expect(asked.slice(0, 2)).toEqual([
      `GET ${path}`,
      expect.stringMatching(/^GET \/device-check\/en-\w+\.js$/),
    ])
    expect(asked.slice(2)).toEqual([`POST ${path}/seen`])
    await context.close()
  })

  test('opened by a preview or a scanner changes nothing', async () => {
    const { world } = rig()
    const one = await world.visit(20)
    const before = await world.row(one)
    for (const method of ['GET', 'HEAD']) await fetch(one.link, { method })
    await fetch(`${one.link}/join`)
    expect((await world.row(one)).etag).toBe(before.etag)
  })

  test('tells its own state to the clinic once it is open on a screen', async () => {
    const { world, browsers } = rig()
    const one = await world.visit(20)
    const seen = Promise.withResolvers<void>()
    const context = await browsers.granted.newContext()
    const page = await context.newPage()
    page.on('response', (response) => {
      if (response.url().endsWith('/seen')) seen.resolve()
    })
    await page.goto(one.link)
    await seen.promise
    expect((await world.row(one)).patientSeenAt).toBeDefined()
    expect((await world.row(one)).patientWaitingSince).toBeUndefined()
    await context.close()
  })

  test('warns in a browser that Teams does not support, before anything is tried', async () => {
    const { world, browsers } = rig()
    const { link } = await world.visit(20)
    const userAgent = 'Mozilla/5.0 (Android 14; Mobile; rv:140.0) Gecko/140.0 Firefox/140.0'
    const { page, done } = await open(browsers.granted, link, { userAgent, javaScriptEnabled: false })
    expect(await page.getByText('open the link from the message in Chrome').isVisible()).toBe(true)
    expect(await page.getByRole('button', { name: 'Join the visit' }).isVisible()).toBe(true)
    await done()
  })
}
