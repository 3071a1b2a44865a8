import { expect, test } from 'vitest'
import { Browser } from './browser.ts'
import { expectFailure, tryAgain } from './expect-page.ts'
import { leavesNothing } from './unchanged.ts'
import type { World } from './world.ts'

const MINUTE = 60_000

export function stateCases(world: () => World): void {
  /** A launch up to the EHR's answer, which has not reached us yet. */
  async function answered(browser = new Browser()): Promise<{ browser: Browser; callback: URL }> {
    const { appUrl } = world().sandbox
    const stopAt = (location: string) => location.startsWith(`${appUrl}/launch/callback`)
    const page = await browser.get(world().launchUrl(world().book(20)), { stopAt })
    return { browser, callback: new URL(page.headers.get('location') ?? '') }
  }

  test.each([
    [
      'tampered with',
      (state: string) => state.slice(0, -2) + (state.at(-2) === 'A' ? 'B' : 'A') + state.at(-1),
    ],
    ['cut short', (state: string) => state.slice(0, 40)],
    ['empty', () => ''],
    ['of another key', (state: string) => `AAAAAAAA${state.slice(8)}`],
    ['far too long', (state: string) => state + 'A'.repeat(6000)],
  ])('a state that is %s belongs to no launch', async (_name, change) => {
    const { browser, callback } = await answered()
    callback.searchParams.set('state', change(callback.searchParams.get('state') ?? ''))
    const page = await leavesNothing(world(), () => browser.get(callback.href))
    await expectFailure(world(), page, 'state_invalid')
  })

  test('a state given twice belongs to no launch', async () => {
    const { browser, callback } = await answered()
    callback.searchParams.append('state', callback.searchParams.get('state') ?? '')
    const page = await leavesNothing(world(), () => browser.get(callback.href))
    await expectFailure(world(), page, 'state_invalid')
  })

  test("a launch's state is none for the sign-in with Microsoft", async () => {
    const { browser, callback } = await answered()
    const url = `${world().sandbox.appUrl}/signin/callback${callback.search}`
    const page = await leavesNothing(world(), () => browser.get(url))
    await expectFailure(world(), page, 'state_invalid')
  })

  test('an answer counts once; the second time the launch can be begun anew', async () => {
    const { browser, callback } = await answered()
    const first = await browser.get(callback.href)
    expect(first.status).toBe(200)
    const second = await leavesNothing(world(), () => browser.get(callback.href))
    await expectFailure(world(), second, 'state_replayed')
    const again = await browser.get(new URL(tryAgain(second) ?? '', world().sandbox.appUrl).href)
    expect(again.text).toContain('Join in Teams')
  })

  test('two callbacks at the same moment open one session', async () => {
    const { browser, callback } = await answered()
    const both = await Promise.all([1, 2].map(() => browser.get(callback.href, { follow: false })))
    expect(both.map(({ status }) => status).sort()).toEqual([303, 400])
  })

  test('an answer in another browser opens nothing there', async () => {
    const { callback } = await answered()
    const page = await leavesNothing(world(), () => new Browser().get(callback.href))
    await expectFailure(world(), page, 'state_foreign_browser')
    expect(tryAgain(page)).toBeUndefined()
    // Somebody else's cookie is no better than none.
    const other = await answered()
    const stolen = await leavesNothing(world(), () => other.browser.get(callback.href))
    await expectFailure(world(), stolen, 'state_foreign_browser')
  })

  test('a state is too old after ten minutes', async () => {
    const { browser, callback } = await answered()
    await world().sandbox.clock.advance(11 * MINUTE)
    const page = await leavesNothing(world(), () => browser.get(callback.href))
    await expectFailure(world(), page, 'state_expired')
  })

  test('a code that the EHR no longer takes leads back to the launch', async () => {
    const { browser, callback } = await answered()
    await world().sandbox.clock.advance(2 * MINUTE)
    const page = await leavesNothing(world(), () => browser.get(callback.href), { except: ['consumed'] })
    await expectFailure(world(), page, 'smart_code_expired')
    const again = await browser.get(new URL(tryAgain(page) ?? '', world().sandbox.appUrl).href)
    expect(again.text).toContain('Join in Teams')
  })

  test('an answer without a code is incomplete', async () => {
    const { browser, callback } = await answered()
    callback.searchParams.delete('code')
    const page = await leavesNothing(world(), () => browser.get(callback.href), { except: ['consumed'] })
    await expectFailure(world(), page, 'smart_callback_invalid')
  })

  test('an answer of another authorization server is not taken', async () => {
    const { browser, callback } = await answered()
    callback.searchParams.set('iss', 'https://authorization.example.org')
    const page = await leavesNothing(world(), () => browser.get(callback.href), { except: ['consumed'] })
    await expectFailure(world(), page, 'smart_issuer_mismatch')
  })
}
