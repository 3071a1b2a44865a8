import { expect, test } from 'vitest'
import { ACCOUNTS, GLOBAL_ADMINISTRATOR } from '../../../sandbox/entra/tenants.ts'
import { wordsOf } from '../../../src/core/failures.ts'
import { Browser, type Page } from '../bad-input/browser.ts'
import { expectSafe } from '../bad-input/expect-page.ts'
import type { PortalWorld } from './world.ts'

const { woodgrove, northwind } = ACCOUNTS

function expectCode(page: Page, code: Parameters<typeof wordsOf>[0]['code']) {
  expect({ status: page.status, code: page.text }).toMatchObject({ status: wordsOf({ code }).status })
  expect(page.text).toContain(`code ${code}`)
  expectSafe(page)
}

/** Who gets in, what they may do, and how it ends. */
export function signInCases(world: () => PortalWorld): void {
  const at = (path: string) => `${world().sandbox.appUrl}${path}`

  test('the front door tells nothing of any organization', async () => {
    const page = await new Browser().get(at('/portal'))
    expect(page.status).toBe(200)
    expect(page.text).toContain('Sign in with Microsoft')
    expect(page.html).not.toMatch(/northwind|woodgrove/i)
    expectSafe(page)
  })

  test('a Global Administrator comes back to the page that was asked for, and may change things', async () => {
    const { page } = await world().signIn(woodgrove.administrator, '/portal/history?x=1')
    expect(page.url).toBe(at('/portal/history?x=1'))
    expect(page.text).toContain('Grace Lindqvist')
    expect(page.text).not.toContain('read-only')
    expectSafe(page)
  })

  test('the configurable app role gives the same right', async () => {
    const { page } = await world().signIn(northwind.configurator)
    expect(page.text).not.toContain('read-only')
  })

  test('others of the tenant see the configuration read-only, with a sentence why', async () => {
    const { page } = await world().signIn(northwind.familyDoctor)
    expect(page.text).toContain('You see this configuration read-only')
    expect(page.text).toContain('Global Administrators')
  })

  test('an organization that the deployment does not serve is told so, and gets no session', async () => {
    const { tenants } = world().sandbox.entra
    const id = '9d1f6a3e-52c7-4b0e-8f64-3b7d2c9e5a10'
    const account = '2c5e8f17-9a3b-4d60-b1e2-7f4a6c8d0001'
    const upn = 'rosa@tailspintoys.example'
    const wids = [GLOBAL_ADMINISTRATOR]
    const person = { id: account, upn, mail: upn, displayName: 'Rosa Stranger', wids, appRoles: [] }
    tenants.push({
      id,
      displayName: 'Tailspin Toys',
      users: [{ ...person, enabled: true, teams: true }],
      consented: new Set(),
    })
    try {
      const { browser, page } = await world().signIn(account)
      expectCode(page, 'signin_tenant_not_allowed')
      expect(browser.cookieHeader(at('/portal'))).not.toContain('__Host-portal')
    } finally {
      tenants.pop()
    }
  })

  test('signing out ends our session and Microsoft’s', async () => {
    const { browser, csrf } = await world().signIn(woodgrove.administrator)
    const out = await browser.post(at('/portal/signout'), { csrf })
    expect(out.url.startsWith(at('/portal/signin'))).toBe(true)
    expect(out.text).toContain('You are signed out')
    // Microsoft asks again: nobody is let in silently.
    const again = await browser.get(at('/portal/history'))
    expect(again.url.startsWith(world().sandbox.entra.signInUrl)).toBe(true)
  })

  test('a sign-out without our token signs nobody out', async () => {
    const { browser } = await world().signIn(woodgrove.administrator)
    expectCode(await browser.post(at('/portal/signout'), { csrf: 'wrong' }), 'form_foreign')
    expect((await browser.get(at('/portal/history'))).status).toBe(200)
  })

  test('a sign-in answer works once, in the browser that began it, and only for the portal', async () => {
    const browser = new Browser()
    const picker = await browser.get(at('/portal/history'))
    const back = await browser.post(picker.url, { account: woodgrove.administrator }, { follow: false })
    const callback = back.headers.get('location') ?? ''
    expect(callback).toContain('/portal/signin?')
    expectCode(await new Browser().get(callback), 'state_foreign_browser')
    expect((await browser.get(callback)).status).toBe(200)
    expectCode(await browser.get(callback), 'state_replayed')
    const swapped = callback.replace('/portal/signin', '/signin/callback')
    expectCode(await browser.get(swapped), 'state_invalid')
    expectCode(await browser.get(at('/portal/signin?code=x&state=made-up')), 'state_invalid')
  })

  test('Microsoft’s refusal is told in its own words, with a way to try again', async () => {
    const browser = new Browser()
    const picker = await browser.get(at('/portal/history'))
    const state = new URL(picker.url).searchParams.get('state') ?? ''
    const refused = await browser.get(
      at(`/portal/signin?error=access_denied&error_description=No&state=${encodeURIComponent(state)}`),
    )
    expectCode(refused, 'signin_refused')
    expect(refused.text).toContain('access_denied')
    expect(refused.html).toContain('/portal/signin/start?choose=1')
  })

  test('a link elsewhere in `to` leads to the portal', async () => {
    const { page } = await world().signIn(
      woodgrove.administrator,
      `/portal/signin/start?to=${encodeURIComponent('//evil.example/portal')}`,
    )
    expect(new URL(page.url).origin).toBe(world().sandbox.appUrl)
  })

  test('somebody who did nothing for an hour is asked to sign in again', async () => {
    const { browser } = await world().signIn(woodgrove.administrator)
    await world().sandbox.clock.advance(61 * 60_000)
    const page = await browser.get(at('/portal/history'), {
      stopAt: (location) => location.startsWith(world().sandbox.entra.signInUrl),
    })
    expect(page.headers.get('location')).toContain('oauth2/v2.0/authorize')
  })
}
