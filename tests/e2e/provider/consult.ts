import { expect, test } from 'vitest'
import { launchBrowser } from '../../../sandbox/browser.ts'
import { enterMeeting } from '../../../sandbox/story/visit.ts'
import { Browser, field, hidden } from '../bad-input/browser.ts'
import type { World } from '../bad-input/world.ts'
import { eventually } from '../patient/world.ts'
import { newForm, send } from './forms.ts'

export function consultCases(world: () => World): void {
  test('is a meeting without a patient: a colleague by search, somebody from outside by a link, and no appointment', async () => {
    const { sandbox } = world()
    const visit = await world().openVisit(20)
    const meetings = sandbox.graph.meetings().length
    const page = await visit.browser.get(visit.page.url.replace(/visit.*$/, 'consult'))
    const start = { form: field(page, 'form') }
    const started = await send({ browser: visit.browser, page }, 'consult/start', start)
    expect(started.text).toContain('Invite a colleague')
    // As after a double click, or a page that was sent again by going back.
    const again = await send({ browser: visit.browser, page }, 'consult/start', start)
    expect(again.text).toContain('Invite a colleague')
    expect(sandbox.graph.meetings()).toHaveLength(meetings + 1)
    const found = await visit.browser.get(`${started.url}&q=chen`)
    expect(found.text).toContain('Liam Chen')
    expect(found.html).toMatch(/teams\.microsoft\.com\/l\/chat/)
    const { at = '' } = hidden(started)
    const fields = {
      at,
      role: 'colleague',
      way: 'sms',
      language: 'en',
      address: '(816) 555-0189',
      form: newForm(),
    }
    const sent = await send({ browser: visit.browser, page: started }, 'consult/send', fields)
    expect(sent.text).toContain('The link was sent.')
    const link = /https?:\/\/\S+\/v\/\S{22}/.exec(sandbox.acs.texts().at(-1)?.message ?? '')?.[0] ?? ''
    const guest = await new Browser().get(link)
    expect(guest.text).toContain('Join the visit')
    // Whoever is from outside waits in the lobby, and the page of the consult says so until they are let in.
    const chromium = await launchBrowser()
    try {
      const outside = await chromium.newPage()
      outside.setDefaultTimeout(60_000)
      await outside.goto(link)
      await outside.getByRole('button', { name: 'Join the visit' }).click()
      await enterMeeting(outside, 'Rowan Synthetic')
      await outside.locator('[data-testid="lobby"]').waitFor()
      await eventually('the guest in the lobby', async () =>
        (await visit.browser.get(started.url)).text.includes('0 in the meeting, 1 in the lobby.'),
      )
      const meeting = sandbox.graph.meetings().at(-1)?.id ?? ''
      const [waiting] = sandbox.teams.participants(meeting)
      expect(waiting).toMatchObject({ inLobby: true })
    } finally {
      await chromium.close()
    }
    const joined = await send(
      { browser: visit.browser, page: started },
      'consult/join',
      { at, way: 'browser' },
      { follow: false },
    )
    expect(joined.headers.get('location')).toContain('/l/meetup-join/')
  })

  test('of another launch is none here', async () => {
    const [mine, other] = [await world().openVisit(20), await world().openVisit(25)]
    const page = await other.browser.get(other.page.url.replace(/visit.*$/, 'consult'))
    const theirs = await send({ browser: other.browser, page }, 'consult/start', {
      form: field(page, 'form'),
    })
    const borrowed = `${mine.page.url.replace(/visit.*$/, 'consult')}${new URL(theirs.url).search}`
    expect((await mine.browser.get(borrowed)).text).toContain('Start a consult')
  })
}
