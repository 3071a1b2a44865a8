import { expect, test } from 'vitest'
import { Browser } from './browser.ts'
import { expectFailure, tryAgain } from './expect-page.ts'
import { leavesNothing } from './unchanged.ts'
import type { World } from './world.ts'

const HOUR = 3_600_000

export function sessionCases(world: () => World): void {
  const get = (browser: Browser, url: string) => leavesNothing(world(), () => browser.get(url))

  test.each(['visit', 'account', 'confirm'])('GET %s without a session shows nothing', async (page) => {
    const url = `${world().sandbox.appUrl}/launch/AAAAAAAAAAAAAAAAAAAAAA/${page}`
    const answer = await get(new Browser(), url)
    await expectFailure(world(), answer, 'session_missing')
    expect(tryAgain(answer)).toBeUndefined()
  })

  test.each(['confirm', 'forget', 'choose', 'join'])(
    'POST %s without a session does nothing',
    async (page) => {
      const url = `${world().sandbox.appUrl}/launch/AAAAAAAAAAAAAAAAAAAAAA/${page}`
      const answer = await leavesNothing(world(), () => new Browser().post(url, { csrf: 'x', answer: 'yes' }))
      await expectFailure(world(), answer, 'session_missing')
    },
  )

  test("two open charts have two sessions: one's cookie opens not the other's page", async () => {
    const [mine, other] = [await world().openVisit(20), await world().openVisit(25)]
    const { pathname } = new URL(other.page.url)
    mine.browser.graft(
      new URL(mine.page.url).pathname.replace(/\/visit$/, ''),
      pathname.replace(/\/visit$/, ''),
    )
    await expectFailure(world(), await get(mine.browser, other.page.url), 'session_missing')
    expect((await mine.browser.get(mine.page.url)).status).toBe(200)
  })

  test('a session cookie that was changed opens nothing', async () => {
    const { browser, page } = await world().openVisit(20)
    const cookie = browser.cookieHeader(page.url).replace(/(__Secure-launch=[^;]{40})./, '$1!')
    const headers = { cookie }
    const changed = await leavesNothing(world(), () => new Browser().get(page.url, { headers }))
    await expectFailure(world(), changed, 'session_missing')
  })

  test('a session ends after four hours, however long the browser keeps its cookie', async () => {
    const { browser, page } = await world().openVisit(20)
    await world().sandbox.clock.advance(4 * HOUR + 60_000)
    await expectFailure(world(), await get(browser, page.url), 'session_expired')
  })
}
