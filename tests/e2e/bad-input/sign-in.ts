import { expect, test } from 'vitest'
import { ACCOUNTS, NORTHWIND_HEALTH, WOODGROVE_CLINICS } from '../../../sandbox/entra/tenants.ts'
import { Browser, field, type Page } from './browser.ts'
import { expectFailure, tryAgain } from './expect-page.ts'
import { leavesNothing } from './unchanged.ts'
import { signIn, type World } from './world.ts'

const MINUTE = 60_000
const USED_UP = { except: ['consumed'] }

export function signInCases(world: () => World): void {
  /** The launch of a practitioner who is not mapped, up to Microsoft's account picker. */
  async function atPicker(): Promise<{ browser: Browser; picker: Page }> {
    const browser = new Browser()
    const picker = await browser.get(world().launchUrl(world().book(20), 'appointment', world().unknown))
    expect(picker.url.startsWith(world().sandbox.entra.signInUrl)).toBe(true)
    return { browser, picker }
  }
  const toCallback = (location: string) => location.startsWith(`${world().sandbox.appUrl}/signin/callback`)

  test('an account of another tenant does not get past Microsoft', async () => {
    const { browser, picker } = await atPicker()
    const account = ACCOUNTS.woodgrove.clinician
    const page = await leavesNothing(world(), () => browser.post(picker.url, { account }))
    expect(page.url.startsWith(world().sandbox.entra.signInUrl)).toBe(true)
    expect(page.text).toContain('AADSTS50020')
  })

  test("a sign-in bent to another tenant's address counts for nothing", async () => {
    const { browser, picker } = await atPicker()
    const bent = picker.url.replace(NORTHWIND_HEALTH, WOODGROVE_CLINICS)
    const account = ACCOUNTS.woodgrove.clinician
    const page = await leavesNothing(world(), () => browser.post(bent, { account }), USED_UP)
    await expectFailure(world(), page, 'signin_refused')
  })

  test('a cancelled sign-in can be tried again, with the accounts to choose from', async () => {
    const { browser, picker } = await atPicker()
    const state = new URL(picker.url).searchParams.get('state') ?? ''
    const said = { state, error: 'access_denied', error_description: 'AADSTS65004: <b>declined</b>' }
    const callback = `${world().sandbox.appUrl}/signin/callback?${new URLSearchParams(said)}`
    const page = await leavesNothing(world(), () => browser.get(callback), USED_UP)
    await expectFailure(world(), page, 'signin_refused')
    expect(page.html).not.toContain('<b>declined')
    const again = await browser.get(new URL(tryAgain(page) ?? '', world().sandbox.appUrl).href)
    expect(new URL(again.url).searchParams.get('prompt')).toBe('select_account')
  })

  test('an answer of Microsoft counts once, and only in its browser', async () => {
    const { browser, picker } = await atPicker()
    const account = ACCOUNTS.northwind.cardiologist
    const sent = await browser.post(picker.url, { account }, { stopAt: toCallback })
    const callback = sent.headers.get('location') ?? ''
    const stolen = await leavesNothing(world(), () => new Browser().get(callback))
    await expectFailure(world(), stolen, 'state_foreign_browser')
    const changed = new URL(callback)
    changed.searchParams.set('state', `${changed.searchParams.get('state')?.slice(0, -3)}AAA`)
    await expectFailure(world(), await browser.get(changed.href), 'state_invalid')
    expect((await browser.get(callback)).url).toMatch(/\/confirm$/)
    await expectFailure(world(), await browser.get(callback), 'state_replayed')
  })

  test('nobody is mapped before they say yes, nor by a yes that comes ten minutes late', async () => {
    const browser = new Browser()
    const launchUrl = world().launchUrl(world().book(20), 'appointment', world().unknown)
    const account = ACCOUNTS.northwind.cardiologist
    const page = await leavesNothing(world(), () => signIn(browser, launchUrl, account), USED_UP)
    expect(page.text).toContain('liam.chen@northwindhealth.example')
    await world().sandbox.clock.advance(11 * MINUTE)
    const late = await leavesNothing(
      world(),
      () => browser.post(page.url, { csrf: field(page, 'csrf'), answer: 'yes' }),
      USED_UP,
    )
    // Who is signed in by now is asked again.
    expect(late.url).toMatch(/\/confirm$/)
    expect(late.status).toBe(200)
  })

  test('"Use another account" shows the accounts, although somebody is signed in', async () => {
    const browser = new Browser()
    const launchUrl = world().launchUrl(world().book(20), 'appointment', world().unknown)
    const page = await signIn(browser, launchUrl, ACCOUNTS.northwind.cardiologist)
    const picker = await leavesNothing(world(), () =>
      browser.post(page.url, { csrf: field(page, 'csrf'), answer: 'another' }),
    )
    expect(new URL(picker.url).searchParams.get('prompt')).toBe('select_account')
  })

  test('"Not you?" takes the mapping back, and the next launch asks again', async () => {
    const browser = new Browser()
    const launchUrl = () => world().launchUrl(world().book(20), 'appointment', world().unknown)
    const asked = await signIn(browser, launchUrl(), ACCOUNTS.northwind.cardiologist)
    const visit = await browser.post(asked.url, { csrf: field(asked, 'csrf'), answer: 'yes' })
    expect(visit.text).toContain('liam.chen@northwindhealth.example')
    const mapped = () => rowsOfUsers(world())
    const before = await mapped()
    const forget = visit.url.replace(/visit$/, 'forget')
    await expectFailure(world(), await browser.post(forget, {}), 'form_foreign')
    expect(await mapped()).toBe(before)
    const picker = await browser.post(forget, { csrf: field(visit, 'csrf') })
    expect(new URL(picker.url).searchParams.get('prompt')).toBe('select_account')
    // Both rows: by the EHR's user and by the practitioner.
    expect(await mapped()).toBe(before - 2)
    expect((await new Browser().get(launchUrl())).url.startsWith(world().sandbox.entra.signInUrl)).toBe(true)
    expect((await browser.get(visit.url)).url).toMatch(/\/confirm$/)
  })
}

async function rowsOfUsers({ sandbox }: World): Promise<number> {
  let rows = 0
  for await (const _ of sandbox.store.tables.users.list(NORTHWIND_HEALTH)) rows++
  return rows
}
