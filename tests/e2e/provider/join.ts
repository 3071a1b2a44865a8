import { expect, test } from 'vitest'
import type { World } from '../bad-input/world.ts'
import { rowOf, send, withSite } from './forms.ts'

export function joinCases(world: () => World): void {
  test('in the browser leads to Teams, in the app to its own address; what was chosen comes first next time', async () => {
    const visit = await world().openVisit(20)
    const browser = await send(visit, 'join', { way: 'browser' }, { follow: false })
    expect(browser.headers.get('location')).toMatch(/^http:\/\/localhost:\d+\/l\/meetup-join\//)
    expect((await rowOf(world(), visit)).clinicianJoinedAt).toBeDefined()
    const again = await visit.browser.get(visit.page.url)
    expect(again.html.indexOf('id="join-browser"')).toBeLessThan(again.html.indexOf('id="join-app"'))
    // The next launch in this browser knows it too, another browser does not.
    const first = (html: string) =>
      html.indexOf('id="join-browser"') < html.indexOf('id="join-app"') ? 'browser' : 'app'
    expect(first((await world().openVisit(25, visit.browser)).page.html)).toBe('browser')
    expect(first((await world().openVisit(25)).page.html)).toBe('app')
    const app = await send(visit, 'join', { way: 'app' })
    expect(app.status).toBe(200)
    expect(app.html).toMatch(/href="msteams:\/\/localhost:\d+\/l\/meetup-join\//)
    expect(app.text).toContain('Join in the browser instead')
  })

  test('staff may admit and leave without counting as the clinician', async () => {
    const visit = await world().openVisit(20)
    const joined = await send(visit, 'join', { way: 'browser', as: 'staff' }, { follow: false })
    expect(joined.status).toBe(303)
    const row = await rowOf(world(), visit)
    expect([row.clinicianJoinedAt, row.clinicianId]).toEqual([undefined, undefined])
  })

  test('a site that wants it opens Teams by itself, once a launch, and not on another day', async () => {
    await withSite(
      world(),
      (site) => ({ ...site, openTeamsAtOnce: true }),
      async () => {
        const visit = await world().openVisit(20)
        const script = /join-app"\),form=/
        expect(visit.page.html).toMatch(script)
        const opened = await send(visit, 'join', { way: 'app' }, { headers: { accept: 'application/json' } })
        expect(JSON.parse(opened.html)).toEqual({ open: expect.stringMatching(/^msteams:/) })
        expect((await visit.browser.get(visit.page.url)).html).not.toMatch(script)
        expect((await world().openVisit(300)).page.html).not.toMatch(script)
      },
    )
  })

  test('another clinician takes over with the same meeting', async () => {
    const { sandbox, unknown, launchUrl } = world()
    await world().confirm(unknown, sandbox.entra.tenants[0]?.users[3]?.id ?? '')
    const visit = await world().openVisit(20)
    const { Browser } = await import('../bad-input/browser.ts')
    const browser = new Browser()
    const page = await browser.get(launchUrl(visit, 'appointment', unknown))
    expect(page.text).toContain('another clinician')
    const [mine, theirs] = [
      await send(visit, 'join', { way: 'browser' }, { follow: false }),
      await send({ browser, page }, 'join', { way: 'browser' }, { follow: false }),
    ]
    expect(theirs.headers.get('location')).toBe(mine.headers.get('location'))
  })
}
